"""The service finder as a journey: its steps with the services of the store, and its result."""

from actions.journeys.journey import Journey
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.clock import now
from content.compose import Writer
from content.journeys.service_finder import OF_OWN_PEOPLE, find_services, next_question
from content.journeys.steps import Question, Told, known
from content.messages import Message


class ServiceFinderJourney(Journey):
    """What help is needed, in which country, and for papers whose passport."""

    name = "service-finder"

    def next(self, shared: Resources, told: Told) -> Question | None:
        return next_question(told)

    def result(self, shared: Resources, writer: Writer, told: Told) -> Message:
        country, passport, at = known(told, "country"), known(told, "passport"), now()
        services = shared.repository.services
        there = services(writer.language, country=country) if country else ()
        if (
            passport and passport != country
        ):  # who helps the people of a country abroad stands in its own file
            there += services(writer.language, country=passport, kinds=(OF_OWN_PEOPLE,))
        found = find_services(told, there, language=writer.language, at=at)
        return compose.service_finder(writer, found, at)

    def begun(self, shared: Resources, person: Person, before: Told) -> dict[str, str]:
        """Nothing: where somebody is now is neither where they come from nor where they want to go."""
        return {}
