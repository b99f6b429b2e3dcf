"""What the counts may tell: fives, over whole days, the same in every span."""

import itertools
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from content import clock
from content.people import People
from content.people.insights import Insights, Running, Span

TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)
WEEK = Span(TODAY - timedelta(days=7), YESTERDAY)

type Count = Callable[..., None]


@pytest.fixture
def count(people_store: Engine) -> Count:
    """Counts so many turns: `count(7, "bi", kind="answer", answer="palm.cost", days_ago=2)`."""

    def add(
        number: int,
        language: str = "en",
        *,
        kind: str = "answer",
        answer: str = "palm.cost",
        channel: str = "web",
        days_ago: int = 1,
    ) -> None:
        day = TODAY - timedelta(days=days_ago)
        told = answer if kind == "answer" else None
        People(people_store).count(day, language, channel, kind, told, number=number)

    return add


@pytest.mark.parametrize(
    ("before", "through", "shown"),
    [(0, 0, 0), (0, 4, 0), (0, 5, 5), (0, 9, 5), (4, 5, 5), (4, 9, 5), (5, 9, 0), (3, 1003, 1000)],
)
def test_a_number_is_a_multiple_of_five_and_at_most_four_off(before: int, through: int, shown: int) -> None:
    assert Running(before, through).shown == shown
    assert abs(shown - (through - before)) < 5


def test_questions_are_told_by_kind_language_and_channel(people_store: Engine, count: Count) -> None:
    count(12, "bi")
    count(7, "bi", kind="clarify", channel="telegram")
    count(3, "bi", kind="fallback")
    count(25, "en", kind="danger")
    insights = Insights(people_store)
    with clock.as_of(TODAY):
        assert {"answer": 10, "clarify": 5, "fallback": 0, "danger": 25}.items() <= insights.kinds(
            WEEK
        ).items()
        languages = insights.languages(WEEK)
        assert [languages["bi", kind] for kind in ("", "answer", "clarify", "fallback")] == [20, 10, 5, 0]
        assert languages["en", ""] == 0
        channels = insights.channels(WEEK)
        assert (channels["web"], channels["telegram"], channels["api"]) == (15, 5, 0)


def test_topics_answers_and_verdicts(people_store: Engine, count: Count) -> None:
    count(11, answer="palm.cost")
    count(6, answer="palm.wage", days_ago=3)
    count(5, answer="gone.away")
    count(4, answer="fees.who-pays")
    for verdict, number in (("helpful", 6), ("unhelpful", 4)):
        with clock.as_of(YESTERDAY):
            for _ in range(number):
                People(people_store).feedback("palm.cost", "en", verdict)
    insights = Insights(people_store)
    topics = insights.topics(WEEK, {"palm.cost": "palm", "palm.wage": "palm", "fees.who-pays": "fees"})
    assert (topics["palm"], topics["fees"], topics[""]) == (15, 0, 5)
    told = insights.answers(WEEK)
    assert [(each.answer, each.told) for each in told] == [
        ("palm.cost", 10),
        ("gone.away", 5),
        ("palm.wage", 5),
    ]
    assert (told[0].helpful, told[0].unhelpful) == (5, 0)
    assert dict(insights.verdicts(WEEK)) == {"helpful": 5, "unhelpful": 0}


def test_the_course_adds_up_to_the_span_however_it_is_cut(people_store: Engine, count: Count) -> None:
    chance = random.Random(5)
    for days_ago in range(1, 120):
        count(chance.randrange(4), days_ago=days_ago)
    insights = Insights(people_store)
    with clock.as_of(TODAY):
        for days in (7, 40, 110):
            span = Span.of_last(days)
            course = insights.course(span)
            assert (course[0][0].first, course[-1][0].last) == (span.first, span.last)
            assert sum(part.days for part, _ in course) == days
            assert sum(number for _, number in course) == insights.languages(span)["en", ""]


def test_no_difference_of_two_spans_or_totals_is_smaller_than_five(
    people_store: Engine, count: Count
) -> None:
    """Whoever takes one number from another learns no more than the numbers already say."""
    chance = random.Random(7)
    for days_ago, language in itertools.product(range(1, 15), ("en", "bi", "sm")):
        count(chance.randrange(3), language, days_ago=days_ago)
    insights, told = Insights(people_store), set()
    for length in range(1, 15):
        span = Span(TODAY - timedelta(days=length), YESTERDAY)
        told |= {*insights.languages(span).values(), *insights.channels(span).values()}
        told |= {number for _, number in insights.course(span)}
    assert max(told) > 10
    assert all(abs(one - other) >= 5 or one == other for one, other in itertools.product(told, told))


def test_the_same_day_gives_the_same_number_in_every_span(people_store: Engine, count: Count) -> None:
    chance = random.Random(3)
    for days_ago in range(1, 30):
        count(chance.randrange(4), days_ago=days_ago)
    insights, seen = Insights(people_store), dict[date, set[int]]()
    for length in range(1, 30):
        for part, number in insights.course(Span(TODAY - timedelta(days=length), YESTERDAY)):
            seen.setdefault(part.first, set()).add(number)
    assert len(seen) == 29
    assert all(len(numbers) == 1 for numbers in seen.values())


def test_a_day_that_is_not_over_is_not_told(people_store: Engine, count: Count) -> None:
    count(50, days_ago=0)
    count(10)
    with clock.as_of(TODAY):
        span = Span.of_last(7)
    assert span == WEEK
    assert Insights(people_store).kinds(span)["answer"] == 10


def test_nothing_counted_is_nought_everywhere(people_store: Engine) -> None:
    insights = Insights(people_store)
    assert [number for _, number in insights.course(WEEK)] == [0] * 7
    assert insights.answers(WEEK) == []
    assert insights.kinds(WEEK)["answer"] == insights.topics(WEEK, {})["palm"] == 0


@pytest.mark.parametrize(("days", "unit", "parts"), [(45, "day", 45), (90, "week", 13), (366, "month", 13)])
def test_a_long_span_is_told_in_weeks_or_months(days: int, unit: str, parts: int) -> None:
    with clock.as_of(TODAY):
        span = Span.of_last(days)
    assert (span.unit, len(list(span.parts()))) == (unit, parts)
