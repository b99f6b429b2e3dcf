"""What must hold when something is edited: each rule raises WorkflowError with the id of its sentence.

Not here: the steps themselves (`content.workflow`).
"""

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.faults import placed
from content.fields import SOURCE_LANGUAGE
from content.figures import differing_figures
from content.models import Answer, Phrase, Revision, Variant
from content.publishing import find_variant, published, rests_on
from content.schema import DEFAULT, PHRASES_NEEDED, PhraseEntry, VariantText, fingerprint_of
from content.schema_errors import faults_of
from content.words import Saying

STATES = {
    "draft": Saying("console.state.draft"),
    "in-review": Saying("console.state.in-review"),
    "published": Saying("console.state.published"),
    "withdrawn": Saying("console.state.withdrawn"),
    "discarded": Saying("console.state.discarded"),
}
"""What the states of a revision are called."""


class WorkflowError(Exception):
    """A step that is not allowed: the id of the sentence in the catalogue, and what fills its blanks."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence, values)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        """For logs."""
        told = (f"{name}={_in_a_log(value)}" for name, value in self.values.items())
        return " ".join([self.sentence, *told])


class EditConflict(WorkflowError):
    """Somebody else has written a newer revision; `newest` is its id."""

    def __init__(self, sentence: str, newest: int, **values: object) -> None:
        super().__init__(sentence, **values)
        self.newest = newest


def checked_text(title: str, body: str) -> VariantText:
    """Title and body as they may be published."""
    try:
        return VariantText(title=title.strip(), body=body.replace("\r\n", "\n"))
    except ValidationError as error:
        raise _not_as_allowed(error) from None


def checked_phrase(text: str) -> str:
    """A phrase on one line."""
    try:
        return PhraseEntry(phrase=" ".join(text.split())).phrase
    except ValidationError as error:
        raise _not_as_allowed(error) from None


def find_answer(session: Session, key: str) -> Answer:
    """An answer by its key."""
    answer = session.get(Answer, key)
    if answer is None:
        raise WorkflowError("workflow.no-answer", answer=key)
    return answer


def find_used_variant(session: Session, key: str, name: str) -> Variant:
    """A variant that is in use."""
    find_answer(session, key)
    variant = find_variant(session, key, name)
    if variant is None:
        raise WorkflowError("workflow.no-variant", answer=key, variant=name)
    return variant


def find_revision(session: Session, revision_id: int, *states: str) -> Revision:
    """A revision in one of the states given."""
    revision = session.get(Revision, revision_id)
    if revision is None:
        raise WorkflowError("workflow.no-revision", revision=revision_id)
    if revision.state not in states:
        raise WorkflowError(
            "workflow.moved-on",
            revision=revision_id,
            state=STATES[revision.state],
            wanted=tuple(STATES[state] for state in states),
        )
    return revision


def check_publishable(session: Session, revision: Revision) -> None:
    """A text may be told only with sources, a review date, phrases, and what it rests on."""
    variant, language = revision.variant, revision.language
    name = name_of(variant, language)
    if variant.retired:
        raise WorkflowError("workflow.retired", text=name)
    if not variant.sources:
        raise WorkflowError("workflow.no-source", text=name)
    if variant.answer.review_date is None:
        raise WorkflowError("workflow.no-review-date", text=name)
    for needed, under in rests_on(variant.name, language):
        below = find_used_variant(session, variant.answer_key, needed)
        if published(below, under) is None:
            raise WorkflowError("workflow.publish-first", text=name_of(below, under))
    if variant.name == DEFAULT:
        check_phrases(variant.answer, language)
    source = published(variant, SOURCE_LANGUAGE)
    if language == SOURCE_LANGUAGE or source is None:
        return
    if other := other_figures(_words(source), _words(revision)):
        raise WorkflowError("workflow.other-figures", text=name, **other)


def check_still_the_edited_text(revision: Revision) -> None:
    """A minor edit is one of the text that is told; else it would vouch for the wrong translations."""
    told = published(revision.variant, SOURCE_LANGUAGE)
    minor = revision.meaning != fingerprint_of(revision.title, revision.body)
    if revision.language == SOURCE_LANGUAGE and minor and (told is None or told.meaning != revision.meaning):
        name = name_of(revision.variant, revision.language)
        raise WorkflowError("workflow.minor-too-old", text=name)


def check_still_newest(session: Session, variant: Variant, language: str, based_on: int) -> None:
    """Whoever writes must have had before them what `Editorial.newest` gives."""
    wanted = select(Revision).where(
        Revision.variant_id == variant.id, Revision.language == language, Revision.state != "discarded"
    )
    revisions = session.scalars(wanted.order_by(Revision.id.desc())).all()
    open_ones = (revision for revision in revisions if revision.state in ("draft", "in-review"))
    newest = next(open_ones, None) or published(variant, language) or next(iter(revisions), None)
    if newest is not None and newest.id != based_on:
        name = name_of(variant, language)
        raise EditConflict("workflow.changed-meanwhile", newest.id, text=name, author=newest.author)


def check_minor(told: Revision, text: VariantText) -> None:
    """A minor edit leaves every figure as it is."""
    if other := other_figures(_words(told), _words(text)):
        name = name_of(told.variant, told.language)
        raise WorkflowError("workflow.no-minor-edit", text=name, **other)


def other_figures(source: str, text: str) -> dict[str, str]:
    """The figures that a text lacks (`missing`) and has besides (`added`); empty if they are the same."""
    missing, added = differing_figures(source, text)
    return {"missing": _listed(missing), "added": _listed(added)} if missing or added else {}


def check_phrases(answer: Answer, language: str) -> None:
    """There must be enough phrases of each kind."""
    for kind, needed in PHRASES_NEEDED.items():
        there = sum((phrase.language, phrase.kind) == (language, kind) for phrase in answer.phrases)
        if there < needed:
            raise WorkflowError(
                "workflow.too-few-phrases",
                answer=answer.key,
                spoken=language,
                kind=kind,
                needed=needed,
                there=there,
            )


def owner_of(session: Session, language: str, phrase: str) -> str | None:
    """The answer that a phrase leads to already."""
    told = session.execute(select(Phrase.answer_key, Phrase.text).where(Phrase.language == language))
    return next((key for key, text in told if text.casefold() == phrase.casefold()), None)


def _not_as_allowed(error: ValidationError) -> WorkflowError:
    return WorkflowError("workflow.not-as-allowed", wrong=placed(faults_of(error)))


def _in_a_log(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _listed(figures: list[str]) -> str:
    return ", ".join(figures) or "–"


def _words(text: Revision | VariantText) -> str:
    return f"{text.title}\n{text.body}"


def name_of(variant: Variant, language: str) -> str:
    """How a text is named in errors."""
    return f"{variant.answer_key} ({variant.name}, {language})"
