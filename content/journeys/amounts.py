"""An amount of money as people type it: "3k", "P50,000", "tu taosen vatu", "two month salary".

What may mean several things is told as such and never guessed; the person's countries settle a sign that
several currencies share. Not here: the words (`content.journeys.amount_words`, files in `data/`), and what an
amount is compared with (`content.journeys.fee_check`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from babel.numbers import get_currency_precision, get_territory_currencies

from content.journeys.amount_parts import AmountParts, Number, Per, parts_of
from content.journeys.amount_words import AmountWords, also_used

type Why = Literal["no-number", "which-number", "several-numbers", "which-currency"]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of a currency, for one time or each hour, day, week, fortnight, month or year.

    `sure` is False where the currency was not said and is the one of the only country known.
    """

    value: Decimal
    currency: str
    per: Per | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class MonthsOfPay:
    """So many months of the person's pay."""

    months: Decimal


@dataclass(frozen=True, slots=True)
class Between:
    """From one amount to another."""

    low: Money | MonthsOfPay
    high: Money | MonthsOfPay


@dataclass(frozen=True, slots=True)
class Unclear:
    """Not one amount yet: why, and between which numbers and currencies to ask.

    `high` is the upper end, if a range was said and only its currency is not clear.
    """

    why: Why
    numbers: tuple[Decimal, ...] = ()
    currencies: tuple[str, ...] = ()
    per: Per | None = None
    high: Decimal | None = None


type Amount = Money | MonthsOfPay | Between | Unclear


def understood(text: str, words: AmountWords, countries: Sequence[str] = ()) -> Amount:
    """The amount that a text says; `countries` are the person's origin and destination, if known."""
    parts = parts_of(text, words, country=countries[0] if countries else None)
    numbers, months = parts.numbers, parts.months
    if months and (parts.has_pay or not numbers):
        return _as_range([MonthsOfPay(each) for each in months]) or Unclear("several-numbers", months)
    if not numbers:
        return Unclear("no-number", currencies=parts.currencies)
    return _money(parts, countries)


def settled(unclear: Unclear, *, number: Decimal | None = None, currency: str | None = None) -> Amount:
    """What an unclear amount comes to, once the person has said which number or which currency is meant."""
    numbers = (number,) if number is not None else unclear.numbers
    currencies = (currency,) if currency is not None else unclear.currencies
    if not numbers:
        return replace(unclear, currencies=currencies)
    if len(numbers) > 1:
        return replace(unclear, currencies=currencies)
    if len(currencies) != 1:
        return replace(unclear, why="which-currency", numbers=numbers, currencies=currencies)
    money = Money(numbers[0], currencies[0], unclear.per)
    if unclear.high is not None:
        return Between(money, replace(money, value=unclear.high))
    return money


def _money(parts: AmountParts, countries: Sequence[str]) -> Amount:
    currencies, sure = _settled_currencies(parts.currencies, countries)
    numbers = [_without_cents(number, currencies) for number in parts.numbers]
    unsettled = next((each for each in numbers if len(each.readings) != 1), None)
    if unsettled is not None:
        return Unclear("which-number", unsettled.readings, currencies, parts.per)
    values = tuple(dict.fromkeys(each.readings[0] for each in numbers))
    is_range = parts.is_range and len(values) > 1 and values == tuple(sorted(values))[:2]
    if len(values) > 1 and not is_range:
        return Unclear("several-numbers", values, currencies, parts.per)
    if len(currencies) != 1:
        high = values[1] if is_range else None
        return Unclear("which-currency", values[:1], currencies, parts.per, high)
    made = [Money(value, currencies[0], parts.per, sure=sure) for value in values]
    return Between(made[0], made[1]) if is_range else made[0]


def _as_range(months: Sequence[MonthsOfPay]) -> MonthsOfPay | Between | None:
    if len(months) == 1:
        return months[0]
    low, high, *more = months
    return Between(low, high) if low.months < high.months and not more else None


def _settled_currencies(said: tuple[str, ...], countries: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The currencies that may be meant, and whether the person said so."""
    near = tuple(dict.fromkeys(code for country in countries for code in _used_in(country)))
    if not said:
        own = tuple(dict.fromkeys(code for country in countries for code in _own(country)))
        return own, False
    if len(said) == 1:
        return said, True
    return tuple(code for code in said if code in near) or said, True


def _own(country: str) -> tuple[str, ...]:
    return tuple(get_territory_currencies(country))


def _used_in(country: str) -> tuple[str, ...]:
    return (*_own(country), *also_used(country))


def _without_cents(number: Number, currencies: Sequence[str]) -> Number:
    """With a currency without smaller coins, the dot of "50.000" can only mean thousands."""
    if currencies and all(get_currency_precision(code) == 0 for code in currencies):
        return replace(number, readings=number.readings[:1])
    return number
