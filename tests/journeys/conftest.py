"""The library as it is in the repository, for cases that staff can read."""

from pathlib import Path

import pytest

from content.folder import Library, read_library
from content.records import Record


@pytest.fixture(scope="session")
def library() -> Library:
    """The whole library, read once."""
    return read_library(Path("content/library"))


def records_of[Kind: Record](library: Library, kind: type[Kind]) -> list[Kind]:
    """All records of a kind, by their ids."""
    return [record.about for record in library.records.values() if isinstance(record.about, kind)]
