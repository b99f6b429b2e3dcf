"""Stores with the small library and its search, which learns a new phrase in a second."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from content.folder import read_library
from content.importer import import_library
from content.migrating import migrate
from content.repository import Repository
from content.search.live import LiveSearch
from content.settings import StoreSettings
from content.store import open_store
from tests.bot.web.conftest import SECRET
from tests.conftest import copy_of

_LIBRARY = Path("tests/content/small_library")
_EVALUATION = """
language: en
questions:
  plain:
    - {text: "does the agent take a fee from my pay", answer: fees.who-pays, also: [palm.cost]}
    - {text: "who gives the agent his money", answer: fees.who-pays}
    - {text: "is there a fee for palm", answer: palm.cost}
  short:
    - {text: "what fee", answer: palm.cost}
    - {text: "nothing of ours", answer: none}
out_of_scope:
  - who won the football
"""


@pytest.fixture(scope="session")
def small_stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small library, and its search kept in a file."""
    settings = StoreSettings(data_dir=tmp_path_factory.mktemp("small"))
    migrate(settings.content_address, "content")
    migrate(settings.people_address, "people")
    store = open_store(settings.content_address)
    import_library(store, read_library(_LIBRARY))
    LiveSearch(Repository(store), kept_in=settings.index_file)
    store.dispose()
    return settings.data_dir


@pytest.fixture
def settings(tmp_path: Path, small_stores: Path) -> Settings:
    """Settings of a copy; evaluation questions are there in English alone."""
    data_dir, evaluation = tmp_path / "var", tmp_path / "evaluation"
    copy_of(small_stores, data_dir)
    evaluation.mkdir()
    (evaluation / "en.yml").write_text(_EVALUATION, encoding="utf-8")
    return Settings(data_dir=data_dir, evaluation_dir=evaluation, secret_key=SecretStr(SECRET))
