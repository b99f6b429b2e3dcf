"""The signs of a false offer and how much each weighs, from a file; ways that are closed, by date.

Not here: which of them an offer shows (`content.journeys.offer_check`).
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from content.schema import Part
from content.yaml_text import load

type SignId = Literal[
    "money-before-contract",
    "tourist-visa",
    "personal-account",
    "passport-asked",
    "chat-only",
    "pay-too-high",
    "no-address",
    "hurry",
    "no-contract",
    "contract-gaps",
    "scheme-not-for-origin",
    "scheme-agent",
    "scheme-not-open",
    "way-closed",
    "compound-country",
]

_FILE = Path(__file__).parent / "data" / "offer_signs.yml"


class Sign(Part):
    """How much a sign weighs, and the answers that say why."""

    weight: Literal["stop", "check"]
    answers: tuple[str, ...] = Field(min_length=1)


class Compounds(Part):
    """Countries of guarded places where people are made to cheat others, and the answer that names them."""

    destinations: tuple[str, ...]
    answer: str


class ClosedWay(Part):
    """A way abroad that was or is closed, from one day until another."""

    id: str
    sign: Literal["scheme-not-open", "way-closed"]
    scheme: str | None = None
    destination: str | None = None
    work: tuple[str, ...] = ()
    since: date | None = Field(alias="from")
    until: date | None
    answer: str

    def holds_on(self, day: date) -> bool:
        """Whether the way is closed on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class OfferSigns(Part):
    """`data/offer_signs.yml`."""

    signs: dict[SignId, Sign]
    compounds: Compounds
    no_agents: dict[str, str]
    closed: list[ClosedWay]


@cache
def offer_signs() -> OfferSigns:
    """The signs, read once."""
    return OfferSigns.model_validate(load(_FILE.read_text(encoding="utf-8")))
