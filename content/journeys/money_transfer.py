"""What sending money costs: the fee, and what hides in the rate, as a share of what is sent.

As the World Bank counts it (Remittance Prices Worldwide): the fee is paid on top of what is sent, the hidden
part is what is sent less what the family gets at the real rate.
"""

from dataclasses import dataclass
from decimal import Decimal

from content.journeys.amounts import Money
from content.journeys.money_figures_in_force import FiguresInForce, Known

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """What is sent, the fee in the same money, what the family gets, and what 1 of our money is in theirs."""

    sent: Money
    fee: Decimal | None = None
    got: Money | None = None
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """The cost: `fee` and `hidden` in the money that is sent, None if not known; `percent` is of what is."""

    sent: Money
    fee: Decimal | None
    hidden: Decimal | None
    goal: Known | None
    average: Known | None
    cheapest: Known | None
    world: Known | None
    country: str | None

    @property
    def cost(self) -> Decimal:
        """The parts that are known, together."""
        return (self.fee or Decimal(0)) + (self.hidden or Decimal(0))

    @property
    def percent(self) -> Decimal:
        """The cost as a share of what is sent."""
        return self.cost / self.sent.value * _HUNDRED

    @property
    def is_good(self) -> bool | None:
        """Whether it costs at most what is the goal of the world's countries; None if not known."""
        if self.goal is None or self.hidden is None:
            return None
        return self.percent <= self.goal.period.value


def cost_of_sending(
    facts: TransferFacts, country: str | None, there: FiguresInForce, world: FiguresInForce
) -> Transfer:
    """What it costs, beside what it costs others."""
    hidden = None
    if facts.got is not None and facts.rate:
        hidden = facts.sent.value - facts.got.value / facts.rate
    average = there.known("transfer-average")
    return Transfer(
        sent=facts.sent,
        fee=facts.fee,
        hidden=hidden,
        goal=world.known("transfer-goal"),
        average=average,
        cheapest=there.known("transfer-cheapest"),
        world=None if average else world.known("transfer-average"),
        country=country,
    )
