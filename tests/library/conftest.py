"""The library as it is in the repository, read once."""

from pathlib import Path

import pytest

from content.folder import Library, read_library

LIBRARY = Path("content/library")
# Every language that has words of the interface is to have every answer.
LANGUAGES = tuple(sorted(path.name for path in Path("locales").iterdir() if path.is_dir()))


@pytest.fixture(scope="session")
def library() -> Library:
    """The whole library; a fault in it fails every test here, by name."""
    found = read_library(LIBRARY)
    assert len(found.answers) > 100
    assert len(LANGUAGES) >= 6
    return found
