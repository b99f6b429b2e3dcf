"""The career guide as a journey: its steps with the schemes and occupations of the store, and its result."""

from typing import Any

from actions.journeys.journey import Journey, State
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.compose import CareerTexts, Writer
from content.journeys.career_guide import guide
from content.journeys.career_guide_steps import facts_of, next_question, sectors_of
from content.journeys.steps import Question, Told
from content.messages import Message
from content.records import OccupationFacts, SchemeFacts
from content.words import SOURCE_LANGUAGE


class CareerGuideJourney(Journey):
    """Nine questions about the person; then which schemes and jobs may fit."""

    name = "career-guide"

    def next(self, shared: Resources, told: Told) -> Question | None:
        snapshot = shared.repository.snapshot()
        schemes = (each.about for each in snapshot.records(SchemeFacts, SOURCE_LANGUAGE))
        occupations = (each.about for each in snapshot.records(OccupationFacts, SOURCE_LANGUAGE))
        return next_question(told, sectors_of(schemes, occupations))

    def result(self, shared: Resources, writer: Writer, told: Told) -> Message:
        repository, facts = shared.repository, facts_of(told)
        schemes = {each.about.id: each for each in repository.records(SchemeFacts, writer.language)}
        occupations = {each.about.id: each for each in repository.records(OccupationFacts, writer.language)}
        at_home = repository.services(writer.language, country=facts.origin) if facts.origin else ()
        outcome = guide(
            facts,
            [each.about for each in schemes.values()],
            [each.about for each in occupations.values()],
            at_home,
        )
        return compose.career_guide(writer, facts, outcome, CareerTexts(schemes, occupations))

    def begun(self, shared: Resources, person: Person, before: Told) -> dict[str, str]:
        """What was told the last time; else where the person comes from."""
        if before:
            return dict(before)
        return {"origin": person.corridor.origin} if person.corridor.origin else {}

    def left(self, state: State) -> dict[str, Any] | None:
        """What was told, to be gone on with."""
        return State(told=state.told).kept()
