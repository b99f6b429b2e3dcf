"""A typed amount taken apart: its numbers, its months, its currencies, and whether it is a range.

Not here: what the parts come to (`content.journeys.amounts`).
"""

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from content.journeys.amount_words import AmountWords
from content.journeys.digits import readings

type Per = Literal["hour", "day", "week", "fortnight", "month", "year"]
type Kind = Literal["number", "currency", "pay", "each", "until", "other"] | Per

_SHORT_TIMES: tuple[Per, ...] = ("hour", "day", "week", "fortnight")
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:[ \u00a0]\d{3})+(?![\d.,])|\d+(?:[.,'’]\d+)*)"
    r"|(?P<sign>[^\W\d_]*[$£€₱¥₩₹฿](?:us)?)"
    r"|(?P<word>[^\W\d_]+(?:['’ʻ][^\W\d_]+)*)"
    r"|(?P<until>[-–—~/])"
)
_APOSTROPHES = re.compile(r"['’ʻ]")
_SMALL = 1000


@dataclass(frozen=True, slots=True)
class Number:
    """What a number may be; `scale` is its last "thousand" or "million", if it was said in words."""

    readings: tuple[Decimal, ...]
    scale: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class AmountParts:
    """The parts of an amount, in their order. `months` are numbers that stand beside a word for month."""

    numbers: tuple[Number, ...]
    months: tuple[Decimal, ...]
    currencies: tuple[str, ...]
    per: Per | None
    has_pay: bool
    has_year: bool
    is_range: bool


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass(slots=True)
class _Item:
    kind: Kind
    number: Number = Number(())
    currencies: tuple[str, ...] = ()


@dataclass(slots=True)
class _Count:
    """A number being said: "two thousand five hundred", "rihun rua atus lima"."""

    total: Decimal = Decimal(0)
    current: Decimal = Decimal(0)
    waiting: Decimal | None = None
    scale: Decimal = Decimal(1)
    digits: tuple[Decimal, ...] = ()
    taken: int = 0

    def value(self) -> Number:
        """What was said so far."""
        if self.digits:
            return Number(self.digits, self.scale)
        return Number((self.total + self.current + (self.waiting or 0),), self.scale)

    def unit(self, value: Decimal) -> None:
        """A number below the next "hundred" or "thousand"."""
        if self.waiting is not None:
            self.total += self.waiting * value
            self.waiting = None
        else:
            self.current += value

    def times(self, by: Decimal, *, comes_first: bool) -> None:
        """A "hundred", "thousand" or "million", before or after what it counts."""
        if by >= _SMALL:
            self.scale = by
        if comes_first and not self.current:
            self.total += self.waiting or 0
            self.waiting = by
        elif by >= _SMALL:
            self.total, self.current = self.total + (self.current or 1) * by, Decimal(0)
        else:
            counted = self.current % by
            self.current += (counted or 1) * by - counted


def parts_of(text: str, words: AmountWords, country: str | None = None) -> AmountParts:
    """The parts of what a person typed; words that say nothing of an amount are passed over."""
    items = _items(_tokens(text), words, country)
    months, numbers, per = _beside_months(items)
    kinds = [item.kind for item in items]
    said = [item.currencies for item in items if item.kind == "currency"]
    return AmountParts(
        numbers=_same_scale(numbers) if "until" in kinds else tuple(numbers),
        months=tuple(months),
        currencies=_agreed(said),
        per=per,
        has_pay="pay" in kinds,
        has_year="year" in kinds,
        is_range="until" in kinds,
    )


def _tokens(text: str) -> list[_Token]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = unicodedata.normalize("NFC", "".join(each for each in plain if not unicodedata.combining(each)))
    found = []
    for match in _TOKEN.finditer(plain):
        kind = str(match.lastgroup)
        told = _APOSTROPHES.sub("", match[0]) if kind == "word" else match[0]
        found.append(_Token(kind, told))
    return found


def _items(tokens: Sequence[_Token], words: AmountWords, country: str | None) -> list[_Item]:
    items: list[_Item] = []
    at = 0
    while at < len(tokens):
        count = _count(tokens, at, words, country)
        if count.taken:
            items.append(_Item("number", number=count.value()))
            at += count.taken
            continue
        taken, codes = _currency(tokens, at, words)
        if taken:
            items.append(_Item("currency", currencies=codes))
            at += taken
            continue
        items.append(_Item(_kind(tokens[at], words)))
        at += 1
    return items


def _kind(token: _Token, words: AmountWords) -> Kind:
    if token.kind == "until":
        return "until"
    kinds: tuple[tuple[Kind, Container[str]], ...] = (
        ("until", words.until),
        ("hour", words.hour),
        ("day", words.day),
        ("week", words.week),
        ("fortnight", words.fortnight),
        ("month", words.month),
        ("year", words.year),
        ("pay", words.pay),
        ("each", words.each),
    )
    return next((kind for kind, meant in kinds if token.text in meant), "other")


def _count(tokens: Sequence[_Token], at: int, words: AmountWords, country: str | None) -> _Count:
    """The number that begins at a token; it has taken nothing if none does."""
    count, started = _Count(), False
    for place, token in enumerate(tokens[at:], start=at):
        if token.kind == "number":
            if started and count.waiting is None:
                break
            _take_digits(count, readings(token.text, country))
        elif token.text in words.times and (started or len(token.text) > 1):
            _take_times(count, token.text, words)
        elif token.text in words.numbers:
            if count.digits:
                break
            count.unit(words.numbers[token.text])
        elif not (started and token.text in words.joins and _goes_on(tokens, place, words)):
            break
        started = True
        count.taken = place - at + 1
    return count


def _goes_on(tokens: Sequence[_Token], place: int, words: AmountWords) -> bool:
    """Whether a number word follows what joins, maybe after another joining word."""
    after = [token.text for token in tokens[place + 1 : place + 3]]
    while after and after[0] in words.joins:
        after.pop(0)
    return bool(after) and (after[0] in words.numbers or after[0] in words.times)


def _take_digits(count: _Count, read: tuple[Decimal, ...]) -> None:
    if count.waiting is not None and len(read) == 1:
        count.unit(read[0])
    else:
        count.digits = read


def _take_times(count: _Count, word: str, words: AmountWords) -> None:
    by = words.times[word]
    if count.digits:
        count.digits = tuple(value * by for value in count.digits)
        count.scale = by
    else:
        count.times(by, comes_first=word in words.times_first)


def _currency(tokens: Sequence[_Token], at: int, words: AmountWords) -> tuple[int, tuple[str, ...]]:
    """How many tokens from here name a currency, and which it may be: the longest name wins."""
    longest = max(map(len, words.currencies))
    for length in range(min(longest, len(tokens) - at), 0, -1):
        key = tuple(token.text for token in tokens[at : at + length])
        if key in words.currencies:
            return length, words.currencies[key]
    return 0, ()


def _agreed(said: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The currencies that fit all the names said: "$ 500 AUD" is AUD; names at odds leave all."""
    if not said:
        return ()
    common = [code for code in said[0] if all(code in each for each in said)]
    return tuple(common) or tuple(dict.fromkeys(code for each in said for code in each))


def _beside_months(
    items: Sequence[_Item],
) -> tuple[list[Decimal], list[Number], Per | None]:
    """Numbers that count months, all the other numbers, and what the amount is for."""
    counting = {
        place for at, item in enumerate(items) if item.kind == "month" for place in _counts(items, at)
    }
    ones = {at for at in range(len(items)) if _is_one_of_a_time(items, at)}
    numbers = [(at, item.number) for at, item in enumerate(items) if item.kind == "number"]
    if len(numbers) > len(ones):
        numbers = [(place, number) for place, number in numbers if place not in ones]
    others = [number for place, number in numbers if place not in counting]
    months = [value for place, number in numbers if place in counting for value in number.readings]
    kinds = [item.kind for item in items]
    short = next((kind for kind in _SHORT_TIMES if kind in kinds), None)
    if others and short is not None:
        return months, others, short
    if others and "month" in kinds:
        return months, others, "month"
    return months, others, "year" if others and "year" in kinds and "each" in kinds else None


def _is_one_of_a_time(items: Sequence[_Item], at: int) -> bool:
    """Whether a number is the one of "26 dollars one hour"."""
    return (
        items[at].number.readings == (Decimal(1),)
        and at + 1 < len(items)
        and items[at + 1].kind in _SHORT_TIMES
    )


def _counts(items: Sequence[_Item], at: int) -> list[int]:
    """The places of the numbers that count the month at a place; between two, the smaller one does."""
    beside = [place for place in (at - 1, at + 1) if _is_number(items, place)]
    if not beside:
        return []
    nearest = min(beside, key=lambda place: items[place].number.readings[:1])
    is_range = nearest < at and _is_number(items, at - 3) and items[at - 2].kind == "until"
    return [at - 3, nearest] if is_range else [nearest]


def _is_number(items: Sequence[_Item], place: int) -> bool:
    return 0 <= place < len(items) and items[place].kind == "number"


def _same_scale(numbers: Sequence[Number]) -> tuple[Number, ...]:
    """ "3-5 thousand" is 3 thousand to 5 thousand."""
    if len(numbers) != 2 or numbers[0].scale != 1 or not numbers[0].readings:  # noqa: PLR2004
        return tuple(numbers)
    first, second = numbers
    raised = tuple(value * second.scale for value in first.readings)
    fits = len(second.readings) == 1 and first.readings[0] < _SMALL and raised[0] <= second.readings[0]
    return (Number(raised, second.scale), second) if fits else (first, second)
