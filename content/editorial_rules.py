"""What must hold when something is edited: each rule raises WorkflowError with a sentence that names it.

Not here: the steps themselves (`content.workflow`).
"""

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.fields import SOURCE_LANGUAGE
from content.models import Answer, Phrase, Revision, Variant
from content.publishing import find_variant, published, rests_on
from content.schema import DEFAULT, PHRASES_NEEDED, PhraseEntry, VariantText, fingerprint_of
from content.schema_errors import sentences
from content.translations import figure_problems


class WorkflowError(Exception):
    """A step that is not allowed; the message names what is wrong."""


class EditConflict(WorkflowError):
    """Somebody else has written a newer revision; `newest` is its id."""

    def __init__(self, message: str, newest: int) -> None:
        super().__init__(message)
        self.newest = newest


def checked_text(title: str, body: str) -> VariantText:
    """Title and body as they may be published."""
    try:
        return VariantText(title=title.strip(), body=body.replace("\r\n", "\n"))
    except ValidationError as error:
        raise WorkflowError("; ".join(f"{key}: {text}" for key, text in sentences(error))) from None


def checked_phrase(text: str) -> str:
    """A phrase on one line."""
    try:
        return PhraseEntry(phrase=" ".join(text.split())).phrase
    except ValidationError as error:
        raise WorkflowError("; ".join(f"{key}: {text}" for key, text in sentences(error))) from None


def find_answer(session: Session, key: str) -> Answer:
    """An answer by its key."""
    answer = session.get(Answer, key)
    if answer is None:
        raise WorkflowError(f"there is no answer {key!r}")
    return answer


def find_used_variant(session: Session, key: str, name: str) -> Variant:
    """A variant that is in use."""
    find_answer(session, key)
    variant = find_variant(session, key, name)
    if variant is None:
        raise WorkflowError(f"{key} has no variant {name!r}")
    return variant


def find_revision(session: Session, revision_id: int, *states: str) -> Revision:
    """A revision in one of the states given."""
    revision = session.get(Revision, revision_id)
    if revision is None:
        raise WorkflowError(f"there is no revision {revision_id}")
    if revision.state not in states:
        wanted = " or ".join(states)
        raise WorkflowError(f"revision {revision_id} is {revision.state}; for this it must be {wanted}")
    return revision


def check_publishable(session: Session, revision: Revision) -> None:
    """A text may be told only with sources, a review date, phrases, and what it rests on."""
    variant, language = revision.variant, revision.language
    if variant.retired:
        raise WorkflowError(f"{name_of(variant, language)}: the variant is no longer in use")
    if not variant.sources:
        raise WorkflowError(f"{name_of(variant, language)} has no source")
    if variant.answer.review_date is None:
        raise WorkflowError(f"{name_of(variant, language)} has no review date")
    for name, under in rests_on(variant.name, language):
        below = find_used_variant(session, variant.answer_key, name)
        if published(below, under) is None:
            raise WorkflowError(f"{name_of(below, under)} must be published first")
    if variant.name == DEFAULT:
        check_phrases(variant.answer, language)
    source = published(variant, SOURCE_LANGUAGE)
    if language != SOURCE_LANGUAGE and source is not None:
        wrong = list(figure_problems(_words(source), _words(revision)))
        if wrong:
            raise WorkflowError(f"{name_of(variant, language)}: {'; '.join(wrong)}")


def check_still_the_edited_text(revision: Revision) -> None:
    """A minor edit is one of the text that is told; else it would vouch for the wrong translations."""
    told = published(revision.variant, SOURCE_LANGUAGE)
    minor = revision.meaning != fingerprint_of(revision.title, revision.body)
    if revision.language == SOURCE_LANGUAGE and minor and (told is None or told.meaning != revision.meaning):
        name = name_of(revision.variant, revision.language)
        raise WorkflowError(f"{name} was changed since this minor edit was drafted: draft it again")


def check_still_newest(session: Session, variant: Variant, language: str, based_on: int) -> None:
    """Whoever writes must have had before them what `Editorial.newest` gives."""
    wanted = select(Revision).where(
        Revision.variant_id == variant.id, Revision.language == language, Revision.state != "discarded"
    )
    revisions = session.scalars(wanted.order_by(Revision.id.desc())).all()
    open_ones = (revision for revision in revisions if revision.state in ("draft", "in-review"))
    newest = next(open_ones, None) or published(variant, language) or next(iter(revisions), None)
    if newest is not None and newest.id != based_on:
        raise EditConflict(
            f"{name_of(variant, language)} was changed by {newest.author} meanwhile", newest.id
        )


def check_minor(told: Revision, text: VariantText) -> None:
    """A minor edit leaves every figure as it is."""
    if wrong := list(figure_problems(_words(told), _words(text))):
        raise WorkflowError(f"{name_of(told.variant, told.language)} is no minor edit: {'; '.join(wrong)}")


def check_phrases(answer: Answer, language: str) -> None:
    """There must be enough phrases of each kind."""
    for kind, needed in PHRASES_NEEDED.items():
        there = sum((phrase.language, phrase.kind) == (language, kind) for phrase in answer.phrases)
        if there < needed:
            raise WorkflowError(
                f"{answer.key} ({language}): of {kind} phrases {needed} are needed, there are {there}"
            )


def owner_of(session: Session, language: str, phrase: str) -> str | None:
    """The answer that a phrase leads to already."""
    told = session.execute(select(Phrase.answer_key, Phrase.text).where(Phrase.language == language))
    return next((key for key, text in told if text.casefold() == phrase.casefold()), None)


def _words(text: Revision | VariantText) -> str:
    return f"{text.title}\n{text.body}"


def name_of(variant: Variant, language: str) -> str:
    """How a text is named in errors."""
    return f"{variant.answer_key} ({variant.name}, {language})"
