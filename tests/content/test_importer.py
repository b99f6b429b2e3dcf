"""Library → store: idempotent, and never over newer work of staff."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from content.folder import read_library
from content.importer import Report, import_library
from content.models import AuditEntry, ImportedItem, Publication, Revision, Variant
from content.repository import Corridor, Repository
from content.store import reading
from content.workflow import Workflow

ENGLISH = "answers/palm/cost/en.yml"
BISLAMA = "answers/palm/cost/bi.yml"
ANSWER = "answers/palm/cost/answer.yml"


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def again(store: Engine, folder: Path, *, withdraw_missing: bool = False) -> Report:
    return import_library(store, read_library(folder), withdraw_missing=withdraw_missing)


def conflicts(report: Report) -> list[str]:
    return [conflict.item for conflict in report.conflicts]


def publish(store: Engine, language: str, title: str, body: str, variant: str = "default") -> int:
    workflow = Workflow(store)
    number = workflow.draft("palm.cost", language, variant=variant, title=title, body=body, by="Ana")
    workflow.submit(number, "Ana")
    workflow.publish(number, "Ben")
    return number


def test_everything_in_the_library_is_told_after_the_first_import(store: Engine) -> None:
    repository = Repository(store)
    told = repository.answer("palm.cost", "bi")
    assert told is not None
    assert told.title == "Hamas nao yu mas pem blong joen?"
    assert told.translation == "machine-drafted"
    assert [source.title for source in told.sources] == ["How to apply", "Costs"]
    assert {phrase.text for phrase in repository.phrases()} >= {"agent fee", "hamas?"}
    assert [service.id for service in repository.services("en", country="AU")] == ["au-emergency", "au-line"]
    assert [value.value for value in repository.gazetteer("country")] == ["VU", "NO"]


def test_a_second_import_changes_nothing(store: Engine, library_folder: Path) -> None:
    version = Repository(store).version()
    report = again(store, library_folder)
    assert report.touched == 0
    assert report.unchanged == 36
    assert report.conflicts == []
    assert Repository(store).version() == version


def test_a_changed_text_becomes_a_new_revision_and_the_old_one_stays(
    store: Engine, library_folder: Path
) -> None:
    rewrite(library_folder / ENGLISH, "**Nothing.** Nobody may", "**Nothing at all.** Nobody may")
    report = again(store, library_folder)
    assert report.changed == ["text palm.cost/default en"]
    told = Repository(store).answer("palm.cost", "en")
    assert told is not None
    assert told.body.startswith("**Nothing at all.**")
    with reading(store) as session:
        bodies = session.scalars(
            select(Revision.body)
            .join(Variant)
            .where(Variant.name == "default", Variant.answer_key == "palm.cost", Revision.language == "en")
            .order_by(Revision.id)
        ).all()
    assert [body[:14] for body in bodies] == ["**Nothing.** N", "**Nothing at a"]


def test_only_the_changed_part_of_a_file_is_touched(store: Engine, library_folder: Path) -> None:
    rewrite(library_folder / ENGLISH, "    - cost?\n", "    - cost?\n    - praes\n")
    assert again(store, library_folder).changed == ["phrases palm.cost en"]
    rewrite(library_folder / ANSWER, "title: Vanuatu page", "title: Vanuatu office")
    assert again(store, library_folder).changed == ["sources palm.cost/vu"]
    rewrite(library_folder / "services/au.yml", "Canberra", "Sydney")
    assert again(store, library_folder).changed == ["service au-line"]
    rewrite(library_folder / "gazetteers/country.yml", "[norge]", "[norge, noreg]")
    assert again(store, library_folder).changed == ["gazetteer country/NO"]


def test_work_of_staff_stays_when_the_file_is_as_it_was(store: Engine, library_folder: Path) -> None:
    publish(store, "en", "What is the price?", "Nothing. A$1,200, A$300, 1800 515 131.")
    report = again(store, library_folder)
    assert report.touched == 0
    assert report.conflicts == []
    told = Repository(store).answer("palm.cost", "en")
    assert told is not None
    assert told.title == "What is the price?"


def test_work_of_staff_stays_when_the_file_changed_too_and_the_conflict_is_named(
    store: Engine, library_folder: Path
) -> None:
    publish(store, "en", "What is the price?", "Nothing. A$1,200, A$300, 1800 515 131.")
    rewrite(library_folder / ENGLISH, "Nobody may take money", "Nobody may ask for money")
    rewrite(library_folder / ENGLISH, "- cost?", "- praes")
    for _ in range(2):
        report = again(store, library_folder)
        assert conflicts(report) == ["text palm.cost/default en"]
    told = Repository(store).answer("palm.cost", "en")
    assert told is not None
    assert told.title == "What is the price?"
    assert "praes" in {phrase.text for phrase in Repository(store).phrases()}


def test_a_conflict_ends_when_the_file_says_what_staff_published(store: Engine, library_folder: Path) -> None:
    publish(store, "en", "Cost from Vanuatu", "**Nothing.** The office takes no money.", "vu")
    path = library_folder / ENGLISH
    rewrite(path, "title: What does it cost to join from Vanuatu?", "title: Cost from Vanuatu")
    assert conflicts(again(store, library_folder)) == ["text palm.cost/vu en"]
    rewrite(path, "      **Nothing.** The office in Port Vila takes no money.\n", "")
    rewrite(path, "body: |\n  palm-vu", "body: '**Nothing.** The office takes no money.'\n  palm-vu")
    assert conflicts(again(store, library_folder)) == []
    rewrite(path, "takes no money.'", "never takes money.'")
    assert again(store, library_folder).changed == ["text palm.cost/vu en"]


def test_what_staff_withdrew_stays_withdrawn(store: Engine, library_folder: Path) -> None:
    Workflow(store).withdraw("palm.cost", "bi", "vu", "Ana")
    assert conflicts(again(store, library_folder)) == []
    rewrite(library_folder / BISLAMA, "i no tekem mane", "i no save tekem mane")
    assert conflicts(again(store, library_folder)) == ["text palm.cost/vu bi"]
    told = Repository(store).answer("palm.cost", "bi", Corridor(origin="VU"))
    assert told is not None
    assert told.language == "en"


def test_phrases_of_staff_stay_beside_new_ones_of_the_library(store: Engine, library_folder: Path) -> None:
    Workflow(store).add_phrase("palm.cost", "en", "is it free", "Ana")
    rewrite(library_folder / ENGLISH, "    - cost?\n", "    - cost?\n    - praes\n")
    report = again(store, library_folder)
    assert report.changed == ["phrases palm.cost en"]
    kinds = {phrase.text: phrase.kind for phrase in Repository(store).phrases()}
    assert (kinds["is it free"], kinds["praes"]) == ("staff", "short")


def test_a_phrase_of_staff_that_the_library_takes_up_becomes_the_librarys(
    store: Engine, library_folder: Path
) -> None:
    Workflow(store).add_phrase("palm.cost", "en", "is it free", "Ana")
    rewrite(library_folder / ENGLISH, "    - cost?\n", "    - cost?\n    - is it free\n")
    assert again(store, library_folder).conflicts == []
    assert [p.kind for p in Repository(store).phrases() if p.text == "is it free"] == ["short"]


def test_a_phrase_that_staff_gave_to_another_answer_is_a_conflict(
    store: Engine, library_folder: Path
) -> None:
    Workflow(store).add_phrase("fees.who-pays", "en", "is it free", "Ana")
    rewrite(library_folder / ENGLISH, "    - cost?\n", "    - cost?\n    - is it free\n")
    report = again(store, library_folder)
    assert [str(conflict) for conflict in report.conflicts] == [
        "phrases palm.cost en: 'is it free' is a phrase of fees.who-pays already"
    ]


def test_a_figure_changed_in_the_source_takes_back_a_translation_that_staff_kept(
    store: Engine, library_folder: Path
) -> None:
    publish(store, "bi", "Hamas?", "Nating. A$1,200, A$300, 1800 515 131.")
    rewrite(library_folder / ENGLISH, "A$300", "A$320")
    rewrite(library_folder / BISLAMA, "A$300", "A$320")
    report = again(store, library_folder)
    assert [str(conflict) for conflict in report.conflicts][-2:] == [
        "text palm.cost/default bi: withdrawn: its figures are not those of the new source text",
        "text palm.cost/vu bi: withdrawn: its figures are not those of the new source text",
    ]
    told = Repository(store).answer("palm.cost", "bi")
    assert told is not None
    assert (told.language, "A$320" in told.body) == ("en", True)


def test_a_figure_changed_in_both_files_is_told_in_both_languages(
    store: Engine, library_folder: Path
) -> None:
    rewrite(library_folder / ENGLISH, "A$300", "A$320")
    rewrite(library_folder / BISLAMA, "A$300", "A$320")
    assert again(store, library_folder).conflicts == []
    told = Repository(store).answer("palm.cost", "bi")
    assert told is not None
    assert (told.language, told.translation) == ("bi", "outdated")
    assert "A$320" in told.body


def test_a_variant_that_left_its_answer_is_told_no_more(store: Engine, library_folder: Path) -> None:
    path = library_folder / ANSWER
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  - name: palm-vu")], encoding="utf-8")
    rewrite(library_folder / ENGLISH, "  palm-vu:\n    title: What does PALM cost from Vanuatu?\n", "")
    rewrite(library_folder / ENGLISH, "    body: Nothing. Not even 1 vatu.\n", "")
    again(store, library_folder)
    told = Repository(store).answer("palm.cost", "en", Corridor(origin="VU", scheme="PALM"))
    assert told is not None
    assert told.variant == "vu"


def test_what_left_the_library_is_named_and_stays(store: Engine, library_folder: Path) -> None:
    (library_folder / BISLAMA).unlink()
    (library_folder / "services/vu.yml").unlink()
    report = again(store, library_folder)
    assert {"text palm.cost/default bi", "text palm.cost/vu bi", "service vu-emergency"} <= set(
        report.missing
    )
    assert report.touched == 0
    told = Repository(store).answer("palm.cost", "bi")
    assert told is not None
    assert told.language == "bi"


def test_what_left_the_library_is_withdrawn_on_demand_unless_staff_changed_it(
    store: Engine, library_folder: Path
) -> None:
    publish(store, "bi", "Kos blong Vanuatu", "**Nating.**", "vu")
    (library_folder / BISLAMA).unlink()
    (library_folder / "services/vu.yml").unlink()
    report = again(store, library_folder, withdraw_missing=True)
    assert set(report.removed) == {"text palm.cost/default bi", "service vu-emergency"}
    assert conflicts(report) == ["text palm.cost/vu bi"]
    assert Repository(store).services("en", country="VU") == ()
    assert again(store, library_folder, withdraw_missing=True).removed == []


def test_an_order_changed_in_a_file_is_the_new_order(store: Engine, library_folder: Path) -> None:
    path = library_folder / "gazetteers/country.yml"
    text = path.read_text(encoding="utf-8")
    start = text.index("  - value: VU")
    other = text.index("  - value: NO")
    path.write_text(text[:start] + text[other:] + text[start:other], encoding="utf-8")
    version = Repository(store).version()
    assert again(store, library_folder).touched == 0
    assert [value.value for value in Repository(store).gazetteer("country")] == ["NO", "VU"]
    assert Repository(store).version() == version + 1


def test_an_import_is_all_or_nothing(
    empty_store: Engine, library_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("content.importer._put_in_order", fail)
    with pytest.raises(ZeroDivisionError):
        import_library(empty_store, read_library(library_folder))
    with reading(empty_store) as session:
        for table in (Publication, ImportedItem, AuditEntry):
            assert session.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_every_imported_text_stands_in_the_audit_log(store: Engine) -> None:
    with reading(store) as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.values for entry in entries if entry.sentence == "audit.imported-text"] == [
        {"answer": "fees.who-pays", "variant": "default", "language": "en"},
        {"answer": "palm.cost", "variant": "default", "language": "en"},
        {"answer": "palm.cost", "variant": "vu", "language": "en"},
        {"answer": "palm.cost", "variant": "palm-vu", "language": "en"},
        {"answer": "palm.cost", "variant": "default", "language": "bi"},
        {"answer": "palm.cost", "variant": "vu", "language": "bi"},
    ]
    assert (entries[-1].sentence, entries[-1].values) == ("audit.imported", {"items": "36"})
