"""The project's own library: it is whole, it imports, and it exports as it is."""

from pathlib import Path

from sqlalchemy import Engine

from content.exporter import export_library
from content.folder import read_library
from content.importer import import_library
from content.items import library_items
from content.migrating import migrate
from content.repository import Repository
from content.search.normalise import normalise
from content.store import open_store, reading
from content.stored import stored_items

LIBRARY = Path("content/library")


def opened(folder: Path) -> Engine:
    address = f"sqlite:///{folder / 'content.sqlite'}"
    migrate(address, "content")
    return open_store(address)


def test_the_library_is_whole_and_comes_through_the_store_unchanged(tmp_path: Path) -> None:
    library = read_library(LIBRARY)
    assert {"palm.cost", "fees.who-pays", "rights.passport-held"} <= set(library.answers)

    store = opened(tmp_path)
    report = import_library(store, library)
    assert report.conflicts == []
    expected = {item.id: item.fingerprint for item in library_items(library)}
    with reading(store) as session:
        assert {item.id: item.fingerprint for item in stored_items(session)} == expected
    assert import_library(store, library).touched == 0
    assert export_library(store, LIBRARY).written == []

    repository = Repository(store)
    assert repository.languages()[0] == "en"
    assert len(repository.answers("en")) == len(library.answers)


def test_no_phrase_of_a_language_leads_to_two_answers_even_when_typed_otherwise() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for key, answer in read_library(LIBRARY).answers.items():
        for language, text in answer.texts.items():
            for phrase in text.phrases.all():
                owners.setdefault((language, normalise(phrase)), set()).add(key)
    assert owners
    assert {place: keys for place, keys in owners.items() if len(keys) > 1} == {}
