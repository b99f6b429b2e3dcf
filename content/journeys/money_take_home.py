"""What is left of the pay: pay for the time worked, less what is taken off, needed and sent.

All sums are in the money of the pay, in a week where pay is told for an hour to a fortnight, else in a month;
a month is 52/12 weeks. Not here: words, and the questions (`content.journeys.money_steps`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from content.journeys.amount_parts import Per
from content.journeys.amounts import Money
from content.journeys.money_figures_in_force import FiguresInForce, Known
from content.records import Figure

type Part = Literal["tax", "insurance", "rent", "deducted", "food", "send"]
type Time = Literal["week", "month"]

WEEKS_A_MONTH = Decimal(52) / 12
_WEEKS_A_YEAR = Decimal(52)
_TAKEN_OFF: tuple[Part, ...] = ("tax", "insurance", "rent", "deducted", "food")
_ASKED_FOR: tuple[Part, ...] = ("tax", "rent", "deducted", "food")
_TOLD_BESIDES: tuple[Figure, ...] = (
    "paid-hours", "left-at-least", "advance-weeks", "employer-pays-travel", "fund-on-top",
)  # fmt: skip
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Worked:
    """How much work a week is sure."""

    hours: Decimal | None = None
    days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TakeHomeFacts:
    """What a person told; None is what they did not. `tax` is a percentage of the pay."""

    terms: str | None = None
    wage: Money | None = None
    worked: Worked = Worked()
    tax: Decimal | None = None
    rent: Money | None = None
    deducted: Money | None = None
    food: Money | None = None
    send: Money | None = None
    months: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing that is taken off the pay, in the time of the sum."""

    part: Part
    value: Decimal


@dataclass(frozen=True, slots=True)
class TakeHome:
    """The sum. `least` is the lowest pay by law; `guessed` is what figures had to tell.

    `for_stay` and `sent_for_stay` are for all the months that were told. `figures` are to be told besides.
    """

    time: Time
    currency: str
    wage: Money
    pay: Decimal
    taken: tuple[Taken, ...]
    left: Decimal
    send: Decimal
    months: Decimal | None
    for_stay: Decimal | None
    sent_for_stay: Decimal | None
    not_told: tuple[Part, ...]
    guessed: tuple[Literal["wage", "hours"], ...]
    least: Known | None
    is_below_least: bool
    too_high_rent: Known | None
    figures: tuple[Known, ...]

    @property
    def kept(self) -> Decimal:
        """What is left when money was sent."""
        return self.left - self.send


def take_home(facts: TakeHomeFacts, figures: FiguresInForce) -> TakeHome | None:
    """The sum; None where neither the person nor a figure says what the pay is, or for how much work."""
    least = figures.known("least-pay", facts.terms)
    wage = facts.wage or (_money(least) if least else None)
    worked = _worked(facts, figures, wage)
    if wage is None or (pay := _in_a_week(wage, worked)) is None:
        return None
    time: Time = time_of(wage)
    pay = _in_time(pay, time)
    taken = tuple(_taken(facts, figures, wage, pay, time))
    left = pay - sum((each.value for each in taken), Decimal(0))
    send = _told(facts.send, wage, worked, time) or Decimal(0)
    times = _times(facts.months, time)
    return TakeHome(
        time=time,
        currency=wage.currency,
        wage=wage,
        pay=pay,
        taken=taken,
        left=left,
        send=send,
        months=facts.months,
        for_stay=left * times if times else None,
        sent_for_stay=send * times if times and send else None,
        not_told=tuple(_not_told(taken)),
        guessed=(
            *(("wage",) if facts.wage is None else ()),
            *(("hours",) if facts.worked.hours is None and wage.per == "hour" else ()),
        ),
        least=least,
        is_below_least=_is_below(wage, worked, least),
        too_high_rent=_too_high_rent(facts, figures, wage, worked),
        figures=tuple(_besides(facts, figures)),
    )


