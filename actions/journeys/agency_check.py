"""The agency check as a journey: its steps with the registers of the store, and its result."""

from actions.journeys.journey import Journey
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.clock import today
from content.compose import Writer
from content.journeys.agency_check_steps import AgencyJourney
from content.journeys.steps import Question, Told
from content.messages import Message
from content.records import AgencyCheck
from content.words import SOURCE_LANGUAGE


class AgencyCheckJourney(Journey):
    """In which country, which name, which number."""

    name = "agency-check"

    def next(self, shared: Resources, told: Told) -> Question | None:
        return _policy(shared).next(told)

    def result(self, shared: Resources, writer: Writer, told: Told) -> Message:
        name = told.get("name") or told.get("licence") or ""
        return compose.agency_check(writer, _policy(shared).outcome(told), name)

    def begun(self, shared: Resources, person: Person, before: Told) -> dict[str, str]:
        """Nothing: an agency may recruit in another country than the person's."""
        return {}


def _policy(shared: Resources) -> AgencyJourney:
    ways = shared.repository.records(AgencyCheck, SOURCE_LANGUAGE)
    return AgencyJourney(shared.registers, [each.about for each in ways], today())
