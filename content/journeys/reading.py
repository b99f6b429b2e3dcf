"""What somebody typed, read as the answer to a journey's question.

What may mean several things is a doubt with choices, never a guess. Not here: buttons (their value is the
answer), controls such as "back", and questions of another kind (`actions.journey`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from babel.numbers import get_territory_currencies

from content.journeys.amount_codes import NO_CURRENCY, code_of, has_nothing, with_currency
from content.journeys.amount_parts import parts_of
from content.journeys.amount_words import AmountWords
from content.journeys.amounts import Money, Unclear, understood
from content.journeys.days import days_of
from content.journeys.naming import named, said_besides
from content.journeys.places import place_of, way_to
from content.journeys.spoken import Ways, small_words, ways_to_say
from content.journeys.steps import Question, Told, Wanted, known, number_of
from content.search.normalise import normalise

LONGEST_NAME = 80

_YES_OR_NO = "answer"
_NOTHING = "nothing"
_MOST_MONTHS = 120
_MONTHS_A_YEAR = 12
_MOST_PERCENT = 1000
_ALSO_ASKED_IN = "USD"


@dataclass(frozen=True, slots=True)
class Values:
    """Steps and their values, as told; `besides` is how many words say something else."""

    steps: Mapping[str, str]
    besides: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why it cannot be told what is meant, and which values of the step it may be."""

    why: Literal["which-number", "which-one"]
    choices: tuple[str, ...]


type Read = Values | Doubt | None
"""None: the text answers something else, or nothing."""


@dataclass(frozen=True, slots=True)
class Names:
    """How things are named in the language of a person and in English: gazetteers, and words of amounts."""

    language: str
    countries: Ways
    schemes: Ways
    sectors: Ways
    leads_to: Mapping[str, str]
    amounts: AmountWords


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that was typed to a question on a day, and what helps to read it."""

    question: Question
    text: str
    told: Told
    names: Names
    on: date


def read(typed: Typed) -> Read:
    """What a text says of a question."""
    return _READERS[typed.question.wanted](typed)


def countries_of(told: Told, names: Names) -> tuple[str, ...]:
    """The person's countries, origin first: what their currencies are guessed by."""
    way = way_to(known(told, "place"))
    there = way.destination or names.leads_to.get(way.scheme or "")
    return tuple(each for each in (known(told, "origin"), there) if each)


def currencies_to_offer(told: Told, names: Names) -> tuple[str, ...]:
    """What money is likeliest: that of the person's countries, and the dollar that agents like."""
    own = (code for country in countries_of(told, names) for code in get_territory_currencies(country))
    return tuple(dict.fromkeys((*own, _ALSO_ASKED_IN)))


def _choice(typed: Typed) -> Read:
    names, question = typed.names, typed.question
    said = ways_to_say(question.said_as or question.about, names.language) or ways_to_say(
        _YES_OR_NO, names.language
    )
    spoken = (names.sectors, names.schemes, said)
    ways = {
        value: tuple(way for each in spoken for way in each.get(value, ()))
        for value in (*question.choices, *question.also)
    }
    found = named(typed.text, ways)
    if question.several and found:
        first = number_of(question.step)
        steps = {f"{question.about}-{first + n}": value for n, value in enumerate(found)}
        return Values(steps, _besides(typed, ways))
    return _one(typed, found, ways)


def _one(typed: Typed, found: Sequence[str], ways: Ways) -> Read:
    if len(found) > 1:
        return Doubt("which-one", tuple(found))
    return Values({typed.question.step: found[0]}, _besides(typed, ways)) if found else None


def _besides(typed: Typed, ways: Ways) -> int:
    return said_besides(typed.text, ways, small_words(typed.names.language))


def _country(typed: Typed) -> Read:
    return _one(typed, named(typed.text, typed.names.countries), typed.names.countries)


def _name(typed: Typed) -> Read:
    name = " ".join(typed.text.split())[:LONGEST_NAME]
    return Values({typed.question.step: name}) if name else None


def _place(typed: Typed) -> Read:
    """A scheme says more than a country; nobody goes abroad to their own, and two others are in doubt."""
    names = typed.names
    schemes, countries = named(typed.text, names.schemes), named(typed.text, names.countries)
    away = [country for country in countries if country != known(typed.told, "origin")]
    found = [place_of(scheme=scheme) for scheme in schemes] or [place_of(country=each) for each in away]
    return _one(typed, [place for place in found if place], {**names.countries, **names.schemes})


