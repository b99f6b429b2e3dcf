"""The steps of the offer check: where from and where to, then one question for each sign.

Not here: what the signs weigh (`content.journeys.offer_check`), and words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from content.journeys.offer_check import OfferFacts, OfferOutcome, check_offer
from content.journeys.offer_signs import OfferSigns
from content.journeys.places import places_to_offer, way_to
from content.journeys.steps import Question, Told, known
from content.records import SchemeFacts

CONTRACT_POINTS = ("names", "work", "hours", "pay", "sickness", "costs", "end", "language")
"""What a contract should say; the answer `rights.contract` says so, with its sources."""

_YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class OfferJourney:
    """The journey on a day, with the signs and the schemes of the library; likeliest destinations first."""

    signs: OfferSigns
    schemes: Sequence[SchemeFacts]
    destinations: Sequence[str]
    day: date

    def next(self, told: Told) -> Question | None:
        """What to ask next."""
        return next((asked for asked in self._questions(told) if asked.step not in told), None)

    def outcome(self, told: Told) -> OfferOutcome:
        """The signs that the offer shows."""
        return check_offer(self.facts(told), self.signs, self.schemes, self.day)

    def facts(self, told: Told) -> OfferFacts:
        """What the steps come to; a scheme leads to its own country."""
        way = way_to(known(told, "place"))
        scheme = next((each for each in self.schemes if each.scheme == way.scheme), None)
        return OfferFacts(
            origin=known(told, "origin"),
            destination=way.destination or (scheme.destination if scheme else None),
            scheme=way.scheme,
            visa=cast("Literal['work', 'tourist', 'none'] | None", known(told, "visa")),
            account=cast("Literal['company', 'person', 'cash'] | None", known(told, "account")),
            contact=cast("Literal['chat-only', 'office', 'labour-office'] | None", known(told, "contact")),
            pay=cast("Literal['usual', 'too-high'] | None", known(told, "pay")),
            contract_lacks=tuple(point for point in CONTRACT_POINTS if told.get(f"contract-{point}") == "no"),
            **dict(_said(told)),
        )

    def _questions(self, told: Told) -> Iterator[Question]:
        """All questions of this offer, in order; some only where they can tell something."""
        yield Question("origin", "country")
        origin = known(told, "origin")
        yield Question("place", "place", places_to_offer(origin, self.schemes, self.destinations))
        facts = self.facts(told)
        if facts.scheme in self.signs.no_agents:
            yield Question("through-agent", "choice", _YES_NO)
        yield Question("contact", "choice", ("chat-only", "office", "labour-office"))
        yield Question("money-first", "choice", _YES_NO)
        if facts.money_first:
            yield Question("account", "choice", ("person", "company", "cash"))
        yield Question("visa", "choice", ("work", "tourist", "none"))
        yield Question("pay", "choice", ("usual", "too-high"))
        if facts.destination in self.signs.compounds.destinations:
            yield Question("ticket-free", "choice", _YES_NO)
        for step in ("passport-asked", "address-known", "hurry", "contract"):
            yield Question(step, "choice", _YES_NO)
        if facts.contract:
            yield Question("contract-check", "choice", _YES_NO, can_skip=False)
        if told.get("contract-check") == "yes":
            yield from (_of_contract(point) for point in CONTRACT_POINTS)


def _of_contract(point: str) -> Question:
    """Whether a point stands in the contract."""
    fills = (("point", point),)
    return Question(f"contract-{point}", "choice", _YES_NO, fills=fills, one_of="contract-point")


def _said(told: Told) -> Iterator[tuple[str, Any]]:
    """The questions of yes and no, as facts."""
    for step in (
        "money-first", "passport-asked", "address-known", "hurry", "contract", "ticket-free", "through-agent"
    ):  # fmt: skip
        value = known(told, step)
        yield step.replace("-", "_"), None if value is None else value == "yes"
