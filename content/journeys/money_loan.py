"""Paying back a loan: for how many months, and how much more than was borrowed.

Interest is that of each month on what is still owed; a year's is twelve times a month's.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from content.journeys.amounts import Money

_MONTHS_A_YEAR = 12
_HUNDRED = Decimal(100)
_NEVER = 1200  # months: nobody pays so long


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """What is borrowed, the interest in percent and of what time, and what is paid back in a month."""

    loan: Money
    repay: Decimal
    interest: Decimal = Decimal(0)
    per: Literal["month", "year"] = "year"


@dataclass(frozen=True, slots=True)
class Loan:
    """How it ends: `months` is None if it never does; `paid` is everything, in the money of the loan.

    `monthly` is the interest of the first month, `yearly` in percent.
    """

    facts: LoanFacts
    months: int | None
    paid: Decimal
    monthly: Decimal
    yearly: Decimal

    @property
    def interest(self) -> Decimal:
        """How much more is paid than was borrowed."""
        return self.paid - self.facts.loan.value


def pay_back(facts: LoanFacts) -> Loan:
    """Pay back month by month until nothing is owed."""
    rate = facts.interest / _HUNDRED / (1 if facts.per == "month" else _MONTHS_A_YEAR)
    yearly = facts.interest * (_MONTHS_A_YEAR if facts.per == "month" else 1)
    owed, months, paid = facts.loan.value, 0, Decimal(0)
    monthly = owed * rate
    while owed > 0 and months < _NEVER and facts.repay > owed * rate:
        owed *= 1 + rate
        now = min(facts.repay, owed)
        owed, paid, months = owed - now, paid + now, months + 1
    return Loan(facts, None if owed > 0 else months, paid, monthly, yearly)
