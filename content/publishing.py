"""The steps of editing that workflow and importer share: moving the pointer, raising the version.

Each runs inside the caller's transaction. Not here: who may do what, and when (`content.workflow`).
"""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from content.audit import record
from content.clock import now
from content.fields import SOURCE_LANGUAGE
from content.models import Answer, Publication, Revision, StoreState, Variant
from content.schema import DEFAULT
from content.translations import figure_problems


def take_turn(session: Session) -> None:
    """Wait until no other editor is at work; SQLite did so when the transaction began."""
    session.execute(select(StoreState.id).with_for_update())


def raise_version(session: Session) -> None:
    """Tell readers that something they can see has changed."""
    session.execute(update(StoreState).values(version=StoreState.version + 1))


def find_variant(session: Session, key: str, name: str) -> Variant | None:
    """A variant that is in use."""
    answer = session.get(Answer, key)
    variants = answer.variants if answer else []
    return next((variant for variant in variants if variant.name == name and not variant.retired), None)


def published(variant: Variant, language: str) -> Revision | None:
    """The revision people are told."""
    return next((told.revision for told in variant.publications if told.language == language), None)


def point_to(revision: Revision, *, by: str) -> None:
    """Publish a revision: the pointer of its variant and language moves to it."""
    revision.state = "published"
    told = next((told for told in revision.variant.publications if told.language == revision.language), None)
    if told is None:
        told = Publication(language=revision.language)
        revision.variant.publications.append(told)
    told.revision = revision
    told.published_at = now()
    told.published_by = by


def withdraw(session: Session, variant: Variant, language: str) -> bool:
    """Take the pointer away; False if nothing was published."""
    told = next((told for told in variant.publications if told.language == language), None)
    if told is None:
        return False
    told.revision.state = "withdrawn"
    variant.publications.remove(told)
    session.flush()
    return True


def withdraw_with_dependants(session: Session, variant: Variant, language: str) -> list[tuple[str, str]]:
    """Withdraw a text and all that may not be told without it; the variants and languages withdrawn."""
    variants = variant.answer.variants if variant.name == DEFAULT else [variant]
    resting = [
        (each, told.language)
        for each in variants
        for told in each.publications
        if language in (SOURCE_LANGUAGE, told.language)
    ]
    return [(each.name, spoken) for each, spoken in resting if withdraw(session, each, spoken)]


def withdraw_contradicting(session: Session, source: Revision, *, by: str) -> list[tuple[str, str]]:
    """After a source text is published: withdraw its translations that have other figures."""
    if source.language != SOURCE_LANGUAGE:
        return []
    contradicting = [
        told.language
        for told in source.variant.publications
        if any(figure_problems(_words(source), _words(told.revision)))
    ]
    withdrawn = []
    for language in contradicting:
        for name, spoken in withdraw_with_dependants(session, source.variant, language):
            key = source.variant.answer_key
            record(session, "audit.withdrawn-figures", by=by, answer=key, variant=name, language=spoken)
            withdrawn.append((name, spoken))
    return withdrawn


def _words(revision: Revision) -> str:
    return f"{revision.title}\n{revision.body}"


def rests_on(name: str, language: str) -> list[tuple[str, str]]:
    """The texts (variant, language) without which this one may not be told.

    A translation rests on its source, a further variant on the default one.
    """
    under = [(name, SOURCE_LANGUAGE)] if language != SOURCE_LANGUAGE else []
    return under + ([(DEFAULT, language)] if name != DEFAULT else [])
