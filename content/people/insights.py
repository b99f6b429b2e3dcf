"""What the daily counts say of a span of days, with small numbers hidden.

How they are hidden: every running total since the first day is rounded down to a whole five, and a span's
number is the difference of two such totals. So each number is a multiple of five and at most four off; one
of nought says "under five". Totals are rounded by themselves, and the same day gives the same number in
every span: neither a total less its parts nor a span less a shorter one uncovers anything smaller. A day
counts once it is over, so that nobody can watch a number grow.

Not here: the counting (`content.people`), the words for rows, the drawing (`bot.console.insights`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import ColumnElement, Engine, case, func, select

from content.clock import today
from content.people.models import DailyCount, Feedback
from content.store import reading

STEP = 5
QUESTIONS = ("answer", "clarify", "fallback")
"""The kinds of turns that were questions: answered, unsure (did you mean), not known."""
LONGEST = 3 * 366  # days
_DAYS_AS_WEEKS, _DAYS_AS_MONTHS = 45, 200

type Unit = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both of them in it."""

    first: date
    last: date

    @classmethod
    def of_last(cls, days: int) -> "Span":
        """The last so many days that are over."""
        last = yesterday()
        return cls(last - timedelta(days=days - 1), last)

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1

    @property
    def unit(self) -> Unit:
        """What its course is best told by."""
        if self.days <= _DAYS_AS_WEEKS:
            return "day"
        return "week" if self.days <= _DAYS_AS_MONTHS else "month"

    def parts(self) -> Iterator["Span"]:
        """Its days, weeks or months; the first and the last of them may be cut short."""
        every = [self.first + timedelta(days=number) for number in range(self.days)]
        for _, days in groupby(every, _BEGIN_OF[self.unit]):
            part = list(days)
            yield Span(part[0], part[-1])


_BEGIN_OF: Mapping[Unit, Callable[[date], object]] = {
    "day": lambda day: day,
    "week": lambda day: day.isocalendar()[:2],
    "month": lambda day: (day.year, day.month),
}


@dataclass(frozen=True, slots=True)
class Running:
    """A running total the day before a span, and on its last day."""

    before: int = 0
    through: int = 0

    def __add__(self, other: "Running") -> "Running":
        return Running(self.before + other.before, self.through + other.through)

    @property
    def shown(self) -> int:
        """What may be told of the span: nought stands for fewer than five."""
        return STEP * (self.through // STEP - self.before // STEP)


@dataclass(frozen=True, slots=True)
class AnswerNumbers:
    """How often an answer was told, and called helpful or not."""

    answer: str
    told: int
    helpful: int
    unhelpful: int


class Insights:
    """Reads the counts of a people store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def course(self, span: Span) -> list[tuple[Span, int]]:
        """Questions in each day, week or month."""
        running = self._by_day(span)
        before, course = running[span.first - timedelta(days=1)], []
        for part in span.parts():
            through = running[part.last]
            course.append((part, Running(before, through).shown))
            before = through
        return course

    def kinds(self, span: Span) -> Mapping[str, int]:
        """Turns of each kind."""
        found = self._running((DailyCount.kind,), DailyCount.number, span)
        return _told({kind: running for (kind,), running in found.items()})

    def channels(self, span: Span) -> Mapping[str, int]:
        """Questions that came by each channel."""
        found = self._running((DailyCount.channel,), DailyCount.number, span, _is_question())
        return _told({channel: running for (channel,), running in found.items()})

    def languages(self, span: Span) -> Mapping[tuple[str, str], int]:
        """Questions by language and kind; the kind "" is all of them together."""
        found = self._running((DailyCount.language, DailyCount.kind), DailyCount.number, span, _is_question())
        all_kinds: dict[tuple[str, str], Running] = defaultdict(Running)
        for (language, _), running in found.items():
            all_kinds[language, ""] += running
        return _told({**{(row[0], row[1]): running for row, running in found.items()}, **all_kinds})

    def topics(self, span: Span, topic_of: Mapping[str, str]) -> Mapping[str, int]:
        """Answers told by their topic; those that are no more are under ""."""
        topics: dict[str, Running] = defaultdict(Running)
        for answer, running in self._answers(span).items():
            topics[topic_of.get(answer, "")] += running
        return _told(topics)

    def answers(self, span: Span) -> list[AnswerNumbers]:
        """The answers told at least five times, most often first."""
        verdicts = _told(self._running((Feedback.answer, Feedback.verdict), Feedback.number, span))
        told = sorted(_told(self._answers(span)).items(), key=lambda each: (-each[1], each[0]))
        return [
            AnswerNumbers(answer, number, verdicts[answer, "helpful"], verdicts[answer, "unhelpful"])
            for answer, number in told
            if number
        ]

    def verdicts(self, span: Span) -> Mapping[str, int]:
        """How often people said `helpful` and `unhelpful`, of all answers."""
        found = self._running((Feedback.verdict,), Feedback.number, span)
        return _told({verdict: running for (verdict,), running in found.items()})

    def _answers(self, span: Span) -> dict[str, Running]:
        was_told = (DailyCount.kind == "answer", DailyCount.answer != "")
        found = self._running((DailyCount.answer,), DailyCount.number, span, *was_told)
        return {answer: running for (answer,), running in found.items()}

    def _running(
        self, by: tuple[Any, ...], number: Any, span: Span, *which: ColumnElement[bool]
    ) -> dict[Any, Running]:
        """Running totals by the values of some columns of one table."""
        day = by[0].class_.day
        before = func.sum(case((day < span.first, number), else_=0))
        wanted = select(*by, before, func.sum(number)).where(day <= span.last, *which).group_by(*by)
        with reading(self._engine) as session:
            return {tuple(row[:-2]): Running(*row[-2:]) for row in session.execute(wanted)}

    def _by_day(self, span: Span) -> Mapping[date, int]:
        """The running total of questions on each day, from the one before the span."""
        wanted = (
            select(DailyCount.day, func.sum(DailyCount.number).label("number"))
            .where(DailyCount.day <= span.last, _is_question())
            .group_by(DailyCount.day)
        )
        with reading(self._engine) as session:
            asked = {row.day: row.number for row in session.execute(wanted)}
        eve = span.first - timedelta(days=1)
        running = {eve: sum(number for day, number in asked.items() if day <= eve)}
        for number in range(span.days):
            day = span.first + timedelta(days=number)
            running[day] = running[day - timedelta(days=1)] + asked.get(day, 0)
        return running


def yesterday() -> date:
    """The last day that is over."""
    return today() - timedelta(days=1)


def _is_question() -> ColumnElement[bool]:
    return DailyCount.kind.in_(QUESTIONS)


def _told[Key](running: Mapping[Key, Running]) -> Mapping[Key, int]:
    """What may be told; nought for what was never counted."""
    return defaultdict(int, {key: each.shown for key, each in running.items()})
