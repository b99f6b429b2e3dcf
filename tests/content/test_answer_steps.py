"""Sources, corridors and variants of an answer, and a new answer: each step one sentence in the audit log."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from content.answer_facts import print_of, read_about, read_sources, read_variants
from content.answer_rules import NewAnswer, NewVariant, checked
from content.answer_steps import variant_for
from content.clock import today
from content.exporter import export_library
from content.folder import read_library
from content.importer import import_library
from content.migrating import migrate
from content.models import AuditEntry
from content.record_rules import SheetConflict, SheetError
from content.repository import ANYWHERE, AnswerText, Corridor, Repository
from content.schema import AnswerAbout, AppliesTo, SourceEntry
from content.store import open_store, reading
from content.workflow import Workflow, WorkflowError

KEY = "palm.cost"


@pytest.fixture
def workflow(store: Engine) -> Workflow:
    return Workflow(store)


@pytest.fixture
def empty_second(tmp_path: Path) -> Engine:
    address = f"sqlite:///{tmp_path / 'second.sqlite'}"
    migrate(address, "content")
    return open_store(address)


def source(title: str = "A page", checked_on: date = date(2026, 11, 20)) -> SourceEntry:
    return SourceEntry(
        title=title, publisher="A ministry", url="https://example.org", as_of="unknown", checked_on=checked_on
    )


def sources_of(store: Engine, variant: str = "default") -> dict[str, Any]:
    found = read_sources(store, KEY, variant)
    assert found is not None
    return found


def about_of(store: Engine) -> dict[str, Any]:
    found = read_about(store, KEY)
    assert found is not None
    return found


def set_sources(store: Engine, *sources: SourceEntry, variant: str = "default", **more: Any) -> None:
    based_on = print_of(sources_of(store, variant))
    Workflow(store).set_sources(KEY, variant, sources, **{"by": "Ana", "based_on": based_on, **more})


def set_about(store: Engine, **changed: Any) -> None:
    about = checked(AnswerAbout, about_of(store) | changed)
    Workflow(store).set_about(KEY, about, by="Ana", based_on=print_of(about_of(store)))


def told(store: Engine, corridor: Corridor = ANYWHERE) -> AnswerText:
    answer = Repository(store).answer(KEY, "en", corridor)
    assert answer is not None
    return answer


def log(store: Engine) -> list[str]:
    with reading(store) as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.by != "library").order_by(AuditEntry.id)
        )
        return [entry.sentence for entry in entries]


# --- sources --------------------------------------------------------------------------------------


def test_new_sources_are_told_at_once(store: Engine) -> None:
    set_sources(store, source("One"), source("Two"))
    assert [each.title for each in told(store).sources] == ["One", "Two"]
    assert log(store) == ["audit.sources-saved"]


def test_sources_that_stay_as_they_are_leave_no_trace(store: Engine) -> None:
    version = Repository(store).version()
    found = sources_of(store)["sources"]
    set_sources(store, *(SourceEntry.model_validate(each) for each in found))
    assert (log(store), Repository(store).version()) == ([], version)


def test_what_is_told_keeps_a_source(store: Engine) -> None:
    with pytest.raises(SheetError, match="needs at least one source"):
        set_sources(store)


def test_whoever_saves_second_is_told_so(store: Engine) -> None:
    before = print_of(sources_of(store))
    set_sources(store, source("Hers"))
    with pytest.raises(SheetConflict):
        set_sources(store, source("His"), based_on=before)
    assert [each.title for each in told(store).sources] == ["Hers"]


def test_the_review_lies_after_the_last_check(store: Engine) -> None:
    day = today()
    with pytest.raises(SheetError) as raised:
        set_sources(store, source(checked_on=day), review_date=day)
    assert raised.value.wrong[0][0] == "review_date"
    set_sources(store, source(checked_on=day), review_date=day + timedelta(days=1))
    assert told(store).review_date == day + timedelta(days=1)


def test_a_source_was_not_read_tomorrow(store: Engine) -> None:
    with pytest.raises(SheetError) as raised:
        set_sources(store, source(), source(checked_on=today() + timedelta(days=2)))
    assert [key for key, _ in raised.value.wrong] == ["sources.1.checked_on"]


# --- what an answer is ----------------------------------------------------------------------------


def test_corridors_and_related_answers_are_changed(store: Engine) -> None:
    set_about(store, concerns=[{"origin": "VU"}], related=["fees.who-pays", "fees.who-pays"], owner="Mere")
    assert told(store).concerns == (Corridor(origin="VU"),)
    assert told(store).related == ("fees.who-pays",)
    assert log(store) == ["audit.about-saved"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"related": ["palm.cost"]}, "related.0"),
        ({"related": ["no.such"]}, "related.0"),
        ({"services": ["no-such"]}, "services.0"),
        ({"concerns": [{"origin": "XX"}]}, "concerns.0.origin"),
        ({"concerns": [{"scheme": "NONE"}]}, "concerns.0.scheme"),
        ({"concerns": [{}]}, "concerns"),
        ({"topic": "fees"}, "topic"),
        ({"review_date": "2020-01-01"}, "review_date"),
        ({"review_every_days": 0}, "review_every_days"),
        ({"owner": " "}, "owner"),
    ],
)
def test_what_may_not_be_said_of_an_answer_is_named_by_field(
    store: Engine, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(SheetError) as raised:
        set_about(store, **changed)
    assert [key for key, _ in raised.value.wrong] == [field]
    assert log(store) == []


def test_about_has_its_conflicts_too(store: Engine, workflow: Workflow) -> None:
    before = about_of(store)
    set_about(store, owner="Mere")
    about = checked(AnswerAbout, before | {"owner": "Joe"})
    with pytest.raises(SheetConflict):
        workflow.set_about(KEY, about, by="Joe", based_on=print_of(before))


# --- variants -------------------------------------------------------------------------------------


def variant(**corridor: str) -> NewVariant:
    return variant_for("", corridor)


def test_a_variant_is_told_once_it_has_sources_and_a_text(store: Engine, workflow: Workflow) -> None:
    workflow.add_variant(KEY, variant(scheme="PALM"), by="Ana")
    number = workflow.draft(KEY, "en", variant="palm", title="For PALM", body="A text.", by="Ana")
    workflow.submit(number, "Ana")
    with pytest.raises(WorkflowError, match=r"workflow.no-source"):
        workflow.publish(number, "Ben")
    set_sources(store, source(), variant="palm")
    workflow.publish(number, "Ben")
    assert told(store, Corridor(scheme="PALM")).title == "For PALM"
    assert log(store)[0] == "audit.variant-added"


@pytest.mark.parametrize(
    ("corridor", "field"),
    [
        ({"origin": "VU"}, "name"),
        ({"scheme": "NONE"}, "applies_to.scheme"),
        ({"destination": "vu"}, "applies_to.destination"),
        ({}, "applies_to"),
    ],
)
def test_a_variant_is_for_somebody_and_for_nobody_elses(
    workflow: Workflow, corridor: dict[str, str], field: str
) -> None:
    with pytest.raises(SheetError) as raised:
        workflow.add_variant(KEY, variant_for("", corridor), by="Ana")
    assert raised.value.wrong[0][0] == field


@pytest.mark.parametrize("name", ["default", "sources", "phrases", "about"])
def test_some_names_are_no_variants(workflow: Workflow, name: str) -> None:
    new = NewVariant(name=name, applies_to=AppliesTo(scheme="PALM"))
    with pytest.raises(SheetError, match="is no name for a variant"):
        workflow.add_variant(KEY, new, by="Ana")


def test_a_retired_variant_is_told_no_more_and_can_be_used_again(store: Engine, workflow: Workflow) -> None:
    draft = workflow.draft(KEY, "en", variant="vu", title="T", body="A$1,200.", by="Ana")
    workflow.retire_variant(KEY, "vu", by="Ana")
    assert told(store, Corridor(origin="VU")).variant == "default"
    assert [row.name for row in read_variants(store, KEY)] == ["default", "palm-vu"]
    assert log(store)[1:] == ["audit.withdrawn", "audit.withdrawn", "audit.variant-retired"]
    with pytest.raises(WorkflowError, match="state=given up"):
        workflow.submit(draft, "Ana")
    workflow.add_variant(KEY, variant(origin="VU"), by="Ana")
    [row] = [row for row in read_variants(store, KEY) if row.name == "vu"]
    assert (row.languages, row.sources) == ((), 1)


def test_the_default_variant_is_never_retired(workflow: Workflow) -> None:
    with pytest.raises(WorkflowError, match=r"workflow.default-stays"):
        workflow.retire_variant(KEY, "default", by="Ana")


# --- a new answer ---------------------------------------------------------------------------------


def new_answer(**changed: Any) -> NewAnswer:
    phrases = {
        "plain": ["can i bring my dog", "may my dog come", "is my dog allowed", "what about my dog"],
        "short": ["my dog", "dog allowed", "dogs"],
        "story": [f"I have a dog called {name} and I would like to take it along" for name in "ABC"],
    }
    return checked(
        NewAnswer,
        {
            "key": "palm.dogs",
            "topic": "palm",
            "audience": "everyone",
            "owner": "Ana",
            "review_every_days": 90,
            "review_date": today() + timedelta(days=90),
            "title": "Can I bring my dog?",
            "body": "No.",
            "sources": [source()],
            "phrases": {"en": phrases, "bi": {"staff": ["mi save tekem dog blong mi"]}},
            **changed,
        },
    )


def test_a_new_answer_is_a_draft_until_it_is_published(store: Engine, workflow: Workflow) -> None:
    number = workflow.create_answer(new_answer(), by="Ana")
    assert Repository(store).answer("palm.dogs", "en") is None
    workflow.submit(number, "Ana")
    workflow.publish(number, "Ben")
    found = Repository(store).answer("palm.dogs", "en")
    assert found is not None
    assert found.title == "Can I bring my dog?"
    assert log(store)[:2] == ["audit.answer-made", "audit.drafted"]


def test_a_new_answer_comes_through_export_and_import(
    store: Engine, empty_second: Engine, workflow: Workflow, tmp_path: Path
) -> None:
    number = workflow.create_answer(new_answer(), by="Ana")
    export_library(store, tmp_path / "before")
    assert "palm.dogs" not in read_library(tmp_path / "before").answers
    workflow.submit(number, "Ana")
    workflow.publish(number, "Ben")
    export_library(store, tmp_path / "out")
    library = read_library(tmp_path / "out")
    import_library(empty_second, library)
    assert Repository(empty_second).answer("palm.dogs", "en") == Repository(store).answer("palm.dogs", "en")
    assert import_library(store, library).conflicts == []


def test_whatever_is_done_to_answers_the_store_can_be_exported_and_read_again(
    store: Engine, workflow: Workflow, tmp_path: Path
) -> None:
    set_sources(store, source(checked_on=today()), review_date=today() + timedelta(days=3))
    set_about(store, concerns=[{"origin": "VU", "scheme": "PALM"}], services=[], audience="family")
    workflow.add_variant(KEY, variant(scheme="PALM"), by="Ana")
    workflow.retire_variant(KEY, "vu", by="Ana")
    workflow.create_answer(new_answer(), by="Ana")
    export_library(store, tmp_path / "out")
    library = read_library(tmp_path / "out")
    assert [each.name for each in library.answers[KEY].about.variants] == ["default", "palm-vu"]
    assert library.answers[KEY].about.audience == "family"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"key": "palm.cost"}, "key"),
        ({"key": "fees.dogs"}, "key"),
        ({"key": "Dogs"}, "key"),
        ({"key": "dogs.bring", "topic": "dogs"}, "topic"),
        ({"title": " "}, "title"),
        ({"body": "<b>no</b>"}, "body"),
        ({"sources": []}, "sources"),
        ({"review_date": date(2020, 1, 1)}, "review_date"),
        ({"phrases": {"en": {"plain": ["a dog", "A dog"]}}}, "phrases.en.plain"),
    ],
)
def test_what_is_wrong_with_a_new_answer_is_named_by_field(
    workflow: Workflow, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(SheetError) as raised:
        workflow.create_answer(new_answer(**changed), by="Ana")
    assert raised.value.wrong[0][0] == field


def test_a_phrase_of_another_answer_is_refused(store: Engine, workflow: Workflow) -> None:
    taken = next(phrase.text for phrase in Repository(store).phrases() if phrase.language == "en")
    with pytest.raises(SheetError, match="is a phrase of") as raised:
        workflow.create_answer(new_answer(phrases={"en": {"short": [taken]}}), by="Ana")
    assert raised.value.wrong[0][0] == "phrases.en.short"


def test_what_is_missing_of_phrases_is_counted() -> None:
    phrases = new_answer(phrases={"en": {"plain": ["one question"], "story": []}}).phrases["en"]
    assert phrases.missing() == {"plain": 3, "short": 3, "story": 3}
