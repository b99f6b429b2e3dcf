"""A day as people type it: "15 March 2027", "15/3", "in 6 weeks", "next month".

What may be two days ("3/4/2027") is told as both, never guessed. Not here: the words (files in `data/days/`),
numbers and units of time (`content.journeys.amount_words`).
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from content.journeys.amount_parts import parts_of
from content.journeys.amount_words import AmountWords
from content.schema import Part
from content.search.normalise import normalise
from content.yaml_text import load

_DATA = Path(__file__).parent / "data" / "days"
_FIGURES = re.compile(r"\b(\d{1,4})[-/.](\d{1,2})(?:[-/.](\d{2,4}))?\b")
_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th)?")
_CENTURY = 2000
_LONGEST_YEAR = 4  # digits
_SHORT_NAME = 3
_MONTHS = 12
_WEEK = 7
_FARTHEST = 3 * 366  # days


class SpokenDays(Part):
    """`data/days/<lang>.yml`: names of the months, from January; today, tomorrow, next."""

    months: list[list[str]]
    today: list[str]
    tomorrow: list[str]
    next: list[str]


def days_of(text: str, words: AmountWords, on: date) -> tuple[date, ...]:
    """The days that a text may mean, said on a day: one, two if it is not clear which, or none.

    A day without its year is the next one; a month without its day is its first.
    """
    found = _in_figures(text, on) or _named(text, on) or _from_now(text, words, on)
    return tuple(dict.fromkeys(day for day in found if abs((day - on).days) <= _FARTHEST))


def _in_figures(text: str, on: date) -> tuple[date, ...]:
    match = _FIGURES.search(text)
    if match is None:
        return ()
    first, second, third = match[1], int(match[2]), match[3]
    if len(first) == _LONGEST_YEAR:
        return tuple(_day(int(first), second, int(third))) if third else ()
    year = _year(third) if third else None
    pairs = dict.fromkeys(((int(first), second), (second, int(first))))
    return tuple(each for day, month in pairs for each in _day_of(day, month, year, on))


def _named(text: str, on: date) -> tuple[date, ...]:
    """With the name of a month in any language."""
    words = normalise(text).split()
    numbers = [int(match[1]) for word in words if (match := _NUMBER.fullmatch(word))]
    # "Me" is May in some languages: a short name is one beside a number only.
    names = [word for word in words if word in _months() and (numbers or len(word) > _SHORT_NAME)]
    if not names:
        return ()
    month = _months()[names[0]]
    year = next((number for number in numbers if number >= _CENTURY), None)
    day = next((number for number in numbers if number < _CENTURY), 1)
    return tuple(_day_of(day, month, year, on))


def _from_now(text: str, words: AmountWords, on: date) -> tuple[date, ...]:
    """In so many days, weeks or months; today, tomorrow; the next week or month."""
    said = set(normalise(text).split())
    if not said.isdisjoint(_said("tomorrow")):
        return (on + timedelta(days=1),)
    parts = parts_of(text, words)
    number = next((each.readings[0] for each in parts.numbers), None)
    is_next = not said.isdisjoint(_said("next"))
    if parts.months or (is_next and not said.isdisjoint(words.month)):
        return (_months_later(on, int(parts.months[0]) if parts.months else 1),)
    count = int(number) if number is not None else 1
    for unit, days in ((words.week, _WEEK), (words.day, 1)):
        if not said.isdisjoint(unit) and (number is not None or is_next):
            return (on + timedelta(days=days * count),)
    if parts.has_year and (number is not None or is_next):
        return (_months_later(on, _MONTHS * count),)
    return (on,) if not said.isdisjoint(_said("today")) else ()


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _year(text: str) -> int:
    number = int(text)
    return number if number >= _CENTURY else _CENTURY + number % 100


def _day_of(day: int, month: int, year: int | None, on: date) -> Iterator[date]:
    if year is not None:
        yield from _day(year, month, day)
    else:
        yield from [each for y in (on.year, on.year + 1) for each in _day(y, month, day) if each >= on][:1]


def _day(year: int, month: int, day: int) -> Iterator[date]:
    """The day, if there is one."""
    try:
        yield date(year, month, day)
    except ValueError:
        return


@cache
def _files() -> tuple[SpokenDays, ...]:
    paths = sorted(_DATA.glob("*.yml"))
    return tuple(SpokenDays.model_validate(load(path.read_text(encoding="utf-8"))) for path in paths)


@cache
def _months() -> Mapping[str, int]:
    return {
        normalise(name): number
        for file in _files()
        for number, names in enumerate(file.months, start=1)
        for name in names
    }


@cache
def _said(what: str) -> frozenset[str]:
    return frozenset(normalise(word) for file in _files() for word in getattr(file, what))
