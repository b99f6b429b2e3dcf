"""The offer check as a journey: its steps with the signs of the library, and its result."""

from actions.journeys.destinations import destinations_for
from actions.journeys.journey import Journey
from actions.resources import Resources
from content import compose
from content.clock import today
from content.compose import Writer
from content.journeys.offer_check_steps import OfferJourney
from content.journeys.offer_signs import offer_signs
from content.journeys.steps import Question, Told, known
from content.messages import Message
from content.records import AgencyCheck, SchemeFacts
from content.words import SOURCE_LANGUAGE


class OfferCheckJourney(Journey):
    """Where from, where to, and one question for each sign of a false offer."""

    name = "offer-check"

    def next(self, shared: Resources, told: Told) -> Question | None:
        return _policy(shared, told).next(told)

    def result(self, shared: Resources, writer: Writer, told: Told) -> Message:
        outcome = _policy(shared, told).outcome(told)
        ways = shared.repository.records(AgencyCheck, SOURCE_LANGUAGE)
        at_home = (each.about.services for each in ways if each.about.country == known(told, "origin"))
        return compose.offer_check(writer, outcome, next(at_home, ()))


def _policy(shared: Resources, told: Told) -> OfferJourney:
    schemes = shared.repository.records(SchemeFacts, SOURCE_LANGUAGE)
    return OfferJourney(
        signs=offer_signs(),
        schemes=[each.about for each in schemes],
        destinations=destinations_for(shared, told),
        day=today(),
    )
