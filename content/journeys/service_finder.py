"""Service finder: which help lines and offices of a country fit a need, the best-fitting first.

Its steps are two: what help is needed, and in which country the person is. Not here: words, opening hours
(they are told as their sources write them).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from content.journeys.steps import Question, Told, known

# A consulate helps its own people only, mostly with papers; nobody is sent to another country's one.
_OF_OWN_PEOPLE = "consulate"
# What each need leads to: kinds of services, the best-fitting first, and answers that go with it.
_NEEDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "wages": (
        ("labour", "scheme", "union", "legal", "sending-unit", "ngo"),
        ("rights.unpaid-wages", "rights.evidence"),
    ),
    "agent": (("labour", "sending-unit", "trafficking", "police"), ("fees.report-scam", "fees.check-agency")),
    "apply": (("sending-unit", "labour", "scheme"), ("fees.who-pays", "decide.which-scheme-fits-me")),
    "papers": (("consulate", "immigration", "labour"), ("rights.passport-held", "rights.consulate")),
    "health": (("health", "emergency", "interpreter", "union"), ("rights.injury", "rights.pregnant")),
    "unsafe": (
        ("emergency", "police", "shelter", "trafficking", "counselling"),
        ("rights.safety-plan", "rights.forced-labour"),
    ),
    "law": (("legal", "union", "labour", "ngo", "immigration"), ("rights.complain", "rights.basics")),
    "talk": (("counselling", "ngo", "union"), ("rights.crisis", "family.keeping-in-touch")),
}
NEEDS = tuple(_NEEDS)
"""The needs in the order in which they are offered."""

_MOST = 6


class Service(Protocol):
    """What the finder looks at of a service."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> str:
        """What kind of office it is."""

    @property
    def phones(self) -> Sequence[str]:
        """Its numbers."""


@dataclass(frozen=True, slots=True)
class Found:
    """The services to turn to, ids in order; `fits` is false if all are for other needs."""

    need: str | None
    country: str | None
    services: tuple[str, ...]
    fits: bool
    answers: tuple[str, ...]


def next_question(told: Told) -> Question | None:
    """What to ask next."""
    if "need" not in told:
        return Question("need", "choice", choices=NEEDS)
    if "country" not in told:
        return Question("country", "country", anywhere=True, can_skip=False)
    return None


def find_services(told: Told, there: Sequence[Service]) -> Found:
    """The services of a country (in the library's order) that fit: who has a phone first, then by kind.

    Where none fits, all others of the country but consulates: somebody there knows whom to call.
    """
    need, country = known(told, "need"), known(told, "country")
    kinds, answers = _NEEDS.get(need or "", ((), ()))
    fitting = sorted(
        (service for service in there if service.kind in kinds),
        key=lambda service: (not service.phones, kinds.index(service.kind)),
    )
    others = (service for service in there if service.kind != _OF_OWN_PEOPLE)
    chosen = fitting or sorted(others, key=lambda service: not service.phones)
    return Found(
        need=need,
        country=country,
        services=tuple(service.id for service in chosen[:_MOST]),
        fits=bool(fitting) or not kinds,
        answers=answers,
    )
