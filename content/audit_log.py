"""The audit log as staff read it: narrowed, newest first, page by page.

Not here: writing a sentence (`content.audit`), the words of it (the catalogues).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, func, select

from content.models import AuditEntry
from content.store import reading

_SIGNED_IN = "audit.signed-in"
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence of the log: who did what, and when."""

    id: int
    at: datetime
    by: str
    sentence: str
    values: Mapping[str, str]
    answer: str | None


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What the log is narrowed to: empty and None mean all. Both days belong to it (UTC)."""

    by: str = ""
    answer: str = ""
    sentence: str = ""
    since: date | None = None
    until: date | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """What a row must fulfil."""
        if self.by:
            yield AuditEntry.by == self.by
        if self.answer:
            yield AuditEntry.answer.contains(self.answer, autoescape=True)
        if self.sentence:
            yield AuditEntry.sentence == self.sentence
        if self.since:
            yield AuditEntry.at >= datetime.combine(self.since, time.min)
        if self.until:
            yield AuditEntry.at < datetime.combine(self.until, time.min) + timedelta(days=1)


class AuditLog:
    """Reads the log of a content store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def number(self, wanted: LogFilter) -> int:
        """How many sentences there are."""
        counting = select(func.count()).select_from(AuditEntry).where(*wanted.conditions())
        with reading(self._engine) as session:
            return session.scalar(counting) or 0

    def page(self, wanted: LogFilter, *, first: int, most: int) -> list[Entry]:
        """So many sentences, the newest first, beginning after the `first` ones."""
        with reading(self._engine) as session:
            return [Entry(*row) for row in session.execute(_newest(wanted).offset(first).limit(most))]

    def all(self, wanted: LogFilter) -> Iterator[Entry]:
        """All sentences, the newest first; read bit by bit, so that a long log needs little memory."""
        with reading(self._engine) as session:
            found = session.execute(_newest(wanted).execution_options(yield_per=_AT_ONCE))
            yield from (Entry(*row) for row in found)

    def names(self) -> list[str]:
        """Everybody who stands in the log."""
        return self._distinct(AuditEntry.by)

    def sentences(self) -> list[str]:
        """All sentences that stand in the log."""
        return self._distinct(AuditEntry.sentence)

    def last_signed_in(self) -> dict[str, datetime]:
        """By sign-in name: when somebody last signed in."""
        wanted = (
            select(AuditEntry.by, func.max(AuditEntry.at).label("at"))
            .where(AuditEntry.sentence == _SIGNED_IN)
            .group_by(AuditEntry.by)
        )
        with reading(self._engine) as session:
            return {row.by: row.at for row in session.execute(wanted)}

    def _distinct(self, column: Any) -> list[str]:
        with reading(self._engine) as session:
            return sorted(session.scalars(select(column).distinct()))


def _newest(wanted: LogFilter) -> Select[*tuple[Any, ...]]:
    columns = (
        AuditEntry.id,
        AuditEntry.at,
        AuditEntry.by,
        AuditEntry.sentence,
        AuditEntry.values,
        AuditEntry.answer,
    )
    return select(*columns).where(*wanted.conditions()).order_by(AuditEntry.id.desc())
