"""What somebody typed, read as the answer to a journey's question.

What may mean several things is a doubt with choices, never a guess. Not here: buttons (their value is the
answer), controls such as "back", and questions of another kind (`actions.journey`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from babel.numbers import get_territory_currencies

from content.journeys.amount_codes import NO_CURRENCY, code_of, with_currency
from content.journeys.amount_parts import parts_of
from content.journeys.amount_words import AmountWords
from content.journeys.amounts import Money, Unclear, understood
from content.journeys.naming import named, said_besides
from content.journeys.places import place_of, way_to
from content.journeys.spoken import Ways, small_words, ways_to_say
from content.journeys.steps import Question, Told, Wanted, known, number_of

LONGEST_NAME = 80

_YES_OR_NO = "answer"
_MOST_MONTHS = 120
_MONTHS_A_YEAR = 12
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
    """A text that was typed to a question, and what helps to read it."""

    question: Question
    text: str
    told: Told
    names: Names


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
    ways = {**names.sectors, **names.schemes, **said}
    ways = {value: way for value, way in ways.items() if _can_be(value, question)}
    found = named(typed.text, ways)
    if question.several and found:
        first = number_of(question.step)
        steps = {f"{question.about}-{first + n}": value for n, value in enumerate(found)}
        return Values(steps, _besides(typed, ways))
    return _one(typed, found, ways)


def _can_be(value: str, question: Question) -> bool:
    """Whether a value may be told: one that is offered, or one that only those who know it name."""
    return value in question.choices or (question.several and value in ways_to_say(question.about, "en"))


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


_READERS: Mapping[Wanted, Callable[[Typed], Read]] = {
    "choice": _choice,
    "country": _country,
    "place": _place,
    "amount": _amount,
    "currency": _currency,
    "months": _months,
    "name": _name,
}
