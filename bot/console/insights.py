"""Insights: what people asked and how they were answered, in numbers too large to point at anybody.

Not here: the numbers and how small ones are hidden (`content.people.insights`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from starlette.responses import Response
from starlette.routing import Route

from bot.console.asked import day_asked
from bot.console.console import Console
from bot.console.csv_file import csv_response
from bot.console.door import Visit
from bot.conversation import Channel
from content.people.insights import LONGEST, QUESTIONS, STEP, Insights, Span, Unit, yesterday
from content.words import SOURCE_LANGUAGE

LAST_DAYS = (7, 30, 90)
MOST_ANSWERS = 20
_PLACE = "/insights"
_USUAL = 30
_WHOLE = 100
_FEW = 12
_EARLIEST = date(2020, 1, 1)  # nobody was asked anything before


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its name, where it leads if anywhere, and its numbers."""

    name: str
    numbers: tuple[int, ...]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page. `name` is of its words; the first of its columns is drawn as bars."""

    name: str
    columns: tuple[str, ...]
    rows: list[Row]

    @property
    def highest(self) -> int:
        """The largest number in the first column, at least one."""
        return max([row.numbers[0] for row in self.rows] + [1])

    @property
    def shown_rows(self) -> list[Row]:
        """Its rows; of a long table those with a number alone."""
        return self.rows if len(self.rows) <= _FEW else [row for row in self.rows if any(row.numbers)]

    def share(self, row: Row) -> int:
        """How long a row's bar is, in percent of the longest."""
        return row.numbers[0] * _WHOLE // self.highest


@dataclass(frozen=True, slots=True)
class Course:
    """Questions by day, week or month, to be drawn as columns."""

    unit: Unit
    parts: Sequence[tuple[Span, int]]

    @property
    def highest(self) -> int:
        """The largest number, at least one."""
        return max(number for _, number in self.parts) or 1

    def columns(self) -> Iterator[tuple[int, int]]:
        """Where each column stands and how high it is, in percent of the highest."""
        for place, (_, number) in enumerate(self.parts):
            yield place, number * _WHOLE // self.highest


