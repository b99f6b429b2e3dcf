"""Agency check: a name or licence number beside a country's imported registers, else the country's own way.

A register says what was true on the day it was imported, and a name that is merely like another one is never
a yes. Not here: finding likenesses (`content.registers`), words, and the signs of a false agency, which are
answers of the library.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from content.journeys.licences import LicenceState, same_name, state_of
from content.records import AgencyCheck
from content.registers import AgencyText, RegisterText

OLD_AFTER_DAYS = 90
"""From then on a register is told to be old: licences are given and taken every week."""

type Verdict = Literal[
    "licensed",
    "not-valid",
    "state-not-known",
    "number-of-another",
    "look-alike",
    "not-found",
    "no-register",
    "public-only",
    "no-country",
]
type Doubt = Literal["old-register", "several", "name-only", "number-not-found", "like-others"]

_FALSE_AGENT = ("fees.fake-agent", "fees.check-agency")


class Looks(Protocol):
    """Where agencies are looked up; `content.registers.Registers` is one."""

    def of_country(self, country: str) -> tuple[RegisterText, ...]:
        """The registers of a country that are in force."""

    def by_licence(self, country: str, licence: str) -> tuple[AgencyText, ...]:
        """Agencies with a licence number."""

    def by_name(self, country: str, name: str, *, most: int = 5) -> tuple[AgencyText, ...]:
        """Agencies whose names are like a name, the likest first."""


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What a person knows of who recruits: the name, a licence number, and in which country."""

    country: str | None
    name: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class FoundAgency:
    """An agency of a register, and the state of its licence on the day."""

    agency: AgencyText
    state: LicenceState


@dataclass(frozen=True, slots=True)
class AgencyOutcome:
    """What can be said of an agency on a day.

    `found` are the agencies that the verdict is about, `alike` others of a similar name. `way` is the
    country's own way to check, always told with it; `answers` and `services` are ids.
    """

    verdict: Verdict
    on: date
    found: tuple[FoundAgency, ...] = ()
    alike: tuple[FoundAgency, ...] = ()
    registers: tuple[RegisterText, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    way: AgencyCheck | None = None
    answers: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


def check_agency(
    facts: AgencyFacts,
    registers: Looks,
    ways: Sequence[AgencyCheck],
    day: date,
    *,
    old_after_days: int = OLD_AFTER_DAYS,
) -> AgencyOutcome:
    """What the registers say of an agency, or how to check it oneself."""
    if facts.country is None:
        return AgencyOutcome("no-country", day, answers=_FALSE_AGENT)
    way = next((each for each in ways if each.country == facts.country), None)
    of_country = registers.of_country(facts.country)
    looked = _looked(facts, facts.country, registers, day) if of_country else _Looked(_without(way))
    old = any((day - each.imported_on).days > old_after_days for each in of_country)
    doubts: tuple[Doubt, ...] = (*looked.doubts, "old-register") if old else looked.doubts
    return AgencyOutcome(
        verdict=looked.verdict,
        on=day,
        found=looked.found,
        alike=looked.alike,
        registers=of_country,
        doubts=doubts,
        way=way,
        answers=tuple(dict.fromkeys((*(way.answers if way else ()), *_FALSE_AGENT))),
        services=way.services if way else (),
    )


@dataclass(frozen=True, slots=True)
class _Looked:
    verdict: Verdict
    found: tuple[FoundAgency, ...] = ()
    alike: tuple[FoundAgency, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def _without(way: AgencyCheck | None) -> Verdict:
    return "public-only" if way is not None and way.recruiting == "public-only" else "no-register"


def _looked(facts: AgencyFacts, country: str, registers: Looks, day: date) -> _Looked:
    numbered = _states(registers.by_licence(country, facts.licence), day) if facts.licence else ()
    named = _states(registers.by_name(country, facts.name), day) if facts.name else ()
    same = tuple(each for each in named if same_name(each.agency.name, facts.name))
    alike = tuple(each for each in named if each not in same)
    if numbered:
        return _by_number(facts, numbered, alike=tuple(each for each in named if each not in numbered))
    missed: tuple[Doubt, ...] = ("number-not-found",) if facts.licence else ()
    if not same:
        return _Looked("look-alike" if alike else "not-found", alike=alike, doubts=missed)
    doubts: tuple[Doubt, ...] = (*missed, "name-only", *_crowd(same, alike))
    if missed:
        return _Looked("look-alike", alike=(*same, *alike), doubts=missed)
    return _Looked(_verdict(same), found=same, alike=alike, doubts=doubts)


def _by_number(
    facts: AgencyFacts, numbered: tuple[FoundAgency, ...], alike: tuple[FoundAgency, ...]
) -> _Looked:
    """A number is an agency's own only under its own name."""
    mine = tuple(each for each in numbered if same_name(each.agency.name, facts.name))
    if facts.name and not mine:
        return _Looked("number-of-another", found=numbered, alike=alike)
    found = mine or numbered
    return _Looked(_verdict(found), found=found, alike=alike, doubts=_crowd(found, alike))


def _crowd(found: Sequence[FoundAgency], alike: Sequence[FoundAgency]) -> tuple[Doubt, ...]:
    several: tuple[Doubt, ...] = ("several",) if len(found) > 1 else ()
    return (*several, "like-others") if alike else several


def _states(agencies: Sequence[AgencyText], day: date) -> tuple[FoundAgency, ...]:
    return tuple(FoundAgency(agency, state_of(agency, day)) for agency in agencies)


def _verdict(found: Sequence[FoundAgency]) -> Verdict:
    """Licensed only if every entry that it may be is valid."""
    states = {each.state for each in found}
    if states == {"valid"}:
        return "licensed"
    return "state-not-known" if states <= {"valid", "unknown"} else "not-valid"
