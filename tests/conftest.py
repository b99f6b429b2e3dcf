"""Fixtures for all tests."""

import os
import shutil
from pathlib import Path

import pytest

from content.danger import DangerNet
from content.folder import read_without_faulty
from content.importer import import_library
from content.migrating import migrate
from content.repository import Repository
from content.search.live import LiveSearch
from content.settings import StoreSettings
from content.store import open_store
from content.words import Words

_INDEX = "search-index.npz"

pytest_plugins = ["tests.postgres", "tests.bot.web.browsing"]


@pytest.fixture(scope="session")
def filled_stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the library imported and its search index made; `copy_of` copies it.

    Who works on the tests and not on library or search keeps it from run to run: TOKSTRET_TEST_STORES
    names the folder.
    """
    kept = os.environ.get("TOKSTRET_TEST_STORES")
    settings = StoreSettings(data_dir=Path(kept) if kept else tmp_path_factory.mktemp("filled"))
    made_before = settings.index_file.exists()
    migrate(settings.content_address, "content")
    migrate(settings.people_address, "people")
    if made_before:
        return settings.data_dir
    store = open_store(settings.content_address)
    library, _ = read_without_faulty(Path("content/library"))
    import_library(store, library)
    LiveSearch(Repository(store), kept_in=settings.index_file)
    store.dispose()
    return settings.data_dir


@pytest.fixture(scope="session")
def net() -> DangerNet:
    """The library's danger nets, read once: reading them takes longer than most tests."""
    return DangerNet.read(Path("content/library/danger"))


@pytest.fixture(scope="session")
def words() -> Words:
    """The catalogues of the checkout."""
    return Words(Path("locales"))


def copy_of(stores: Path, folder: Path) -> Path:
    """A data folder of a test's own; the index, which is big and never changed in place, is only linked."""
    shutil.copytree(stores, folder, ignore=shutil.ignore_patterns(_INDEX))
    (folder / _INDEX).symlink_to(stores / _INDEX)
    return folder
