"""Store → library: what is exported imports again to the same store, and no byte of text is lost."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from content.exporter import export_library
from content.folder import read_library
from content.importer import import_library
from content.items import library_items
from content.migrating import migrate
from content.repository import Repository
from content.store import open_store, reading
from content.stored import stored_items
from content.workflow import Workflow
from tests.content.random_library import RandomLibrary

SEEDS = range(4)


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.yml"))
    }


def fingerprints(store: Engine) -> dict[str, str]:
    with reading(store) as session:
        return {item.id: item.fingerprint for item in stored_items(session)}


@pytest.fixture
def second_store(tmp_path: Path) -> Engine:
    address = f"sqlite:///{tmp_path / 'second.sqlite'}"
    migrate(address, "content")
    return open_store(address)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_store_comes_through_export_and_import_unchanged(
    empty_store: Engine, second_store: Engine, tmp_path: Path, seed: int
) -> None:
    RandomLibrary(seed).write(tmp_path / "library")
    library = read_library(tmp_path / "library")
    import_library(empty_store, library)
    export_library(empty_store, tmp_path / "first")
    import_library(second_store, read_library(tmp_path / "first"))
    export_library(second_store, tmp_path / "second")

    first = files(tmp_path / "first")
    assert len(first) == len(files(tmp_path / "library"))
    assert files(tmp_path / "second") == first
    expected = {item.id: item.fingerprint for item in library_items(library)}
    assert fingerprints(empty_store) == expected
    assert fingerprints(second_store) == expected


def test_a_file_that_says_the_same_keeps_its_form(store: Engine, library_folder: Path) -> None:
    before = files(library_folder)
    exported = export_library(store, library_folder)
    after = files(library_folder)
    assert after == before
    assert exported.written == []
    assert "# A comment that an export must not take away" in after["answers/palm/cost/en.yml"]
    assert exported.unknown == []


def test_an_export_of_the_store_changes_nothing_when_it_is_imported(
    store: Engine, library_folder: Path
) -> None:
    export_library(store, library_folder)
    report = import_library(store, read_library(library_folder))
    assert (report.touched, report.conflicts) == (0, [])


def test_work_of_staff_is_exported(store: Engine, tmp_path: Path) -> None:
    workflow = Workflow(store)
    number = workflow.draft(
        "palm.cost",
        "en",
        title="Cost?",
        body="A$1,200, A$300, 1800 515 131.\r\n\r\nNating.",
        by="Ana",
        minor=True,
    )
    workflow.submit(number, "Ana")
    workflow.publish(number, "Ben")
    workflow.add_phrase("palm.cost", "bi", "hem i fri", "Ana")
    workflow.withdraw("palm.cost", "en", "palm-vu", "Ana")
    export_library(store, tmp_path / "out")
    library = read_library(tmp_path / "out")
    english, bislama = library.answers["palm.cost"].texts["en"], library.answers["palm.cost"].texts["bi"]
    assert english.body == "A$1,200, A$300, 1800 515 131.\n\nNating."
    assert english.minor_edit_of == "e3a70327dd7b"
    assert list(english.variants) == ["vu"]
    assert bislama.phrases.staff == ["hem i fri"]


def test_what_is_withdrawn_is_not_exported_nor_referred_to(store: Engine, tmp_path: Path) -> None:
    Workflow(store).withdraw("fees.who-pays", "en", "default", "Ana")
    export_library(store, tmp_path / "out")
    library = read_library(tmp_path / "out")
    assert list(library.answers) == ["palm.cost"]
    assert library.answers["palm.cost"].about.related == []


def test_a_file_that_the_store_does_not_know_is_named_and_left_alone(
    store: Engine, library_folder: Path
) -> None:
    stranger = library_folder / "answers/palm/new/answer.yml"
    stranger.parent.mkdir()
    stranger.write_text("topic: palm\n", encoding="utf-8")
    assert export_library(store, library_folder).unknown == [stranger]
    assert stranger.read_text(encoding="utf-8") == "topic: palm\n"


def test_an_imported_export_is_told_in_the_same_words(
    store: Engine, second_store: Engine, tmp_path: Path
) -> None:
    export_library(store, tmp_path / "out")
    import_library(second_store, read_library(tmp_path / "out"))
    first, second = Repository(store), Repository(second_store)
    for language in first.languages():
        assert second.answers(language) == first.answers(language)
        assert second.services(language) == first.services(language)
    assert second.phrases() == first.phrases()
    assert second.gazetteer("country") == first.gazetteer("country")
