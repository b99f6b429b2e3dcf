"""Stores and a small library for the tests of content. Every store test runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from content.folder import read_library
from content.importer import import_library
from content.migrating import migrate
from content.store import StoreName, open_store
from tests.postgres import NewDatabase

NewStore = Callable[[StoreName], Engine]
type Change = Callable[[str, str, str], None]
Templates = Callable[[StoreName, NewDatabase | None], str]

SMALL_LIBRARY = Path(__file__).parent / "small_library"


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    new_database: str = request.getfixturevalue("postgresql")()
    return new_database


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Gives the address of a migrated store to copy, migrated once: (kind of database, store) → address."""
    folder = tmp_path_factory.mktemp("templates")

    made: dict[tuple[str, bool], str] = {}

    def template(name: StoreName, new_database: NewDatabase | None) -> str:
        which = (name, new_database is None)
        if which not in made:
            made[which] = new_database() if new_database else f"sqlite:///{folder / name}.sqlite"
            migrate(made[which], name)
        return made[which]

    return template


@pytest.fixture(params=["sqlite", "postgresql"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path, templates: Templates) -> NewStore:
    """Opens a store with its tables and nothing in them."""

    def new(name: StoreName) -> Engine:
        if request.param == "sqlite":
            copy = tmp_path / f"{name}.sqlite"
            shutil.copyfile(templates(name, None).removeprefix("sqlite:///"), copy)
            return open_store(f"sqlite:///{copy}")
        new_database: NewDatabase = request.getfixturevalue("postgresql")
        return open_store(new_database(templates(name, new_database)))

    return new


@pytest.fixture
def empty_store(new_store: NewStore) -> Iterator[Engine]:
    """A content store with its tables and nothing in them."""
    engine = new_store("content")
    yield engine
    engine.dispose()


@pytest.fixture
def people_store(new_store: NewStore) -> Iterator[Engine]:
    """A people store with its tables and nothing in them."""
    engine = new_store("people")
    yield engine
    engine.dispose()


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    """A copy of the small library, to change as a test likes."""
    return Path(shutil.copytree(SMALL_LIBRARY, tmp_path / "library"))


@pytest.fixture
def change(library_folder: Path) -> Change:
    """Replaces a piece of a library file; the piece must be there."""

    def replace(file: str, old: str, new: str) -> None:
        path = library_folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def store(empty_store: Engine, library_folder: Path) -> Engine:
    """A content store with the small library in it."""
    import_library(empty_store, read_library(library_folder))
    return empty_store