class InsightPages:
    """The pages under `/staff/insights`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._insights = Insights(console.people)

    def show(self, visit: Visit) -> Response:
        """All tables of a span of days."""
        span = _span_of(visit)
        return self._console.page(
            visit,
            "insights.html",
            status=200 if span else 422,
            here="insights",
            span=span,
            chosen=_days_of(visit),
            since=visit.query.get("since", ""),
            until=visit.query.get("until", ""),
            last_days=LAST_DAYS,
            latest=yesterday(),
            least=STEP,
            course=Course(span.unit, self._insights.course(span)) if span else None,
            tables=self._tables(span, self._console.language(visit.request)) if span else [],
            most_answers=MOST_ANSWERS,
            query={name: visit.query.get(name) for name in ("days", "since", "until")},
        )

    def export(self, visit: Visit) -> Response:
        """The same numbers as a file."""
        span, language = _span_of(visit) or Span.of_last(_USUAL), self._console.language(visit.request)
        head = [
            self._say(f"console.insights.{name}", language) for name in ("table", "row", "column", "number")
        ]
        name = f"tokstret-insights-{span.first}-{span.last}"
        return csv_response(name, head, self._lines(span, language))

    def _lines(self, span: Span, language: str) -> Iterator[tuple[str, ...]]:
        course = self._insights.course(span)
        title = self._say(f"console.insights.by-{span.unit}", language)
        column = self._say("console.insights.column.all", language)
        for part, number in course:
            yield title, str(part.first), column, self._shown(number, language)
        for table in self._tables(span, language):
            title = self._say(f"console.insights.{table.name}", language)
            for row in table.rows:
                for name, number in zip(table.columns, row.numbers, strict=True):
                    column = self._say(f"console.insights.column.{name}", language)
                    yield title, row.name, column, self._shown(number, language)

    def _shown(self, number: int, language: str) -> str:
        return str(number) if number else self._say("console.insights.under", language).format(least=STEP)

    def _tables(self, span: Span, language: str) -> list[Table]:
        return [
            self._outcomes(span, language),
            self._channels(span, language),
            self._topics(span, language),
            self._languages(span),
            self._answers(span),
        ]

    def _outcomes(self, span: Span, language: str) -> Table:
        """How questions ended, cries for help, and what people said of answers."""
        kinds, verdicts = self._insights.kinds(span), self._insights.verdicts(span)
        numbers = {kind: kinds[kind] for kind in (*QUESTIONS, "danger", "journey")}
        numbers |= {verdict: verdicts[verdict] for verdict in ("helpful", "unhelpful")}
        named = [
            (self._say(f"console.insights.kind.{kind}", language), told) for kind, told in numbers.items()
        ]
        return Table("outcomes", ("number",), [Row(name, (told,)) for name, told in named])

    def _languages(self, span: Span) -> Table:
        found, words = self._insights.languages(span), self._console.words
        rows = [
            Row(words.name(code), tuple(found[code, kind] for kind in ("", *QUESTIONS)))
            for code in words.languages()
        ]
        return Table("languages", ("all", *QUESTIONS), rows)

    def _channels(self, span: Span, language: str) -> Table:
        found = self._insights.channels(span)
        rows = [
            Row(self._say(f"console.insights.channel.{name}", language), (found[name],))
            for name in get_args(Channel)
        ]
        return Table("channels", ("number",), rows)

    def _topics(self, span: Span, language: str) -> Table:
        topic_of = {row.key: row.topic for row in self._console.editorial.answers()}
        found = self._insights.topics(span, topic_of)
        rows = [
            Row(self._topic(topic, language), (found[topic],)) for topic in sorted(set(topic_of.values()))
        ]
        rows.append(Row(self._say("console.insights.no-more", language), (found[""],)))
        return Table("topics", ("number",), sorted(rows, key=lambda row: -row.numbers[0]))

    def _answers(self, span: Span) -> Table:
        titles = {row.key: row.title for row in self._console.editorial.answers()}
        rows = [
            Row(titles.get(each.answer, each.answer), (each.told, each.helpful, each.unhelpful),
                each.answer if each.answer in titles else "")
            for each in self._insights.answers(span)[:MOST_ANSWERS]
        ]  # fmt: skip
        return Table("answers", ("told", "helpful", "unhelpful"), rows)

    def _topic(self, topic: str, language: str) -> str:
        known = self._console.words.has(f"topic.{topic}", SOURCE_LANGUAGE)
        return self._say(f"topic.{topic}", language) if known else topic

    def _say(self, message: str, language: str) -> str:
        return self._console.words.say(message, language)


def _days_of(visit: Visit) -> int | None:
    """The number of last days that was chosen; None if days of one's own were."""
    if visit.query.get("since") or visit.query.get("until"):
        return None
    asked = visit.query.get("days", "")
    return int(asked) if asked in map(str, LAST_DAYS) else _USUAL


def _span_of(visit: Visit) -> Span | None:
    """The span that an address asks for, as far as it is over; None if there is no day in it."""
    days = _days_of(visit)
    if days is not None:
        return Span.of_last(days)
    last = min(day_asked(visit, "until") or yesterday(), yesterday())
    if last < _EARLIEST:
        return None
    first = day_asked(visit, "since") or last - timedelta(days=_USUAL - 1)
    return Span(max(first, last - timedelta(days=LONGEST - 1)), last) if first <= last else None


def routes(console: Console) -> list[Route]:
    """The pages of insights."""
    pages = InsightPages(console)
    return [
        console.door.page(_PLACE, pages.show, "reviewer"),
        console.door.page(f"{_PLACE}/insights.csv", pages.export, "reviewer"),
    ]
