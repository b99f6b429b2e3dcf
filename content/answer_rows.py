"""Every answer in a row: its texts in all languages, how far each is, what is due.

Read in bare columns, a few selects for all. Not here: the texts themselves (`content.editorial`).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from content.clock import today
from content.fields import SOURCE_LANGUAGE
from content.models import Answer, Phrase, Publication, Revision, Source, Variant
from content.models.answers import Provenance, RevisionState
from content.schema import DEFAULT

TextState = Literal["source", "reviewed", "machine-drafted", "outdated", "missing", "unpublished"]
"""How far a text is: `missing` has no revision that is told, though its source has; `unpublished` neither."""

SOON_DAYS = 14

type _Row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Head:
    """A revision without its text."""

    id: int
    language: str
    title: str
    author: str
    created_at: datetime
    meaning: str
    translates: str | None
    provenance: Provenance
    state: RevisionState
    reviewed_by: str | None


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text of an answer: what is told, what is being written, and how far a translation is."""

    key: str
    variant: str
    language: str
    state: TextState
    told: Head | None
    open: Head | None

    @property
    def title(self) -> str:
        """The title told, else that of the draft."""
        head = self.told or self.open
        return head.title if head else ""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer with all its texts, by variant and language."""

    key: str
    topic: str
    audience: str
    owner: str
    review_every_days: int
    review_date: date | None
    concerns: tuple[Mapping[str, str], ...]
    variants: tuple[str, ...]
    texts: Mapping[tuple[str, str], TextRow]
    phrases: Mapping[str, int] = field(default_factory=dict)
    sources: int = 0

    @property
    def title(self) -> str:
        """The English title, of a draft if nothing is told yet."""
        return self.texts[DEFAULT, SOURCE_LANGUAGE].title or self.key

    @property
    def is_due(self) -> bool:
        """Past its review date."""
        return self.review_date is not None and self.review_date <= today()

    @property
    def is_due_soon(self) -> bool:
        """Near its review date."""
        return self.review_date is not None and 0 < (self.review_date - today()).days <= SOON_DAYS

    def states(self, language: str) -> set[TextState]:
        """The states of all its texts of a language."""
        return {text.state for (_, spoken), text in self.texts.items() if spoken == language}


def answer_rows(session: Session, languages: Collection[str], key: str | None = None) -> list[AnswerRow]:
    """Every answer, or the one asked for, with its texts in these languages."""
    only = [] if key is None else [Answer.key == key]
    variants, heads = defaultdict(list), _heads(session, key)
    for variant in session.execute(_VARIANTS.where(*only)):
        variants[variant.answer_key].append(variant)
    phrases: dict[str, dict[str, int]] = defaultdict(dict)
    for owner, language, number in session.execute(_PHRASES.where(*only)):
        phrases[owner][language] = number
    sources = {row[0]: row[1] for row in session.execute(_SOURCES.where(*only))}
    return [
        AnswerRow(
            key=answer.key,
            topic=answer.topic,
            audience=answer.audience,
            owner=answer.owner,
            review_every_days=answer.review_every_days,
            review_date=answer.review_date,
            concerns=tuple(answer.concerns),
            variants=tuple(variant.name for variant in variants[answer.key]),
            texts=_texts(answer.key, variants[answer.key], heads, languages),
            phrases=phrases[answer.key],
            sources=sources.get(answer.key, 0),
        )
        for answer in session.execute(_ANSWERS.where(*only))
    ]


def _texts(
    key: str, variants: list[_Row], heads: "_Heads", languages: Collection[str]
) -> dict[tuple[str, str], TextRow]:
    texts = {}
    for variant in variants:
        source = heads.told.get((variant.id, SOURCE_LANGUAGE))
        for language in languages:
            told = heads.told.get((variant.id, language))
            texts[variant.name, language] = TextRow(
                key,
                variant.name,
                language,
                _state(language, told, source),
                told,
                heads.open.get((variant.id, language)),
            )
    return texts


@dataclass(slots=True)
class _Heads:
    """By variant and language: what is told, and the newest draft."""

    told: dict[tuple[int, str], Head] = field(default_factory=dict)
    open: dict[tuple[int, str], Head] = field(default_factory=dict)


HEAD = (
    Revision.id,
    Revision.language,
    Revision.title,
    Revision.author,
    Revision.created_at,
    Revision.meaning,
    Revision.translates,
    Revision.provenance,
    Revision.state,
    Revision.reviewed_by,
)
_TOLD = (
    select(Revision.variant_id, *HEAD)
    .join(Publication, Publication.revision_id == Revision.id)
    .join(Variant, Variant.id == Revision.variant_id)
    .join(Answer, Answer.key == Variant.answer_key)
)
_OPEN = (
    select(Revision.variant_id, *HEAD)
    .join(Variant, Variant.id == Revision.variant_id)
    .join(Answer, Answer.key == Variant.answer_key)
    .where(Revision.state.in_(("draft", "in-review")))
    .order_by(Revision.id)
)
_ANSWERS = select(
    Answer.key,
    Answer.topic,
    Answer.audience,
    Answer.owner,
    Answer.review_every_days,
    Answer.review_date,
    Answer.concerns,
).order_by(Answer.key)
_VARIANTS = (
    select(Variant.id, Variant.answer_key, Variant.name)
    .join(Answer, Answer.key == Variant.answer_key)
    .where(Variant.retired.is_(False))
    .order_by(Variant.answer_key, Variant.position)
)
_PHRASES = (
    select(Phrase.answer_key, Phrase.language, func.count())
    .join(Answer, Answer.key == Phrase.answer_key)
    .group_by(Phrase.answer_key, Phrase.language)
)
_SOURCES = (
    select(Variant.answer_key, func.count())
    .join(Source, Source.variant_id == Variant.id)
    .join(Answer, Answer.key == Variant.answer_key)
    .group_by(Variant.answer_key)
)


def _heads(session: Session, key: str | None) -> _Heads:
    only = [] if key is None else [Answer.key == key]
    found = _Heads()
    for place, *head in session.execute(_TOLD.where(*only)):
        found.told[place, head[1]] = Head(*head)
    for place, *head in session.execute(_OPEN.where(*only)):
        found.open[place, head[1]] = Head(*head)
    return found


def _state(language: str, told: Head | None, source: Head | None) -> TextState:
    if language == SOURCE_LANGUAGE:
        return "source" if told else "unpublished"
    if told is None or source is None:
        return "missing" if source else "unpublished"
    if told.translates != source.meaning:
        return "outdated"
    return "reviewed" if told.provenance == "human" or told.reviewed_by else "machine-drafted"