def _amount(typed: Typed) -> Read:
    nothing = next((choice for choice in typed.question.choices if has_nothing(choice)), None)
    if nothing is not None and _is_nothing(typed):
        return Values({typed.question.step: nothing})
    amount = understood(typed.text, typed.names.amounts, countries_of(typed.told, typed.names))
    if not isinstance(amount, Unclear):
        return Values({typed.question.step: code_of(amount)})
    if amount.why == "no-number" or not amount.numbers:
        return None
    if amount.why == "which-currency":
        return Values({typed.question.step: code_of(amount)})
    return Doubt("which-number", tuple(_code(number, amount) for number in amount.numbers))


def _code(number: Decimal, amount: Unclear) -> str:
    currency = amount.currencies[0] if len(amount.currencies) == 1 else NO_CURRENCY
    return code_of(Money(number, currency, amount.per))


def _currency(typed: Typed) -> Read:
    """Only the currency, or the whole amount again."""
    amount = understood(typed.text, typed.names.amounts, countries_of(typed.told, typed.names))
    if isinstance(amount, Unclear) and not amount.numbers and len(amount.currencies) == 1:
        return Values(
            {typed.question.step: with_currency(typed.told[typed.question.step], amount.currencies[0])}
        )
    return _amount(typed)


def _months(typed: Typed) -> Read:
    parts = parts_of(typed.text, typed.names.amounts)
    whole = [*parts.months, *(reading for number in parts.numbers for reading in number.readings[:1])]
    if len(whole) != 1:
        return None
    months = int(whole[0] * (_MONTHS_A_YEAR if parts.has_year else 1))
    return Values({typed.question.step: str(months)}) if 0 < months <= _MOST_MONTHS else None


def _number(typed: Typed) -> Read:
    numbers = _numbers(typed)
    if len(numbers) != 1:
        return None
    least, most = typed.question.between
    return Values({typed.question.step: f"{numbers[0]:f}"}) if least <= numbers[0] <= most else None


def _numbers(typed: Typed) -> list[Decimal]:
    """All numbers of a text, those beside a month among them; or nothing, where that is a choice."""
    parts = parts_of(typed.text, typed.names.amounts)
    found = [*parts.months, *(number.readings[-1] for number in parts.numbers)]
    return found or ([Decimal(0)] if _is_nothing(typed) else [])


def _several_numbers(typed: Typed) -> Read:
    """Numbers of a list, as `1.4.5`, where the text has nothing but some of those that can be chosen."""
    words = normalise(typed.text).split()
    small = small_words(typed.names.language)
    numbers = [word for word in words if word.isdecimal()]
    if not numbers or any(word not in small for word in words if not word.isdecimal()):
        return None
    wanted = set(typed.question.choices)
    return Values({typed.question.step: ".".join(numbers)}) if wanted.issuperset(numbers) else None


def _is_nothing(typed: Typed) -> bool:
    """Whether "free", "none" is told, and may be."""
    return any(has_nothing(choice) for choice in typed.question.choices) and bool(
        named(typed.text, ways_to_say(_NOTHING, typed.names.language))
    )


def _percent(typed: Typed) -> Read:
    """A share, and of what time where it is said: `10`, `10-month`."""
    numbers = _numbers(typed)
    if len(numbers) != 1 or not 0 <= numbers[0] <= _MOST_PERCENT:
        return None
    parts = parts_of(typed.text, typed.names.amounts)
    per = "month" if parts.months or parts.per == "month" else "year" if parts.has_year else ""
    code = "-".join(part for part in (f"{numbers[0]:f}", per) if part)
    return Values({typed.question.step: code})


def _day(typed: Typed) -> Read:
    days = [day.isoformat() for day in days_of(typed.text, typed.names.amounts, typed.on)]
    if len(days) > 1:
        return Doubt("which-one", tuple(days))
    return Values({typed.question.step: days[0]}) if days else None


_READERS: Mapping[Wanted, Callable[[Typed], Read]] = {
    "choice": _choice,
    "country": _country,
    "place": _place,
    "amount": _amount,
    "currency": _currency,
    "months": _months,
    "name": _name,
    "number": _number,
    "numbers": _several_numbers,
    "percent": _percent,
    "day": _day,
}
