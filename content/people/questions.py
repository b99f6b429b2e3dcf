"""Unanswered questions as staff work on them: those that wait, those set aside, and letting go of one.

Personal data was taken out before they were kept. Not here: keeping a question (`content.people`), which
of them are alike (`content.search.likeness`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, delete, func, select, update

from content.clock import today
from content.people.models import UnansweredQuestion
from content.store import reading, writing

_AT_ONCE = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class Question:
    """A question that nobody could answer, and how often it was asked."""

    id: int
    language: str
    text: str
    guesses: tuple[str, ...]
    number: int
    first_day: date
    last_day: date
    aside_on: date | None


class Questions:
    """Reads and changes of the unanswered questions of a people store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self, languages: Collection[str] | None = None) -> list[Question]:
        """Those that wait, in some languages or in all, in the order in which they were first asked."""
        return self._read(UnansweredQuestion.aside_on.is_(None), languages)

    def aside(self, languages: Collection[str] | None = None) -> list[Question]:
        """Those that were set aside, the last one first."""
        found = self._read(UnansweredQuestion.aside_on.is_not(None), languages)
        return sorted(found, key=lambda question: (question.aside_on or date.min, question.id), reverse=True)

    def question(self, id_: int) -> Question | None:
        """One question; None if it is not there any more."""
        return next(iter(self._read(UnansweredQuestion.id == id_, None)), None)

    def these(self, ids: Sequence[int]) -> list[Question]:
        """Those of some ids that are still there."""
        return self._read(UnansweredQuestion.id.in_(ids[:_AT_ONCE]), None)

    def number_waiting(self, languages: Collection[str] | None = None) -> int:
        """How many wait."""
        wanted = select(func.count()).where(UnansweredQuestion.aside_on.is_(None), *_of(languages))
        with reading(self._engine) as session:
            return session.execute(wanted).scalar_one()

    def set_aside(self, ids: Sequence[int]) -> int:
        """Take them off the list until somebody asks them again; how many there were."""
        return self._mark(ids, today())

    def take_back(self, ids: Sequence[int]) -> int:
        """Put them on the list again; how many there were."""
        return self._mark(ids, None)

    def let_go(self, ids: Sequence[int]) -> None:
        """Forget questions that have an answer now."""
        with writing(self._engine) as session:
            session.execute(delete(UnansweredQuestion).where(UnansweredQuestion.id.in_(ids[:_AT_ONCE])))

    def _mark(self, ids: Sequence[int], day: date | None) -> int:
        is_so = UnansweredQuestion.aside_on.is_(None)
        statement = (
            update(UnansweredQuestion)
            .where(UnansweredQuestion.id.in_(ids[:_AT_ONCE]), is_so if day else ~is_so)
            .values(aside_on=day)
            .returning(UnansweredQuestion.id)
        )
        with writing(self._engine) as session:
            return len(session.scalars(statement).all())

    def _read(self, which: ColumnElement[bool], languages: Collection[str] | None) -> list[Question]:
        wanted = select(*_COLUMNS).where(which, *_of(languages)).order_by(UnansweredQuestion.id)
        with reading(self._engine) as session:
            return [_question(row) for row in session.execute(wanted)]


def _question(row: Row[*tuple[Any, ...]]) -> Question:
    id_, language, text, guesses, number, first_day, last_day, aside_on = row
    return Question(id_, language, text, tuple(guesses), number, first_day, last_day, aside_on)


_COLUMNS = (
    UnansweredQuestion.id,
    UnansweredQuestion.language,
    UnansweredQuestion.text,
    UnansweredQuestion.guesses,
    UnansweredQuestion.number,
    UnansweredQuestion.first_day,
    UnansweredQuestion.last_day,
    UnansweredQuestion.aside_on,
)


def _of(languages: Collection[str] | None) -> list[ColumnElement[bool]]:
    return [] if languages is None else [UnansweredQuestion.language.in_(languages)]
