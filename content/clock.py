"""What day and time it is: the only place that asks, so that staff can preview a date."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_previewed: ContextVar[date | None] = ContextVar("previewed", default=None)


def today() -> date:
    """The day to answer for: the previewed one, else the calendar's (UTC)."""
    return _previewed.get() or now().date()


def now() -> datetime:
    """The moment, in UTC, as SQLite and PostgreSQL both keep it: without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


@contextmanager
def as_of(day: date) -> Iterator[None]:
    """Answer as if today were `day`, within this context only."""
    token = _previewed.set(day)
    try:
        yield
    finally:
        _previewed.reset(token)
