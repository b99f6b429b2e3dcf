"""Editing services and records: what stays, what is refused, and that an export imports again."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from content.clock import today
from content.exporter import export_library
from content.folder import read_library
from content.importer import import_library
from content.models import AuditEntry
from content.record_rules import ReasonNeeded, SheetConflict, SheetError
from content.record_workflow import RecordWorkflow
from content.records import AgencyCheck, Checklist, FeeRules, SchemeFacts
from content.repository import Repository
from content.sheets import Kind, Sheet, kind_named
from content.shelves import Shelves
from content.workflow import WorkflowError
from tests.content.conftest import Change

LANGUAGES = ["en", "bi"]


def kind(name: str) -> Kind:
    found = kind_named(name)
    assert found is not None
    return found


RULES, AGENCIES, SCHEMES = kind("rules"), kind("agencies"), kind("schemes")
CHECKLISTS, SERVICES = kind("checklists"), kind("services")

type Save = Callable[..., None]


def sheet_of(store: Engine, of: Kind, id_: str) -> Sheet:
    found = Shelves(store, LANGUAGES).sheet(of, id_)
    assert found is not None
    return found


@pytest.fixture
def save(store: Engine) -> Save:
    """Saves facts of a sheet with some of them changed."""

    def saving(
        of: Kind, id_: str, *, why: str = "", words: dict[str, str] | None = None, **facts: Any
    ) -> None:
        sheet = sheet_of(store, of, id_)
        RecordWorkflow(store).save(
            of,
            id_,
            {**sheet.facts, **facts},
            by="mere",
            based_on=sheet.fingerprint(),
            words=words or {},
            why=why,
        )

    return saving


def rule(store: Engine) -> dict[str, Any]:
    """The one rule of the small library, as facts."""
    told: dict[str, Any] = sheet_of(store, RULES, "vu").facts["rules"][0]
    return told


def said(error: SheetError) -> list[tuple[str, str]]:
    return [(key, str(saying)) for key, saying in error.wrong]


def period(**more: Any) -> dict[str, Any]:
    source = {"title": "New law", "publisher": "A ministry", "url": "", "as_of": "2026"}
    return {
        "from": (today() + timedelta(days=5)).isoformat(),
        "until": None,
        "starts": "then",
        "verdict": "allowed",
        "limit": None,
        "source": {**source, "checked_on": "2026-11-01"},
        **more,
    }


@pytest.fixture(autouse=True)
def every_export_imports_again(store: Engine, tmp_path: Path) -> Any:
    """Whatever a test did: the library that comes out goes in again, and changes nothing."""
    yield
    folder = tmp_path / "exported"
    export_library(store, folder)
    report = import_library(store, read_library(folder))
    assert (report.added, report.changed, report.removed) == ([], [], [])


# --- rules ----------------------------------------------------------------------------------------


def test_a_change_from_a_day_ends_what_held_the_day_before(store: Engine) -> None:
    sheet, day = sheet_of(store, RULES, "vu"), today() + timedelta(days=5)
    RecordWorkflow(store).change_rule(
        RULES, "vu", "vu-placement", period(), by="mere", based_on=sheet.fingerprint()
    )
    told = Repository(store).record(FeeRules, "vu", "en")
    assert told is not None
    first, second, third = told.about.rules[0].periods
    assert (first.until, second.until, third.since) == (date(2024, 12, 31), day - timedelta(days=1), day)
    assert (second.verdict, third.verdict) == ("forbidden", "allowed")


@pytest.mark.parametrize(
    ("more", "key", "text"),
    [
        ({"from": "2024-06-01"}, "from", "must be after 2025-01-01"),
        ({"from": "soon"}, "from", "is not a day"),
        ({"from": ""}, "from", "is not a day"),
        ({"until": "2020-01-01"}, "until", "2020-01-01 is before"),
        ({"verdict": "limited"}, "limit", "must be given"),
    ],
)
def test_a_new_period_that_cannot_be_is_refused_at_its_field(
    store: Engine, more: dict[str, Any], key: str, text: str
) -> None:
    sheet = sheet_of(store, RULES, "vu")
    with pytest.raises(SheetError) as refused:
        RecordWorkflow(store).change_rule(
            RULES, "vu", "vu-placement", period(**more), by="mere", based_on=sheet.fingerprint()
        )
    assert any(found == key and text in words for found, words in said(refused.value)), said(refused.value)
    assert sheet_of(store, RULES, "vu") == sheet


PAST = [
    ("source", {"periods": [{"source": {"title": "Other"}}]}),
    ("verdict", {"periods": [{"verdict": "forbidden", "limit": None}]}),
    ("end of a period that is over", {"periods": [{"until": "2024-11-30"}]}),
    ("law", {"law": "Another Act"}),
    ("item", {"item": "visa"}),
    ("id", {"id": "vu-other"}),
]


@pytest.mark.parametrize("change", [change for _, change in PAST], ids=[name for name, _ in PAST])
def test_what_was_said_of_days_gone_by_changes_only_with_a_reason(
    store: Engine, save: Save, change: dict[str, Any]
) -> None:
    before = rule(store)
    periods = [dict(each) for each in before["periods"]]
    for place, changed in enumerate(change.get("periods", [])):
        source = {**periods[place]["source"], **changed.get("source", {})}
        periods[place] = {**periods[place], **changed, "source": source}
    after = {**before, **change, "periods": periods}
    with pytest.raises(ReasonNeeded):
        save(RULES, "vu", rules=[after])
    assert rule(store) == before
    save(RULES, "vu", rules=[after], why="It was misread.")
    assert rule(store)["id"] == after["id"]
    newest = Shelves(store, LANGUAGES).history(sheet_of(store, RULES, "vu"))[0]
    assert newest.why == "It was misread."
    assert newest.before is not None
    assert newest.before["facts"]["rules"] == [before]


def test_what_is_in_force_may_be_given_an_end_and_be_read_again(store: Engine, save: Save) -> None:
    before = rule(store)
    first, last = before["periods"]
    last = {**last, "until": today().isoformat(), "source": {**last["source"], "checked_on": "2026-11-20"}}
    save(RULES, "vu", rules=[{**before, "periods": [first, last]}])
    assert rule(store)["periods"][1]["until"] == today().isoformat()


def test_a_rule_that_went_is_brought_back_with_a_reason(store: Engine, save: Save) -> None:
    before = rule(store)
    other = {**before, "id": "vu-visa", "item": "visa", "periods": [period()]}
    with pytest.raises(ReasonNeeded):
        save(RULES, "vu", rules=[other])
    save(RULES, "vu", rules=[other], why="There never was such a rule.")
    version = Shelves(store, LANGUAGES).history(sheet_of(store, RULES, "vu"))[0]
    RecordWorkflow(store).restore(version.id, by="mere", why="There was.")
    assert rule(store) == before


def test_still_correct_reads_again_what_is_in_force_alone(store: Engine) -> None:
    RecordWorkflow(store).still_correct(RULES, "vu", by="mere")
    days = [each["source"]["checked_on"] for each in rule(store)["periods"]]
    assert days == ["2026-11-01", today().isoformat()]


# --- facts ----------------------------------------------------------------------------------------


def test_what_a_record_leads_to_must_be_there(store: Engine, save: Save) -> None:
    with pytest.raises(SheetError) as refused:
        save(AGENCIES, "vu", answers=["palm.no-such"], services=["no-such"])
    assert said(refused.value) == [
        ("answers.0", "there is no answer 'palm.no-such'"),
        ("services.0", "there is no service 'no-such'"),
    ]


def test_who_had_something_else_before_them_does_not_overwrite_it(store: Engine, save: Save) -> None:
    old = sheet_of(store, SCHEMES, "palm")
    save(SCHEMES, "palm", status="closed")
    with pytest.raises(SheetConflict):
        RecordWorkflow(store).save(SCHEMES, "palm", old.facts, by="joe", based_on=old.fingerprint())
    assert sheet_of(store, SCHEMES, "palm").facts["status"] == "closed"


def test_a_change_is_told_at_once_written_down_and_taken_back(store: Engine, save: Save) -> None:
    published, before = Repository(store), sheet_of(store, SCHEMES, "palm")
    save(SCHEMES, "palm", status="closed")
    told = published.record(SchemeFacts, "palm", "en")
    assert told is not None
    assert told.about.status == "closed"
    with store.connect() as connection:
        entry = connection.execute(select(AuditEntry.sentence, AuditEntry.by).order_by(AuditEntry.id)).all()[
            -1
        ]
    assert tuple(entry) == ("audit.facts-saved", "mere")
    [version] = Shelves(store, LANGUAGES).history(before)
    RecordWorkflow(store).restore(version.id, by="mere")
    assert sheet_of(store, SCHEMES, "palm") == before


def test_saving_what_is_there_already_is_no_change(store: Engine, save: Save) -> None:
    for each in (RULES, AGENCIES, SCHEMES, CHECKLISTS, SERVICES):
        for row in Shelves(store, LANGUAGES).rows(each):
            before = sheet_of(store, each, row.id)
            save(each, row.id)
            assert sheet_of(store, each, row.id) == before
            assert Shelves(store, LANGUAGES).history(before) == []


def test_new_slots_need_english_words_and_are_told_in_english_elsewhere(store: Engine, save: Save) -> None:
    with pytest.raises(SheetError) as refused:
        save(AGENCIES, "vu", steps=["ask-number", "look-up", "report"])
    assert said(refused.value) == [("words.step.report", "is missing")]
    words = {"step.report": "Report it."}
    save(AGENCIES, "vu", steps=["ask-number", "look-up", "report"], words=words)
    told = Repository(store).record(AgencyCheck, "vu", "bi")
    assert told is not None
    assert told.words["step.report"] == "Report it."
    assert told.words["step.look-up"] == "Lukaotem insaed long 2 dei."
    assert told.translation == "outdated"
    save(AGENCIES, "vu", steps=["ask-number"])
    fewer = Repository(store).record(AgencyCheck, "vu", "bi")
    assert fewer is not None
    assert set(fewer.words) == {"lead", "step.ask-number"}


def test_an_item_that_went_comes_back_with_its_words(store: Engine, save: Save) -> None:
    before = sheet_of(store, CHECKLISTS, "palm")
    save(CHECKLISTS, "palm", items=before.facts["items"][:1])
    version = next(
        each for each in Shelves(store, LANGUAGES).history(before) if each.item.startswith("record ")
    )
    RecordWorkflow(store).restore(version.id, by="mere")
    assert sheet_of(store, CHECKLISTS, "palm").facts == before.facts
    told = Repository(store).record(Checklist, "palm", "en")
    assert told is not None
    assert dict(told.words) == dict(before.said("en"))


def test_a_record_is_added_with_its_words(store: Engine) -> None:
    facts = {"country": "NO", "recruiting": "unknown", "steps": ["ask"]}
    facts |= {key: sheet_of(store, AGENCIES, "vu").facts[key] for key in ("review_date", "sources")}
    words = {"lead": "Ask first.", "step.ask": "Ask."}
    RecordWorkflow(store).save(AGENCIES, "no", facts, by="mere", based_on="", words=words)
    told = Repository(store).record(AgencyCheck, "no", "bi")
    assert told is not None
    assert told.words["lead"] == "Ask first."
    with pytest.raises(SheetConflict):
        RecordWorkflow(store).save(AGENCIES, "no", facts, by="mere", based_on="", words=words)


# --- words ----------------------------------------------------------------------------------------


def english(store: Engine, *, minor: bool = False, **words: str) -> None:
    sheet = sheet_of(store, AGENCIES, "vu")
    said = {**sheet.said("en"), **{slot.replace("_", "."): text for slot, text in words.items()}}
    RecordWorkflow(store).save_words(
        AGENCIES, "vu", "en", said, by="mere", based_on=sheet.fingerprint("en"), minor=minor
    )


@pytest.mark.parametrize(("minor", "state"), [(False, "outdated"), (True, "reviewed")])
def test_only_a_minor_edit_leaves_translations_up_to_date(store: Engine, minor: bool, state: str) -> None:
    english(store, minor=minor, lead="Only licensed agents may recruit.")
    told = Repository(store).record(AgencyCheck, "vu", "bi")
    assert told is not None
    assert told.translation == state


def test_another_figure_is_told_in_english_until_it_is_translated(store: Engine) -> None:
    sheet = sheet_of(store, AGENCIES, "vu")
    said = {**sheet.said("en"), "step.look-up": "Look it up within 3 days."}
    RecordWorkflow(store).save_words(
        AGENCIES, "vu", "en", said, by="mere", based_on=sheet.fingerprint("en"), minor=True
    )
    told = Repository(store).record(AgencyCheck, "vu", "bi")
    assert told is not None
    assert told.words["step.look-up"] == "Look it up within 3 days."
    assert told.translation == "outdated"


def test_a_translation_keeps_the_figures_and_has_every_slot(store: Engine) -> None:
    sheet = sheet_of(store, AGENCIES, "vu")
    words = {**sheet.said("bi"), "step.look-up": "Lukaotem insaed long 9 dei.", "lead": " "}
    with pytest.raises(SheetError) as refused:
        RecordWorkflow(store).save_words(
            AGENCIES, "vu", "bi", words, by="mere", based_on=sheet.fingerprint("bi")
        )
    assert said(refused.value) == [("words.lead", "is missing")]
    with pytest.raises(SheetError) as again:
        RecordWorkflow(store).save_words(
            AGENCIES, "vu", "bi", {**words, "lead": "Agen."}, by="mere", based_on=sheet.fingerprint("bi")
        )
    assert {key for key, _ in again.value.wrong} == {"words.step.look-up"}


def test_a_reader_of_the_language_brings_an_outdated_translation_up_to_date(store: Engine) -> None:
    english(store, lead="Only licensed agents may recruit.")
    RecordWorkflow(store).approve_words(AGENCIES, "vu", "bi", by="mere")
    told = Repository(store).record(AgencyCheck, "vu", "bi")
    assert told is not None
    assert told.translation == "reviewed"
    with pytest.raises(WorkflowError, match=r"workflow.no-words"):
        RecordWorkflow(store).approve_words(AGENCIES, "vu", "sm", by="mere")


def test_words_come_back_as_they_were(store: Engine) -> None:
    before = sheet_of(store, AGENCIES, "vu")
    english(store, lead="Only licensed agents may recruit.")
    [version] = Shelves(store, LANGUAGES).history(before)
    RecordWorkflow(store).restore(version.id, by="mere")
    assert sheet_of(store, AGENCIES, "vu").said("en") == before.said("en")


# --- services -------------------------------------------------------------------------------------


def test_a_service_is_withdrawn_with_a_reason_and_brought_back(store: Engine) -> None:
    before = sheet_of(store, SERVICES, "au-emergency")
    with pytest.raises(SheetError):
        RecordWorkflow(store).withdraw_service("au-emergency", by="mere", why=" ")
    RecordWorkflow(store).withdraw_service("au-emergency", by="mere", why="Closed.")
    assert Repository(store).services("en", ids=["au-emergency"]) == ()
    export_names = Repository(store).record(FeeRules, "vu", "en")
    assert export_names is not None
    [version] = Shelves(store, LANGUAGES).history(before)
    RecordWorkflow(store).restore(version.id, by="mere")
    assert sheet_of(store, SERVICES, "au-emergency") == before
    with pytest.raises(WorkflowError, match=r"workflow.nothing-before"):
        RecordWorkflow(store).restore(version.id + 1, by="mere")


def test_a_phone_is_checked(store: Engine, save: Save) -> None:
    with pytest.raises(SheetError) as refused:
        save(SERVICES, "au-emergency", phones=["000", "ask us"])
    assert said(refused.value) == [("phones.1", "'ask us' is not a phone number")]


def test_a_new_service_stands_last_in_its_country(store: Engine) -> None:
    facts = {**sheet_of(store, SERVICES, "au-emergency").facts, "id": "au-new"}
    words = {"name": "New", "who-for": "Everybody."}
    RecordWorkflow(store).save(SERVICES, "au-new", facts, by="mere", based_on="", words=words)
    assert Repository(store).services("en", country="AU")[-1].id == "au-new"


def test_still_correct_moves_the_day_of_a_service(store: Engine) -> None:
    RecordWorkflow(store).still_correct(SERVICES, "au-emergency", by="mere")
    [told] = Repository(store).services("en", ids=["au-emergency"])
    assert told.checked_on == today()


def test_what_another_import_of_the_library_changes_is_in_the_history_too(
    store: Engine, library_folder: Path, change: Change
) -> None:
    change("schemes/palm/scheme.yml", "status: open", "status: closed")
    import_library(store, read_library(library_folder))
    [version] = Shelves(store, LANGUAGES).history(sheet_of(store, SCHEMES, "palm"))
    assert version.by == "library"
    RecordWorkflow(store).restore(version.id, by="mere")
    assert sheet_of(store, SCHEMES, "palm").facts["status"] == "open"
