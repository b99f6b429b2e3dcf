"""An amount beside the most that a rule allows: below it, above it by how much, or what is missing to tell.

No currency is turned into another one: the library has no rates. Not here: which rules apply
(`content.journeys.fee_rules_in_force`).
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from content.journeys.amounts import Amount, Between, Money, MonthsOfPay, Unclear
from content.records import FeeLimit

type Missing = Literal[
    "amount", "exact-amount", "same-currency", "monthly-pay", "contract-length", "per-what", "scheme", "work",
    "destination", "origin",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """`within` is None where it cannot be told, and then `missing` says why. `over` is by how much."""

    within: bool | None
    over: Money | MonthsOfPay | None = None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Pay:
    """What is known of the job: pay of a month and length of the contract, for limits that count by them."""

    monthly: Money | None = None
    contract_months: int | None = None


def compared(amount: Amount | None, limit: FeeLimit, pay: Pay) -> Compared:
    """How an amount stands to a limit."""
    if isinstance(amount, Between):
        return _range(compared(amount.low, limit, pay), compared(amount.high, limit, pay))
    if amount is None or isinstance(amount, Unclear):
        return Compared(None, missing=("amount",))
    if isinstance(amount, MonthsOfPay):
        return _months(amount, limit, pay)
    return _money(amount, limit, pay)


def _range(low: Compared, high: Compared) -> Compared:
    """A range is above where its lower end is, and below where its upper end is."""
    if low.within is False or high.within:
        return low if low.within is False else high
    if low.within is None or high.within is None:
        return Compared(None, missing=low.missing or high.missing)
    return Compared(None, missing=("exact-amount",))


def _months(asked: MonthsOfPay, limit: FeeLimit, pay: Pay) -> Compared:
    allowed = _months_allowed(limit)
    if allowed is not None:
        most, missing = _for_the_contract(allowed, limit, pay, asked.months)
        if most is None:
            return Compared(None, missing=missing)
        over = asked.months - most
        return Compared(over <= 0, MonthsOfPay(over) if over > 0 else None)
    if limit.value == 0 and asked.months > 0:
        return Compared(within=False, over=asked)
    if pay.monthly is None:
        return Compared(None, missing=("monthly-pay",))
    return _money(replace(pay.monthly, value=asked.months * pay.monthly.value, per=None), limit, pay)


def _money(asked: Money, limit: FeeLimit, pay: Pay) -> Compared:
    months = _months_allowed(limit)
    if months is None and limit.unit == "percent-of-contract-pay":
        months = _contract_share(limit, pay)
        if months is None:
            return Compared(None, missing=("contract-length",))
    if months is None:
        return _against(asked, Money(limit.value, limit.unit, sure=asked.sure), limit, pay)
    if pay.monthly is None:
        return Compared(None, missing=("monthly-pay",))
    return _against(asked, replace(pay.monthly, value=months * pay.monthly.value, per=None), limit, pay)


def _against(asked: Money, most: Money, limit: FeeLimit, pay: Pay) -> Compared:
    if asked.currency != most.currency:
        return Compared(None, missing=("same-currency",))
    if asked.value == 0:
        return Compared(within=True)
    if asked.per != (None if limit.per == "job" else limit.per):
        return _other_span(asked, most, limit, pay)
    over = asked.value - most.value
    return Compared(over <= 0, replace(asked, value=over) if over > 0 else None)


def _other_span(asked: Money, most: Money, limit: FeeLimit, pay: Pay) -> Compared:
    """An amount for the whole job beside a limit for each month or year of the contract."""
    if limit.per == "job" or asked.per is not None:
        return Compared(None, missing=("per-what",))
    value, missing = _for_the_contract(most.value, limit, pay, asked.value)
    if value is None:
        return Compared(None, missing=missing)
    over = asked.value - value
    return Compared(over <= 0, replace(asked, value=over) if over > 0 else None)


def _for_the_contract(
    value: Decimal, limit: FeeLimit, pay: Pay, asked: Decimal
) -> tuple[Decimal | None, tuple[Missing, ...]]:
    """A limit "for each year of the contract" (so the rules of VN and SG) over the whole contract.

    What one month or year allows is within it, however long the contract is.
    """
    if limit.per == "job":
        return value, ()
    if pay.contract_months is None:
        allowed_anyway = limit.per == "month" and asked <= value
        return (value, ()) if allowed_anyway else (None, ("contract-length",))
    return value * pay.contract_months / (1 if limit.per == "month" else 12), ()


def _months_allowed(limit: FeeLimit) -> Decimal | None:
    """The limit in months of pay, if it counts so: 10 percent of a month's pay is a tenth of it."""
    if limit.unit == "months-of-pay":
        return limit.value
    return limit.value / 100 if limit.unit == "percent-of-monthly-pay" else None


def _contract_share(limit: FeeLimit, pay: Pay) -> Decimal | None:
    """A percentage of the pay of the whole contract, in months of pay."""
    return None if pay.contract_months is None else limit.value / 100 * pay.contract_months