def time_of(wage: Money) -> Time:
    """The time that a sum is for."""
    return "month" if wage.per in ("month", "year", None) else "week"


def _worked(facts: TakeHomeFacts, figures: FiguresInForce, wage: Money | None) -> Worked:
    """What was told; hours that were not are those that must be paid."""
    sure = figures.known("paid-hours", facts.terms)
    if wage is None or wage.per != "hour" or facts.worked.hours is not None or sure is None:
        return facts.worked
    return Worked(sure.period.value, facts.worked.days)


def _in_a_week(money: Money, worked: Worked) -> Decimal | None:
    """What an amount is in a week."""
    times: dict[Per | None, Decimal | None] = {
        "hour": worked.hours,
        "day": worked.days,
        "week": Decimal(1),
        "fortnight": 1 / Decimal(2),
        "month": 1 / WEEKS_A_MONTH,
        "year": 1 / _WEEKS_A_YEAR,
        None: 1 / WEEKS_A_MONTH,
    }
    many = times[money.per]
    return None if many is None else money.value * many


def _in_time(a_week: Decimal, time: Time) -> Decimal:
    return a_week if time == "week" else a_week * WEEKS_A_MONTH


def _told(told: Money | None, wage: Money, worked: Worked, time: Time) -> Decimal | None:
    """An amount in the time of the sum, for which it was asked; None in another money than the pay."""
    if told is None or told.currency != wage.currency:
        return None
    if told.per is None:
        return told.value
    a_week = _in_a_week(told, worked)
    return None if a_week is None else _in_time(a_week, time)


def _taken(
    facts: TakeHomeFacts, figures: FiguresInForce, wage: Money, pay: Decimal, time: Time
) -> Iterator[Taken]:
    flat = figures.known("income-tax", facts.terms)
    tax = facts.tax if facts.tax is not None else (flat.period.value if flat else None)
    insurance = figures.known("insurance", facts.terms)
    values: dict[Part, Decimal | None] = {
        "tax": None if tax is None else pay * tax / _HUNDRED,
        "insurance": _told(_money(insurance), wage, facts.worked, time) if insurance else None,
        "rent": _told(facts.rent, wage, facts.worked, time),
        "deducted": _told(facts.deducted, wage, facts.worked, time),
        "food": _told(facts.food, wage, facts.worked, time),
    }
    for part in _TAKEN_OFF:
        if (value := values[part]) is not None:
            yield Taken(part, value)


def _not_told(taken: tuple[Taken, ...]) -> Iterator[Part]:
    known = {each.part for each in taken}
    yield from (part for part in _ASKED_FOR if part not in known)


def _times(months: Decimal | None, time: Time) -> Decimal | None:
    if months is None:
        return None
    return months if time == "month" else months * WEEKS_A_MONTH


def _money(known: Known) -> Money:
    period = known.period
    return Money(period.value, period.unit, None if period.per == "job" else period.per)


def _is_below(wage: Money, worked: Worked, least: Known | None) -> bool:
    """Whether the pay is below the lowest; not known of another money, or of other times without hours."""
    if least is None:
        return False
    lowest = _money(least)
    if wage.currency != lowest.currency:
        return False
    if wage.per == lowest.per:
        return wage.value < lowest.value
    pay, limit = _in_a_week(wage, worked), _in_a_week(lowest, worked)
    return pay is not None and limit is not None and pay < limit


def _too_high_rent(
    facts: TakeHomeFacts, figures: FiguresInForce, wage: Money, worked: Worked
) -> Known | None:
    most = figures.known("most-rent", facts.terms)
    rent = _told(facts.rent, wage, worked, "week")
    return most if most and rent is not None and rent > most.period.value else None


def _besides(facts: TakeHomeFacts, figures: FiguresInForce) -> Iterator[Known]:
    for figure in _TOLD_BESIDES:
        if (known := figures.known(figure, facts.terms)) is not None:
            yield known
