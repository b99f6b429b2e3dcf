"""The service finder as a journey: its steps with the services of the store, and its result."""

from actions.journeys.journey import Journey
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.compose import Writer
from content.journeys.service_finder import find_services, next_question
from content.journeys.steps import Question, Told, known
from content.messages import Message


class ServiceFinderJourney(Journey):
    """What help is needed, and in which country."""

    name = "service-finder"

    def next(self, shared: Resources, told: Told) -> Question | None:
        return next_question(told)

    def result(self, shared: Resources, writer: Writer, told: Told) -> Message:
        country = known(told, "country")
        there = shared.repository.services(writer.language, country=country) if country else ()
        return compose.service_finder(writer, find_services(told, there))

    def begun(self, shared: Resources, person: Person, before: Told) -> dict[str, str]:
        """Nothing: where somebody is now is neither where they come from nor where they want to go."""
        return {}
