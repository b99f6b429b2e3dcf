"""The steps of the career guide: what is asked next, and the facts that the steps come to.

Not here: what fits (`content.journeys.career_guide`), and words.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from content.journeys.career_guide import (
    Away,
    CareerFacts,
    Costs,
    Family,
    Level,
    Obstacle,
    School,
)
from content.journeys.steps import Question, Told, known, numbered
from content.records import OccupationFacts, SchemeFacts

NONE = "none"
_OFFERED_WORK = (
    "farm-work", "fruit-vegetables", "fishing-aquaculture", "meat-processing", "construction",
    "manufacturing", "hospitality-tourism", "aged-care", "domestic-work", "driving-transport", NONE,
)  # fmt: skip
_QUESTIONS = (
    Question("origin", "country"),
    Question("age", "number", between=(14, 99)),
    Question("school", "choice", ("little", "primary", "secondary", "trade", "degree")),
    Question("work-1", "choice", _OFFERED_WORK, several=True, said_as="experience"),
    Question("english", "choice", ("none", "some", "good")),
    Question("family", "choice", ("stays", "comes", NONE)),
    Question("away", "choice", ("season", "years", "settle")),
    Question("obstacle-1", "choice", (NONE, "no-passport", "health", "police"), several=True),
    Question("costs", "choice", ("saved", "borrow", "employer")),
)


def sectors_of(schemes: Iterable[SchemeFacts], occupations: Iterable[OccupationFacts]) -> tuple[str, ...]:
    """The kinds of work that some scheme or occupation of the library names."""
    named = [sector for scheme in schemes for sector in scheme.sectors]
    asked = [each.sector for occupation in occupations for each in occupation.demand if each.sector]
    return tuple(dict.fromkeys((*named, *asked)))


def next_question(told: Told, sectors: tuple[str, ...]) -> Question | None:
    """What to ask next; `sectors` are the kinds of work that help to choose."""
    asked = next((question for question in _QUESTIONS if question.step not in told), None)
    return replace(asked, also=sectors) if asked is not None and asked.about == "work" else asked


def facts_of(told: Told) -> CareerFacts:
    """What the steps come to."""
    age = known(told, "age")
    return CareerFacts(
        origin=known(told, "origin"),
        age=int(age) if age else None,
        school=cast("School | None", known(told, "school")),
        work=tuple(_said(told, "work")),
        english=cast("Level | None", known(told, "english")),
        family=cast("Family | None", known(told, "family")),
        away=cast("Away | None", known(told, "away")),
        obstacles=tuple(cast("Obstacle", each) for each in _said(told, "obstacle")),
        costs=cast("Costs | None", known(told, "costs")),
    )


def _said(told: Told, step: str) -> Iterable[str]:
    return (value for _, value in numbered(told, step) if value not in ("", NONE))
