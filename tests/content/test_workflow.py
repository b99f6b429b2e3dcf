"""Editing: draft, review, publish, withdraw, go back; each change one sentence in the audit log."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from content.audit import SENTENCES
from content.clock import now
from content.exporter import export_library
from content.folder import read_library
from content.models import Answer, AuditEntry, Revision, Source, Variant
from content.repository import ANYWHERE, AnswerText, Corridor, Repository
from content.store import reading, writing
from content.words import Words
from content.workflow import Workflow, WorkflowError

BODY = "A$1,200, A$300, 1800 515 131."
Do = Callable[[Workflow], object]


@pytest.fixture
def workflow(store: Engine) -> Workflow:
    return Workflow(store)


def publish(workflow: Workflow, language: str, title: str, body: str = BODY, **more: object) -> int:
    number = workflow.draft("palm.cost", language, title=title, body=body, by="Ana", **more)  # type: ignore[arg-type]
    workflow.submit(number, "Ana")
    workflow.publish(number, "Ben")
    return number


def told(store: Engine, language: str, corridor: Corridor = ANYWHERE) -> AnswerText:
    answer = Repository(store).answer("palm.cost", language, corridor)
    assert answer is not None
    return answer


def log(store: Engine) -> list[tuple[str, str, dict[str, str]]]:
    with reading(store) as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.by != "library").order_by(AuditEntry.id)
        )
        return [(entry.sentence, entry.by, entry.values) for entry in entries]


def first_revision(store: Engine, language: str, variant: str = "default") -> int:
    with reading(store) as session:
        return session.scalars(
            select(Revision.id)
            .join(Variant)
            .where(Variant.answer_key == "palm.cost", Variant.name == variant, Revision.language == language)
            .order_by(Revision.id)
        ).all()[0]


def test_a_draft_is_told_only_after_review_and_publishing(store: Engine, workflow: Workflow) -> None:
    number = workflow.draft("palm.cost", "en", title="New title", body=BODY, by="Ana")
    workflow.submit(number, "Ana")
    assert told(store, "en").title == "What does it cost to join?"
    workflow.publish(number, "Ben")
    assert (told(store, "en").title, told(store, "en").body) == ("New title", BODY)
    text = {"answer": "palm.cost", "variant": "default", "language": "en"}
    assert log(store) == [
        ("audit.drafted", "Ana", text),
        ("audit.submitted", "Ana", text),
        ("audit.published", "Ben", text),
    ]


def test_steps_together_are_all_done_or_none(store: Engine, workflow: Workflow) -> None:
    def twice() -> None:
        with workflow.together() as (steps, _):
            number = steps.draft("palm.cost", "en", title="New title", body=BODY, by="Ana")
            steps.submit(number, "Ana")
            steps.submit(number, "Ana")

    with pytest.raises(WorkflowError, match=r"workflow.moved-on"):
        twice()
    assert log(store) == []


def test_going_back_publishes_the_old_revision_itself(store: Engine, workflow: Workflow) -> None:
    publish(workflow, "en", "New title")
    workflow.go_back(first_revision(store, "en"), "Ben")
    assert told(store, "en").title == "What does it cost to join?"
    assert told(store, "bi").translation == "machine-drafted"
    with reading(store) as session:
        states = session.scalars(select(Revision.state).where(Revision.title.in_(["New title"]))).all()
    assert states == ["published"]
    assert log(store)[-1][0] == "audit.went-back"


def test_a_changed_source_text_makes_translations_outdated(store: Engine, workflow: Workflow) -> None:
    publish(workflow, "en", "New title", f"Other words. {BODY}")
    assert (told(store, "bi").language, told(store, "bi").translation) == ("bi", "outdated")


def test_a_minor_edit_does_not(store: Engine, workflow: Workflow) -> None:
    publish(workflow, "en", "New title", f"Other words. {BODY}", minor=True)
    assert told(store, "bi").translation == "machine-drafted"
    publish(workflow, "en", "Newer title", f"Even other words. {BODY}", minor=True)
    assert told(store, "bi").translation == "machine-drafted"


def test_a_minor_edit_leaves_the_figures_as_they_are(workflow: Workflow) -> None:
    with pytest.raises(WorkflowError, match=r"workflow.no-minor-edit .* missing=300 added=320"):
        workflow.draft("palm.cost", "en", title="T", body=BODY.replace("300", "320"), by="Ana", minor=True)


def test_a_minor_edit_of_a_text_that_was_changed_meanwhile_is_refused(workflow: Workflow) -> None:
    number = workflow.draft("palm.cost", "en", title="Minor", body=BODY, by="Ana", minor=True)
    workflow.submit(number, "Ana")
    publish(workflow, "en", "Major", f"Other words. {BODY}")
    with pytest.raises(WorkflowError, match=r"workflow.minor-too-old text=palm.cost \(default, en\)"):
        workflow.publish(number, "Ben")


def test_a_new_translation_of_the_new_text_is_up_to_date_and_reviewed(
    store: Engine, workflow: Workflow
) -> None:
    publish(workflow, "en", "New title", f"Other words. {BODY}")
    publish(workflow, "bi", "Niu taetol")
    assert (told(store, "bi").title, told(store, "bi").translation) == ("Niu taetol", "reviewed")


def test_an_approved_machine_draft_is_reviewed(store: Engine, workflow: Workflow) -> None:
    workflow.approve_translation(first_revision(store, "bi"), "Mere")
    assert told(store, "bi").translation == "reviewed"
    with pytest.raises(WorkflowError, match=r"workflow.no-translation"):
        workflow.approve_translation(first_revision(store, "en"), "Mere")


def test_nobody_is_told_a_figure_that_the_source_no_longer_has(store: Engine, workflow: Workflow) -> None:
    publish(workflow, "en", "New title", BODY.replace("300", "320"))
    assert (told(store, "bi").language, "A$320" in told(store, "bi").body) == ("en", True)
    assert told(store, "bi", Corridor(origin="VU")).language == "en"
    assert [entry for entry in log(store) if entry[0] == "audit.withdrawn-figures"] == [
        ("audit.withdrawn-figures", "Ben", {"answer": "palm.cost", "variant": name, "language": "bi"})
        for name in ("default", "vu")
    ]


def test_a_translation_with_other_figures_is_not_published(workflow: Workflow) -> None:
    with pytest.raises(WorkflowError, match=r"workflow.other-figures .* missing=300 added=320"):
        publish(workflow, "bi", "T", BODY.replace("300", "320"))


def test_withdrawing_a_source_withdraws_all_that_rests_on_it(store: Engine, workflow: Workflow) -> None:
    workflow.withdraw("palm.cost", "en", "vu", "Ana")
    assert told(store, "bi", Corridor(origin="VU")).variant == "default"
    workflow.withdraw("palm.cost", "en", "default", "Ana")
    assert Repository(store).answer("palm.cost", "bi") is None
    assert [phrase.answer for phrase in Repository(store).phrases()].count("palm.cost") == 0
    withdrawn = [(v["variant"], v["language"]) for sentence, _, v in log(store)]
    assert withdrawn == [
        ("vu", "bi"), ("vu", "en"), ("default", "bi"), ("default", "en"), ("palm-vu", "en")
    ]  # fmt: skip


def test_withdrawing_a_translation_leaves_the_source(store: Engine, workflow: Workflow) -> None:
    workflow.withdraw("palm.cost", "bi", "default", "Ana")
    assert (told(store, "bi").language, told(store, "en").language) == ("en", "en")
    assert {phrase.language for phrase in Repository(store).phrases()} == {"en"}


def test_what_rests_on_a_withdrawn_text_cannot_be_published(store: Engine, workflow: Workflow) -> None:
    workflow.withdraw("palm.cost", "en", "default", "Ana")
    with pytest.raises(WorkflowError, match=r"workflow.publish-first text=palm.cost \(default, en\)"):
        workflow.go_back(first_revision(store, "bi"), "Ana")
    workflow.go_back(first_revision(store, "en"), "Ana")
    workflow.go_back(first_revision(store, "bi"), "Ana")
    assert told(store, "bi").language == "bi"


def without_sources(store: Engine) -> None:
    with writing(store) as session:
        for source in session.scalars(select(Source)):
            session.delete(source)


def without_review_date(store: Engine) -> None:
    with writing(store) as session:
        for answer in session.scalars(select(Answer)):
            answer.review_date = None


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (without_sources, r"workflow.no-source text=palm.cost \(default, en\)"),
        (without_review_date, r"workflow.no-review-date text=palm.cost \(default, en\)"),
    ],
)
def test_publishing_without_source_or_review_date_is_refused(
    store: Engine, workflow: Workflow, spoil: Callable[[Engine], None], problem: str
) -> None:
    number = workflow.draft("palm.cost", "en", title="New", body=BODY, by="Ana")
    workflow.submit(number, "Ana")
    spoil(store)
    with pytest.raises(WorkflowError, match=problem):
        workflow.publish(number, "Ben")


def test_a_new_language_needs_its_phrases_first(store: Engine, workflow: Workflow) -> None:
    number = workflow.draft("palm.cost", "tpi", title="Hamas?", body=BODY, by="Ana")
    workflow.submit(number, "Ana")
    with pytest.raises(
        WorkflowError,
        match=r"workflow.too-few-phrases answer=palm.cost spoken=tpi kind=plain needed=4 there=0",
    ):
        workflow.publish(number, "Ben")
    for kind, texts in {"plain": "abcd", "short": "efg", "story": "hij"}.items():
        for text in texts:
            workflow.add_phrase("palm.cost", "tpi", f"askim {text}", "Ana", kind=kind)  # type: ignore[arg-type]
    workflow.publish(number, "Ben")
    assert told(store, "tpi").language == "tpi"


def test_a_phrase_leads_to_its_answer_until_it_is_removed(store: Engine, workflow: Workflow) -> None:
    workflow.add_phrase("palm.cost", "en", "  is it\n free ", "Ana")
    assert ("palm.cost", "is it free", "staff") in {
        (phrase.answer, phrase.text, phrase.kind) for phrase in Repository(store).phrases()
    }
    workflow.remove_phrase("palm.cost", "en", "is it free", "Ben")
    assert "is it free" not in {phrase.text for phrase in Repository(store).phrases()}
    phrase = {"answer": "palm.cost", "language": "en", "phrase": "is it free"}
    assert log(store) == [("audit.phrase-added", "Ana", phrase), ("audit.phrase-removed", "Ben", phrase)]


def test_still_correct_sets_the_day_and_the_next_review(store: Engine, workflow: Workflow) -> None:
    workflow.still_correct("palm.cost", "Ana")
    today = now().date()
    assert told(store, "en").checked_on == today
    assert told(store, "en").review_date == today + timedelta(days=90)
    assert log(store)[-1][2]["review_date"] == (today + timedelta(days=90)).isoformat()


@pytest.mark.parametrize(
    ("do", "problem"),
    [
        (
            lambda w: w.draft("palm.no", "en", title="t", body="b", by="A"),
            "workflow.no-answer answer=palm.no",
        ),
        (
            lambda w: w.draft("palm.cost", "en", variant="fj", title="t", body="b", by="A"),
            "workflow.no-variant answer=palm.cost variant=fj",
        ),
        (lambda w: w.draft("palm.cost", "en", title=" ", body="b", by="A"), "title: is empty"),
        (lambda w: w.draft("palm.cost", "en", title="t", body="# b", by="A"), "a heading is not allowed"),
        (
            lambda w: w.draft("palm.cost", "en", title="t", body="a\x00b", by="A"),
            "control character U\\+0000",
        ),
        (lambda w: w.submit(10_000, "A"), "workflow.no-revision revision=10000"),
        (lambda w: w.submit(1, "A"), "workflow.moved-on revision=1 state=published wanted=draft"),
        (lambda w: w.publish(1, "A"), "workflow.moved-on revision=1 state=published wanted=in review"),
        (lambda w: w.go_back(1, "A"), "workflow.told-already revision=1"),
        (
            lambda w: w.withdraw("palm.cost", "tet", "default", "A"),
            r"workflow.not-published text=palm.cost \(default, tet\)",
        ),
        (lambda w: w.add_phrase("palm.no", "en", "x", "A"), "workflow.no-answer answer=palm.no"),
        (lambda w: w.add_phrase("palm.cost", "en", "  ", "A"), "phrase: is empty"),
        (
            lambda w: w.add_phrase("palm.cost", "en", "Agent FEE", "A"),
            "workflow.phrase-of-another phrase=Agent FEE answer=fees.who-pays",
        ),
        (
            lambda w: w.remove_phrase("palm.cost", "en", "agent fee", "A"),
            "workflow.no-phrase phrase=agent fee answer=palm.cost spoken=en",
        ),
        (
            lambda w: w.remove_phrase("palm.cost", "en", "cost?", "A"),
            "workflow.too-few-phrases answer=palm.cost spoken=en kind=short needed=3 there=2",
        ),
        (lambda w: w.still_correct("palm.no", "A"), "workflow.no-answer answer=palm.no"),
    ],
)
def test_a_step_that_is_not_allowed_names_what_is_wrong_and_changes_nothing(
    store: Engine, workflow: Workflow, do: Do, problem: str
) -> None:
    version, phrases = Repository(store).version(), Repository(store).phrases()
    with pytest.raises(WorkflowError, match=problem):
        do(workflow)
    assert (Repository(store).version(), Repository(store).phrases()) == (version, phrases)
    assert log(store) == []


def test_whatever_staff_do_the_store_can_be_exported_and_read_again(
    store: Engine, workflow: Workflow, tmp_path: Path
) -> None:
    steps: list[Do] = [
        lambda w: publish(w, "en", "New", BODY.replace("300", "320")),
        lambda w: publish(w, "bi", "Niu", BODY.replace("300", "320")),
        lambda w: w.add_phrase("palm.cost", "en", "is it free", "Ana"),
        lambda w: w.withdraw("palm.cost", "en", "vu", "Ana"),
        lambda w: w.still_correct("palm.cost", "Ana"),
        lambda w: w.withdraw("palm.cost", "bi", "default", "Ana"),
        lambda w: w.withdraw("fees.who-pays", "en", "default", "Ana"),
    ]
    for number, step in enumerate(steps):
        step(workflow)
        export_library(store, tmp_path / str(number))
        read_library(tmp_path / str(number))


def test_every_audit_sentence_has_words_with_just_its_blanks() -> None:
    words = Words(Path("locales"))
    for sentence, values in SENTENCES.items():
        blanks = {name: f"<{name}>" for name in values}
        text = words.say(sentence, "en").format(**blanks)
        assert all(blank in text for blank in blanks.values()), text
