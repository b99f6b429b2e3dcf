"""The steps of the fee check: what is asked next, and the facts that the steps come to.

Not here: the rules (`content.journeys.fee_check`), and words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast, get_args

from content.journeys.amount_codes import amount_of, has_currency
from content.journeys.amounts import Amount, Money
from content.journeys.fee_check import Asked, Asker, Fee, FeeFacts, FeesOutcome, check_fees
from content.journeys.fee_limit import Missing, Pay
from content.journeys.fee_rules_in_force import Way
from content.journeys.places import places_to_offer, way_to
from content.journeys.steps import Question, Told, known, numbered
from content.records import FeeItem, FeeRules, SchemeFacts

MOST_FEES = 8
"""So many things somebody may be asked to pay for in one check."""

ASKERS: tuple[Asker, ...] = ("agency", "person", "employer", "public-office")
OFFERED_ITEMS: tuple[Asked, ...] = (
    "placement", "processing", "visa", "medical", "training", "ticket", "deposit", "documents", "total",
    "unknown",
)  # fmt: skip
_OTHER_ITEMS = tuple(item for item in get_args(FeeItem) if item not in OFFERED_ITEMS)
NO_SCHEME = "none"
OTHER_WORK = "other"
_YES = "yes"


@dataclass(frozen=True, slots=True)
class FeeCheck:
    """The journey on a day, with the records of the library; the likeliest destinations first."""

    rules: Sequence[FeeRules]
    schemes: Sequence[SchemeFacts]
    destinations: Sequence[str]
    day: date

    def next(self, told: Told) -> Question | None:
        """What to ask next; None if everything is told that can be."""
        if "origin" not in told:
            return Question("origin", "country")
        if "place" not in told:
            return Question("place", "place", self._places(known(told, "origin")))
        return _about_fees(told) or self._about_limits(told)

    def outcome(self, told: Told) -> FeesOutcome:
        """What can be said of all fees."""
        return check_fees(facts_of(told), self.rules, self.schemes, self.day)

    def _places(self, origin: str | None) -> tuple[str, ...]:
        """The schemes for people from there, then countries."""
        return places_to_offer(origin, self.schemes, self.destinations)

    def _about_limits(self, told: Told) -> Question | None:
        """What a limit or a condition of a rule still needs."""
        missing = {name for fee in self.outcome(told).fees for name in fee.missing}
        steps: tuple[tuple[Missing, str], ...] = (
            ("scheme", "scheme"),
            ("work", "work"),
            ("monthly-pay", "pay"),
            ("contract-length", "months"),
        )
        step = next((step for name, step in steps if name in missing and step not in told), None)
        if step == "scheme":
            return Question("scheme", "choice", (*self._schemes_that_matter(told), NO_SCHEME))
        if step == "work":
            return Question("work", "choice", (*self._work_that_matters(told), OTHER_WORK))
        if step == "pay":
            return Question("pay", "amount")
        if step == "months":
            return Question("months", "months")
        return _unpaid(told)

    def _schemes_that_matter(self, told: Told) -> tuple[str, ...]:
        return _distinct(
            might.rule.rule.scheme
            for fee in self.outcome(told).fees
            for might in fee.might_apply
            if "scheme" in might.unknown and might.rule.rule.scheme
        )

    def _work_that_matters(self, told: Told) -> tuple[str, ...]:
        return _distinct(
            work
            for fee in self.outcome(told).fees
            for might in fee.might_apply
            if "work" in might.unknown
            for work in might.rule.rule.work
        )


def facts_of(told: Told) -> FeeFacts:
    """What the steps come to."""
    paid = told.get("paid") == _YES
    asked_by = cast("Asker", known(told, "asker") or "unknown")
    fees = [
        Fee(cast("Asked", item or "unknown"), _amount(told, f"amount-{number}"), asked_by=asked_by, paid=paid)
        for number, item in numbered(told, "fee")
    ]
    months = known(told, "months")
    return FeeFacts(
        way_of(told),
        tuple(fees),
        Pay(_monthly(_amount(told, "pay")), int(months) if months else None),
    )


def _monthly(pay: Amount | None) -> Money | None:
    """Pay as it is a month; that of an hour or a day says nothing of it. A month is what was asked for."""
    if not isinstance(pay, Money) or pay.per in ("hour", "day"):
        return None
    months = {"week": Decimal(52) / 12, "year": Decimal(1) / 12}.get(pay.per or "", Decimal(1))
    return replace(pay, value=pay.value * months, per="month")


def way_of(told: Told) -> Way:
    """Where from, where to, with which scheme, to which work."""
    way = way_to(known(told, "place"))
    return replace(
        way,
        origin=known(told, "origin"),
        scheme=way.scheme or known(told, "scheme"),
        work=known(told, "work"),
    )


def _about_fees(told: Told) -> Question | None:
    """What the money is for, how much it is, who asks for it; one after the other."""
    number = len(list(numbered(told, "fee"))) + 1
    if number == 1:
        return _which_fee(1)
    if (amount := _about_amounts(told)) is not None:
        return amount
    if "asker" not in told:
        return Question("asker", "choice", ASKERS)
    more = f"more-{number - 1}"
    if number <= MOST_FEES and more not in told:
        return Question(more, "choice", ("yes", "no"), can_skip=False)
    if told.get(more) == _YES:
        return _which_fee(number)
    return None


def _which_fee(number: int) -> Question:
    return Question(f"fee-{number}", "choice", OFFERED_ITEMS, several=True, can_skip=False, also=_OTHER_ITEMS)


def _about_amounts(told: Told) -> Question | None:
    for number, _ in numbered(told, "fee"):
        step = f"amount-{number}"
        if step not in told:
            return Question(step, "amount", of=f"fee-{number}")
        if not has_currency(told[step]):
            return Question(step, "currency", (told[step],), of=f"fee-{number}")
    return None


def _unpaid(told: Told) -> Question | None:
    return None if "paid" in told else Question("paid", "choice", ("no", "yes"), can_skip=False)


def _amount(told: Told, step: str) -> Amount | None:
    code = known(told, step)
    return amount_of(code) if code and has_currency(code) else None


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
