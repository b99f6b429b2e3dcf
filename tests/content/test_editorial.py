"""What editors see of the store: states of texts, drafts, history. On SQLite and PostgreSQL."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from content.answer_rows import AnswerRow
from content.editorial import Editorial
from content.workflow import EditConflict, Workflow, WorkflowError
from content.working_copies import WorkingCopies

LANGUAGES = ["bi", "en", "tpi"]


@pytest.fixture
def editorial(store: Engine) -> Editorial:
    return Editorial(store, LANGUAGES)


@pytest.fixture
def workflow(store: Engine) -> Workflow:
    return Workflow(store)


def row(editorial: Editorial, key: str = "palm.cost") -> AnswerRow:
    return next(row for row in editorial.answers() if row.key == key)


def state(editorial: Editorial, language: str) -> str:
    return row(editorial).texts["default", language].state


def publish(workflow: Workflow, language: str, title: str, body: str) -> None:
    revision = workflow.draft("palm.cost", language, title=title, body=body, by="Ana")
    workflow.submit(revision, "Ana")
    workflow.publish(revision, "Ben")


def test_states_tell_how_far_each_text_is(editorial: Editorial, workflow: Workflow) -> None:
    assert [state(editorial, language) for language in ("en", "bi", "tpi")] == [
        "source",
        "machine-drafted",
        "missing",
    ]
    told = editorial.told("palm.cost", "default", "en")
    assert told is not None
    publish(workflow, "en", told.title, f"{told.body}\n\nAsk first.")
    assert state(editorial, "bi") == "outdated"
    workflow.withdraw("palm.cost", "en", "default", "Ana")
    assert [state(editorial, language) for language in ("en", "bi", "tpi")] == ["unpublished"] * 3


def test_one_answer_is_read_like_all(editorial: Editorial) -> None:
    assert editorial.answer("palm.cost") == row(editorial)
    assert editorial.answer("no.such") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda w: w.draft("palm.cost", "en", title="Draft", body="Text.", by="Ana"),
        lambda w: w.still_correct("palm.cost", "Ana"),
        lambda w: w.add_phrase("palm.cost", "en", "how much is it then", "Ana"),
        lambda w: w.withdraw("palm.cost", "bi", "default", "Ana"),
    ],
)
def test_every_change_is_seen_at_once(
    editorial: Editorial, workflow: Workflow, change: Callable[[Workflow], object]
) -> None:
    before = row(editorial)
    assert row(editorial) is before
    change(workflow)
    assert row(editorial) is not before


def test_a_draft_stands_beside_what_is_told(editorial: Editorial, workflow: Workflow) -> None:
    workflow.draft("palm.cost", "en", title="Another title", body="Text.", by="Ana")
    text = row(editorial).texts["default", "en"]
    assert text.told is not None
    assert text.open is not None
    assert (text.open.title, text.open.author, text.open.state) == ("Another title", "Ana", "draft")
    newest = editorial.newest("palm.cost", "default", "en")
    assert newest is not None
    assert newest.title == "Another title"


def test_a_draft_of_a_draft_takes_its_place(editorial: Editorial, workflow: Workflow) -> None:
    first = workflow.draft("palm.cost", "en", title="One", body="Text.", by="Ana")
    second = workflow.draft("palm.cost", "en", title="Two", body="Text.", by="Ana", based_on=first)
    states = {text.head.id: text.head.state for text in editorial.history("palm.cost", "default", "en")}
    assert (states[first], states[second]) == ("discarded", "draft")
    with pytest.raises(WorkflowError, match="state=given up"):
        workflow.go_back(first, "Ana")


def test_a_draft_of_what_is_not_the_newest_is_a_conflict_that_changes_nothing(
    editorial: Editorial, workflow: Workflow
) -> None:
    told = editorial.told("palm.cost", "default", "en")
    assert told is not None
    theirs = workflow.draft("palm.cost", "en", title="Theirs", body="Text.", by="Ben", based_on=told.head.id)
    before = editorial.history("palm.cost", "default", "en")
    with pytest.raises(EditConflict, match=r"workflow.changed-meanwhile .* author=Ben") as conflict:
        workflow.draft("palm.cost", "en", title="Mine", body="Text.", by="Ana", based_on=told.head.id)
    assert conflict.value.newest == theirs
    assert editorial.history("palm.cost", "default", "en") == before


def test_after_going_back_editors_go_on_from_what_is_told(editorial: Editorial, workflow: Workflow) -> None:
    first = editorial.told("palm.cost", "default", "en")
    assert first is not None
    publish(workflow, "en", first.title, f"{first.body}\n\nAsk first.")
    workflow.go_back(first.head.id, "Ana")
    newest = editorial.newest("palm.cost", "default", "en")
    assert newest is not None
    assert newest.head.id == first.head.id
    workflow.draft("palm.cost", "en", title="On", body="From here.", by="Ana", based_on=first.head.id)


def test_a_text_in_review_is_sent_back_with_its_reason(editorial: Editorial, workflow: Workflow) -> None:
    revision = workflow.draft("palm.cost", "en", title="Mine", body="Text.", by="Ana")
    with pytest.raises(WorkflowError, match="state=draft"):
        workflow.reject(revision, "Ben", "why")
    workflow.submit(revision, "Ana")
    workflow.reject(revision, "Ben", "  too\nlong ")
    draft = editorial.newest("palm.cost", "default", "en")
    assert draft is not None
    rejection = editorial.rejection_of(draft)
    assert rejection is not None
    assert (rejection.by, rejection.why) == ("Ben", "too long")


def test_a_discarded_draft_is_not_the_newest_any_more(editorial: Editorial, workflow: Workflow) -> None:
    revision = workflow.draft("palm.cost", "en", title="Mine", body="Text.", by="Ana")
    workflow.discard(revision, "Ana")
    newest = editorial.newest("palm.cost", "default", "en")
    assert newest is not None
    assert newest.head.id != revision
    assert row(editorial).texts["default", "en"].open is None


def test_what_is_being_written_is_kept_for_each_writer(store: Engine, workflow: Workflow) -> None:
    copies = WorkingCopies(store)
    place = ("palm.cost", "default", "en")
    copies.keep(*place, by="Ana", title="A", body="half", based_on=None)
    copies.keep(*place, by="Ana", title="A", body="half a sentence", based_on=None)
    copies.keep(*place, by="Ben", title="B", body="other", based_on=None)
    assert {(copy.by, copy.body) for copy in copies.of_text(*place)} == {
        ("Ana", "half a sentence"),
        ("Ben", "other"),
    }
    assert [begun[:3] for begun in copies.of_member("Ana")] == [("palm.cost", "default", "en")]
    told = Editorial(store, LANGUAGES).told(*place)
    assert told is not None
    workflow.draft("palm.cost", "en", title="A", body="Whole.", by="Ana", based_on=told.head.id)
    assert [copy.by for copy in copies.of_text(*place)] == ["Ben"]
    copies.forget(*place, "Ben")
    assert copies.of_text(*place) == []
