"""What editors see: every answer with its drafts, its translations' states, its sources and its history.

Not here: how the rows of answers are read (`content.answer_rows`), what people are told
(`content.repository`), changing anything (`content.workflow`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, Row, func, select

from content.answer_rows import HEAD, AnswerRow, Head, answer_rows
from content.fields import SOURCE_LANGUAGE
from content.models import AuditEntry, Phrase, Publication, Revision, Source, Variant
from content.store import reading
from content.texts import PhraseKind

type _Row = Row[*tuple[Any, ...]]


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
                self._read = (newest, answer_rows(session, self.languages))
            return list(self._read[1])

    def answer(self, key: str) -> AnswerRow | None:
        """One answer; None if there is none such."""
        with reading(self._engine) as session:
            return next(iter(answer_rows(session, self.languages, key)), None)

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


_FULL = select(*HEAD, Revision.body, Variant.answer_key, Variant.name.label("variant")).join(
    Variant, Variant.id == Revision.variant_id
)


def _full(row: _Row) -> FullText:
    *head, body, key, variant = tuple(row)
    return FullText(Head(*head), key, variant, body)
