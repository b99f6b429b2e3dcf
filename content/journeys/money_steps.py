"""The steps of the journey `money`: what is asked next for each of its three sums, and their facts.

An amount that is told without its money is in that of the first amount of its sum. Not here: the sums
(`content.journeys.money_take_home`, `money_loan`, `money_transfer`), and words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast

from content.journeys.amount_codes import NO_CURRENCY, amount_of, has_currency
from content.journeys.amount_parts import Per
from content.journeys.amounts import Between, Money
from content.journeys.money_figures_in_force import (
    FiguresInForce,
    figures_of_sending,
    figures_of_the_world,
    figures_of_work,
)
from content.journeys.money_loan import Loan, LoanFacts, pay_back
from content.journeys.money_take_home import TakeHome, TakeHomeFacts, Worked, take_home, time_of
from content.journeys.money_transfer import Transfer, TransferFacts, cost_of_sending
from content.journeys.places import places_to_offer, way_to
from content.journeys.steps import Question, Told, known
from content.records import MoneyFigures, SchemeFacts

SUMS = ("take-home", "loan", "transfer")
_TIMES: tuple[Per, ...] = ("hour", "day", "week", "fortnight", "month", "year")
_MOST_HOURS = 112  # a week
_MOST_DAYS = 7
_MOST_MONTHS = 120
_OFTEN_HOURS = ("38", "48")
_OFTEN_DAYS = ("5", "6")
_NOTHING = "0"
_FIRST = frozenset({"wage", "loan", "sent", "got"})


@dataclass(frozen=True, slots=True)
class MoneySums:
    """The journey on a day, with the figures of the library; the likeliest destinations first."""

    figures: Sequence[MoneyFigures]
    schemes: Sequence[SchemeFacts]
    destinations: Sequence[str]
    day: date

    def next(self, told: Told) -> Question | None:
        """What to ask next; None when the sum can be done."""
        if told.get("sum") not in SUMS:
            return Question("sum", "choice", SUMS, can_skip=False)
        steps = {"take-home": self._take_home, "loan": _loan, "transfer": _transfer}[told["sum"]]
        asked = tuple(steps(told))
        to_come = next((question for question in asked if question.step not in told), None)
        return _unsettled(told, asked) or to_come

    def take_home(self, told: Told) -> TakeHome | None:
        """What is left of the pay."""
        wage = self._wage(told)
        currency = wage.currency if wage else NO_CURRENCY
        amounts = {step: _money(told, step, currency) for step in ("rent", "deducted", "food", "send")}
        return take_home(
            TakeHomeFacts(
                terms=known(told, "terms"),
                wage=wage if known(told, "wage") else None,
                worked=Worked(_number(told, "hours"), _number(told, "days")),
                tax=_number(told, "tax"),
                months=_number(told, "stay"),
                **amounts,
            ),
            self.figures_of(told),
        )

    def transfer(self, told: Told) -> Transfer | None:
        """What sending costs; None if nothing is sent."""
        sent = _money(told, "sent", NO_CURRENCY)
        if sent is None or not sent.value:
            return None
        fee = _money(told, "sending-fee", sent.currency)
        facts = TransferFacts(
            sent=sent,
            fee=fee.value if fee and fee.currency == sent.currency else None,
            got=_money(told, "got", NO_CURRENCY),
            rate=_number(told, "real-rate"),
        )
        country = known(told, "origin")
        there = figures_of_sending(self.figures, country, self.day)
        return cost_of_sending(facts, country, there, figures_of_the_world(self.figures, self.day))

    def figures_of(self, told: Told) -> FiguresInForce:
        """The figures of the place that was told."""
        way = way_to(known(told, "place"))
        return figures_of_work(
            self.figures, self.schemes, scheme=way.scheme, country=way.destination, day=self.day
        )

    def _take_home(self, told: Told) -> Iterator[Question]:
        figures, terms = self.figures_of(told), known(told, "terms")
        offered = places_to_offer(known(told, "origin"), self.schemes, self.destinations)
        yield Question("place", "place", offered)
        if figures.terms():
            yield Question("terms", "choice", figures.terms())
        least = figures.known("least-pay", terms)
        lowest = f"{least.period.value}-{least.period.unit}-{least.period.per}" if least else ""
        yield Question("wage", "amount", (lowest,) if lowest else (), can_skip=bool(lowest))
        if (wage := self._wage(told)) is None:
            return
        if wage.per is None:
            yield Question("wage-per", "choice", _TIMES, can_skip=False, said_as="per")
        yield from _of_work(wage, figures, terms)
        flat = figures.known("income-tax", terms)
        yield Question("tax", "percent", (f"{flat.period.value}",) if flat else ())
        period = (("period", time_of(wage)),)
        nothing = f"{_NOTHING}-{wage.currency}"
        for step in ("rent", "deducted"):
            yield Question(step, "amount", (nothing,), fills=period)
        yield Question("food", "amount", fills=period)
        yield Question("send", "amount", (nothing,), fills=period)
        yield Question("stay", "number", between=(1, _MOST_MONTHS))

    def _wage(self, told: Told) -> Money | None:
        """The pay as it was told, or the lowest by law for whom did not know it."""
        wage = _money(told, "wage", NO_CURRENCY)
        if wage is not None:
            return wage if wage.per else replace(wage, per=cast("Per | None", known(told, "wage-per")))
        least = self.figures_of(told).known("least-pay", known(told, "terms"))
        if "wage" not in told or least is None:
            return None
        return Money(least.period.value, least.period.unit, cast("Per", least.period.per))


def loan(told: Told) -> Loan | None:
    """How a loan is paid back; None without a loan."""
    borrowed = _money(told, "loan", NO_CURRENCY)
    repay = _money(told, "repay", borrowed.currency) if borrowed else None
    if borrowed is None or repay is None or repay.currency != borrowed.currency:
        return None
    number, _, per = told.get("interest", "").partition("-")
    return pay_back(
        LoanFacts(
            loan=borrowed,
            repay=repay.value,
            interest=Decimal(number) if number else Decimal(0),
            per="month" if (per or told.get("interest-per")) == "month" else "year",
        )
    )


def _of_work(wage: Money, figures: FiguresInForce, terms: str | None) -> Iterator[Question]:
    """How much work, where pay is for an hour or a day."""
    if wage.per == "hour":
        sure = figures.known("paid-hours", terms)
        hours = (f"{sure.period.value}",) if sure else ()
        offered = tuple(dict.fromkeys((*hours, *_OFTEN_HOURS)))
        yield Question("hours", "number", offered, between=(1, _MOST_HOURS), can_skip=bool(sure))
    if wage.per == "day":
        yield Question("days", "number", _OFTEN_DAYS, between=(1, _MOST_DAYS), can_skip=False)


def _loan(told: Told) -> Iterator[Question]:
    yield Question("loan", "amount", can_skip=False)
    yield Question("interest", "percent", (_NOTHING,))
    if known(told, "interest") not in (None, _NOTHING) and "-" not in told.get("interest", ""):
        yield Question("interest-per", "choice", ("month", "year"), can_skip=False, said_as="per")
    yield Question("repay", "amount", can_skip=False)


def _transfer(told: Told) -> Iterator[Question]:
    yield Question("origin", "country")
    yield Question("sent", "amount", can_skip=False)
    sent = _money(told, "sent", NO_CURRENCY)
    nothing = (f"{_NOTHING}-{sent.currency}",) if sent else ()
    yield Question("sending-fee", "amount", nothing)
    yield Question("got", "amount")
    got = _money(told, "got", NO_CURRENCY)
    if sent is not None and got is not None:
        fills = (("currency", sent.currency), ("home", got.currency))
        yield Question("real-rate", "number", between=(0, 100_000), fills=fills)


def _unsettled(told: Told, asked: Sequence[Question]) -> Question | None:
    """The first amount of a sum must say in which money it is; others are in the same."""
    for question in asked:
        code = told.get(question.step, "")
        if question.step in _FIRST and code and not has_currency(code):
            return Question(question.step, "currency", (code,))
    return None


def _money(told: Told, step: str, currency: str) -> Money | None:
    """An amount that was told; of a range its lower end, without its money that of the first."""
    amount = amount_of(told.get(step, ""))
    if isinstance(amount, Between):
        amount = amount.low
    if not isinstance(amount, Money):
        return None
    is_said = amount.sure and amount.currency != NO_CURRENCY
    return amount if is_said or currency == NO_CURRENCY else replace(amount, currency=currency)


def _number(told: Told, step: str) -> Decimal | None:
    value = known(told, step)
    return Decimal(value.partition("-")[0]) if value else None  # a share may say of what time: `10-month`
