"""Amounts as codes: `5000-PGK`, `20-AUD-month`, `2-months`, `100-200-PHP`; and back.

A code is what a button carries and what is kept of a step. `XXX` (ISO 4217: no currency) stands where the
currency is still to be settled. Not here: what people type (`content.journeys.amounts`).
"""

import re
from dataclasses import replace
from decimal import Decimal
from typing import cast

from content.journeys.amount_parts import Per
from content.journeys.amounts import Amount, Between, Money, MonthsOfPay, Unclear

NO_CURRENCY = "XXX"

_MONTHS = "months"
_UNSURE = "unsaid"
_CODE = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)(?:-(?P<high>\d+(?:\.\d+)?))?"
    r"-(?:(?P<months>months)|(?P<currency>[A-Z]{3})(?:-(?P<per>hour|day|week|fortnight|month|year))?(?:-(?P<unsaid>unsaid))?)"
)


def code_of(amount: Amount) -> str:
    """The code of an amount. Of an unclear one: its first number, without a currency."""
    if isinstance(amount, Between):
        return f"{_plain(_number(amount.low))}-{code_of(amount.high)}"
    if isinstance(amount, MonthsOfPay):
        return f"{_plain(amount.months)}-{_MONTHS}"
    if isinstance(amount, Unclear):
        return code_of(Money(amount.numbers[0], NO_CURRENCY, amount.per))
    parts = (_plain(amount.value), amount.currency, amount.per, None if amount.sure else _UNSURE)
    return "-".join(part for part in parts if part)


def amount_of(code: str) -> Amount | None:
    """The amount that a code stands for; None if it is none."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    low = _of(Decimal(found["low"]), found)
    return low if found["high"] is None else Between(low, _of(Decimal(found["high"]), found))


def has_currency(code: str) -> bool:
    """Whether a code says which currency is meant, or that it is months of pay."""
    return f"-{NO_CURRENCY}" not in code


def has_nothing(code: str) -> bool:
    """Whether a code, or a number, says that it is nothing: `0-AUD-week`, `0`."""
    return code.partition("-")[0] == "0"


def with_currency(code: str, currency: str) -> str:
    """The same amount, of a currency."""
    amount = amount_of(code)
    if isinstance(amount, Between):
        low, high = (replace(cast("Money", each), currency=currency) for each in (amount.low, amount.high))
        return code_of(Between(low, high))
    if not isinstance(amount, Money):
        return code
    return code_of(replace(amount, currency=currency, sure=True))


def _of(number: Decimal, found: re.Match[str]) -> Money | MonthsOfPay:
    if found["months"]:
        return MonthsOfPay(number)
    return Money(number, found["currency"], cast("Per | None", found["per"]), sure=found["unsaid"] is None)


def _number(amount: Money | MonthsOfPay) -> Decimal:
    return amount.value if isinstance(amount, Money) else amount.months


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
