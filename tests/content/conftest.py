"""Stores and a small library for the tests of content. Every store test runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from content.folder import read_library
from content.importer import import_library
from content.store import StoreName, migrate, open_store

SMALL_LIBRARY = Path(__file__).parent / "small_library"


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    new_database: str = request.getfixturevalue("postgresql")()
    return new_database


@pytest.fixture
def empty_store(new_address: str) -> Iterator[Engine]:
    """A content store with its tables and nothing in them."""
    yield from _opened(new_address, "content")


@pytest.fixture
def people_store(new_address: str) -> Iterator[Engine]:
    """A people store with its tables and nothing in them."""
    yield from _opened(new_address, "people")


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    """A copy of the small library, to change as a test likes."""
    return Path(shutil.copytree(SMALL_LIBRARY, tmp_path / "library"))


@pytest.fixture
def store(empty_store: Engine, library_folder: Path) -> Engine:
    """A content store with the small library in it."""
    import_library(empty_store, read_library(library_folder))
    return empty_store


def _opened(address: str, name: StoreName) -> Iterator[Engine]:
    migrate(address, name)
    engine = open_store(address)
    yield engine
    engine.dispose()
