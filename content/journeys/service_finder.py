"""Service finder: which help lines and offices of a country fit a need, the best-fitting first.

Its steps: what help is needed, in which country the person is, and for papers also whose passport it is.
Not here: words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from content.fields import SOURCE_LANGUAGE
from content.journeys.steps import Question, Told, known
from content.opening import Now

# A consulate helps its own people only, mostly with papers; nobody is sent to another country's one.
OF_OWN_PEOPLE = "consulate"
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


class Opening(Protocol):
    """When somebody answers."""

    def at(self, moment: datetime) -> Now:
        """What they do at a moment (UTC)."""


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

    @property
    def serves(self) -> Sequence[str]:
        """The countries whose people alone it helps; none if it helps everybody."""

    @property
    def speaks(self) -> Sequence[str]:
        """Languages that are surely spoken there."""

    @property
    def opens(self) -> Opening | None:
        """When it answers, if that is known by the clock."""


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
    if known(told, "need") == "papers" and "passport" not in told:
        return Question("passport", "country")
    return None


def find_services(
    told: Told, there: Sequence[Service], *, language: str = SOURCE_LANGUAGE, at: datetime | None = None
) -> Found:
    """The services of a country (in the library's order) that fit: who has a phone first, then by kind.

    Among one kind those come first who speak the language, then those who answer at the moment `at` (UTC).
    Of those who help their own people only, none is named to a person of another passport. Where none fits,
    all others of the country but consulates: somebody there knows whom to call.
    """
    need, country = known(told, "need"), known(told, "country")
    kinds, answers = _NEEDS.get(need or "", ((), ()))
    fitting = sorted(
        (service for service in there if service.kind in kinds and _helps(service, known(told, "passport"))),
        key=lambda service: (
            not service.phones,
            kinds.index(service.kind),
            language != SOURCE_LANGUAGE and language not in service.speaks,
            _is_closed(service, at),
        ),
    )
    others = (service for service in there if service.kind != OF_OWN_PEOPLE)
    chosen = fitting or sorted(others, key=lambda service: not service.phones)
    return Found(
        need=need,
        country=country,
        services=tuple(service.id for service in chosen[:_MOST]),
        fits=bool(fitting) or not kinds,
        answers=answers,
    )


def _helps(service: Service, passport: str | None) -> bool:
    """Whether it helps people of a passport; where that is not known, whoever calls is told."""
    return passport is None or not service.serves or passport in service.serves


def _is_closed(service: Service, at: datetime | None) -> bool:
    return at is not None and service.opens is not None and not service.opens.at(at).answers
