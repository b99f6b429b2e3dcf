"""What editors see: every answer with its drafts, its translations' states, its sources and its history.

Read in bare columns, a few selects for all. Not here: what people are told (`content.repository`),
changing anything (`content.workflow`).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Engine, Row, func, select
from sqlalchemy.orm import Session

from content.clock import today
from content.fields import SOURCE_LANGUAGE
from content.models import Answer, AuditEntry, Phrase, Publication, Revision, Source, Variant
from content.models.answers import Provenance, RevisionState
from content.schema import DEFAULT
from content.store import reading
from content.texts import PhraseKind

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


@dataclass(frozen=True, slots=True)
class FullText:
    """A revision with its text."""

    head: Head
    key: str
    variant: str
    body: str

    @property
    def title(self) -> str:
        """Its title."""
        return self.head.title


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a text was sent back from review."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a variant comes from."""

    title: str
    publisher: str
    url: str
    as_of: str
    checked_on: date
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """An example question."""

    kind: PhraseKind
    text: str
    added_by: str


class Editorial:
    """Reads of a content store for those who edit it. `languages` are all that are written in."""

    def __init__(self, engine: Engine, languages: Collection[str]) -> None:
        self._engine = engine
        self.languages = tuple(sorted(languages, key=lambda code: (code != SOURCE_LANGUAGE, code)))
        self._read: tuple[int | None, list[AnswerRow]] | None = None

    def answers(self) -> list[AnswerRow]:
        """All answers by key; read anew only after a change: every change is in the audit log."""
        with reading(self._engine) as session:
            newest = session.scalars(select(func.max(AuditEntry.id))).one()
            if self._read is None or self._read[0] != newest:
                self._read = (newest, self._rows(session))
            return list(self._read[1])

    def answer(self, key: str) -> AnswerRow | None:
        """One answer; None if there is none such."""
        with reading(self._engine) as session:
            return next(iter(self._rows(session, key)), None)

    def revision(self, id_: int) -> FullText | None:
        """One revision with its text."""
        with reading(self._engine) as session:
            row = session.execute(_FULL.where(Revision.id == id_)).one_or_none()
            return _full(row) if row else None

    def told(self, key: str, variant: str, language: str) -> FullText | None:
        """The text that people are told."""
        wanted = _FULL.join(Publication, Publication.revision_id == Revision.id).where(
            Variant.answer_key == key, Variant.name == variant, Revision.language == language
        )
        with reading(self._engine) as session:
            row = session.execute(wanted).one_or_none()
            return _full(row) if row else None

    def newest(self, key: str, variant: str, language: str) -> FullText | None:
        """What an editor goes on from: the draft if there is one, else what is told, else the last one."""
        texts = [text for text in self.history(key, variant, language) if text.head.state != "discarded"]
        open_ones = (text for text in texts if text.head.state in ("draft", "in-review"))
        return next(open_ones, None) or self.told(key, variant, language) or next(iter(texts), None)

    def history(self, key: str, variant: str, language: str) -> list[FullText]:
        """All revisions of a text, the newest first."""
        wanted = _FULL.where(
            Variant.answer_key == key, Variant.name == variant, Revision.language == language
        ).order_by(Revision.id.desc())
        with reading(self._engine) as session:
            return [_full(row) for row in session.execute(wanted)]

    def source_of(self, text: FullText) -> FullText | None:
        """The source text that a translation was made from, the last one with that meaning."""
        wanted = (
            _FULL.where(
                Variant.answer_key == text.key,
                Variant.name == text.variant,
                Revision.language == SOURCE_LANGUAGE,
                Revision.meaning == text.head.translates,
            )
            .order_by(Revision.id.desc())
            .limit(1)
        )
        with reading(self._engine) as session:
            row = session.execute(wanted).one_or_none()
            return _full(row) if row else None

    def rejection_of(self, draft: FullText) -> Rejection | None:
        """Who sent a draft back last, and why; None if nobody has since it was written."""
        wanted = (
            select(AuditEntry)
            .where(
                AuditEntry.answer == draft.key,
                AuditEntry.sentence == "audit.rejected",
                AuditEntry.at >= draft.head.created_at,
            )
            .order_by(AuditEntry.id.desc())
        )
        place = {"variant": draft.variant, "language": draft.head.language}
        with reading(self._engine) as session:
            for entry in session.scalars(wanted):
                if place.items() <= entry.values.items():
                    return Rejection(entry.by, entry.at, entry.values["why"])
        return None

    def sources(self, key: str, variant: str) -> list[SourceRow]:
        """The sources of a variant."""
        wanted = (
            select(Source)
            .join(Variant, Variant.id == Source.variant_id)
            .where(Variant.answer_key == key, Variant.name == variant)
            .order_by(Source.position)
        )
        with reading(self._engine) as session:
            return [
                SourceRow(s.title, s.publisher, s.url, s.as_of, s.checked_on, tuple(s.facts))
                for s in session.scalars(wanted)
            ]

    def phrases(self, key: str, language: str) -> list[PhraseRow]:
        """The example questions of an answer in a language, those that staff added first."""
        wanted = (
            select(Phrase.kind, Phrase.text, Phrase.added_by)
            .where(Phrase.answer_key == key, Phrase.language == language)
            .order_by(Phrase.kind != "staff", Phrase.kind, Phrase.position)
        )
        with reading(self._engine) as session:
            return [PhraseRow(kind, text, by) for kind, text, by in session.execute(wanted)]

    def _rows(self, session: Session, key: str | None = None) -> list[AnswerRow]:
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
                texts=self._texts(answer.key, variants[answer.key], heads),
                phrases=phrases[answer.key],
                sources=sources.get(answer.key, 0),
            )
            for answer in session.execute(_ANSWERS.where(*only))
        ]

    def _texts(self, key: str, variants: list[_Row], heads: "_Heads") -> dict[tuple[str, str], TextRow]:
        texts = {}
        for variant in variants:
            source = heads.told.get((variant.id, SOURCE_LANGUAGE))
            for language in self.languages:
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


_HEAD = (
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
_FULL = select(*_HEAD, Revision.body, Variant.answer_key, Variant.name.label("variant")).join(
    Variant, Variant.id == Revision.variant_id
)
_TOLD = (
    select(Revision.variant_id, *_HEAD)
    .join(Publication, Publication.revision_id == Revision.id)
    .join(Variant, Variant.id == Revision.variant_id)
    .join(Answer, Answer.key == Variant.answer_key)
)
_OPEN = (
    select(Revision.variant_id, *_HEAD)
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


def _full(row: _Row) -> FullText:
    *head, body, key, variant = tuple(row)
    return FullText(Head(*head), key, variant, body)
