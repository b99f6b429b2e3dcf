"""How numbers, months of pay and currencies are said, by language: files in `data/`, never code.

Not here: what they come to (`content.journeys.amounts`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Protocol

from pydantic import Field

from content.schema import Part
from content.search.normalise import normalise
from content.yaml_text import load

_DATA = Path(__file__).parent / "data"


class SpokenAmounts(Part):
    """`data/amounts/<lang>.yml`: how a language says numbers, hours to years, pay, each, until."""

    numbers: dict[str, Decimal]
    times: dict[str, Decimal]
    times_first: dict[str, Decimal] = Field(default_factory=dict)
    hour: list[str]
    day: list[str]
    week: list[str]
    fortnight: list[str]
    month: list[str]
    pay: list[str]
    each: list[str]
    year: list[str]
    until: list[str]
    joins: list[str]


class CurrencySigns(Part):
    """`data/currency_signs.yml`: signs of one currency or of several."""

    signs: dict[str, tuple[str, ...]]
    also_used: dict[str, tuple[str, ...]]
    not_currencies: list[str]


class NamedCurrency(Protocol):
    """A currency of the gazetteer with all the ways to name it."""

    @property
    def value(self) -> str:
        """Its ISO 4217 code."""

    @property
    def names(self) -> Mapping[str, str]:
        """Its name by language."""

    @property
    def aliases(self) -> Mapping[str, Sequence[str]]:
        """Other ways to name it, by language."""


@dataclass(frozen=True, slots=True)
class AmountWords:
    """The words that an amount may be made of, for one reader."""

    numbers: Mapping[str, Decimal]
    times: Mapping[str, Decimal]
    times_first: frozenset[str]
    hour: frozenset[str]
    day: frozenset[str]
    week: frozenset[str]
    fortnight: frozenset[str]
    month: frozenset[str]
    pay: frozenset[str]
    each: frozenset[str]
    year: frozenset[str]
    until: frozenset[str]
    joins: frozenset[str]
    currencies: Mapping[tuple[str, ...], tuple[str, ...]]


def amount_words(currencies: Iterable[NamedCurrency], language: str | None = None) -> AmountWords:
    """The words of all languages; where two differ, the person's language counts."""
    files = _spoken()
    first = [files[language]] if language in files else []
    spoken = [*first, *(file for name, file in files.items() if name != language)]
    numbers: dict[str, Decimal] = {}
    times: dict[str, Decimal] = {}
    for file in spoken:
        taken = {*numbers, *times}
        numbers |= {word: value for word, value in file.numbers.items() if word not in taken}
        times |= {word: value for word, value in (file.times | file.times_first).items() if word not in taken}
    return AmountWords(
        numbers=numbers,
        times=times,
        times_first=frozenset(word for file in spoken for word in file.times_first),
        hour=frozenset(word for file in spoken for word in file.hour),
        day=frozenset(word for file in spoken for word in file.day),
        week=frozenset(word for file in spoken for word in file.week),
        fortnight=frozenset(word for file in spoken for word in file.fortnight),
        month=frozenset(word for file in spoken for word in file.month),
        pay=frozenset(word for file in spoken for word in file.pay),
        each=frozenset(word for file in spoken for word in file.each),
        year=frozenset(word for file in spoken for word in file.year),
        until=frozenset(word for file in spoken for word in file.until),
        joins=frozenset(word for file in spoken for word in file.joins),
        currencies=_currencies(currencies),
    )


def languages() -> tuple[str, ...]:
    """The languages that have a file."""
    return tuple(_spoken())


def also_used(country: str) -> tuple[str, ...]:
    """Currencies that are used in a country beside its own."""
    return _signs().also_used.get(country, ())


@cache
def _spoken() -> dict[str, SpokenAmounts]:
    paths = sorted((_DATA / "amounts").glob("*.yml"), key=lambda path: (path.stem != "en", path.stem))
    return {path.stem: SpokenAmounts.model_validate(load(path.read_text(encoding="utf-8"))) for path in paths}


@cache
def _signs() -> CurrencySigns:
    text = (_DATA / "currency_signs.yml").read_text(encoding="utf-8")
    return CurrencySigns.model_validate(load(text))


def _currencies(named: Iterable[NamedCurrency]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Which currencies some words may mean: what the signs say goes before the gazetteer."""
    meant: dict[tuple[str, ...], tuple[str, ...]] = {}
    for currency in named:
        said = [currency.value, *currency.names.values()]
        said += [alias for aliases in currency.aliases.values() for alias in aliases]
        for words in said:
            key = _key(words)
            meant[key] = tuple(dict.fromkeys((*meant.get(key, ()), currency.value)))
    for word in _signs().not_currencies:
        meant.pop((word,), None)
    return meant | {_key(sign): codes for sign, codes in _signs().signs.items()}


def _key(words: str) -> tuple[str, ...]:
    """Words as they are compared; a sign keeps its letters and its mark."""
    if any(not (letter.isalnum() or letter in " '’-") for letter in words):
        return (words.casefold(),)
    return tuple(normalise(words).split())
