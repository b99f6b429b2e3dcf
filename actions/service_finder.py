"""The journey `service_finder` in the engine: who helps, near the person."""

from actions.journey_form import AskJourney, TellJourney, ValidateJourney
from actions.journeys import SERVICE_FINDER


class ValidateServiceFinder(ValidateJourney):
    """Understands a message of the service finder."""

    journey = SERVICE_FINDER


class AskServiceFinder(AskJourney):
    """Puts its next question."""

    journey = SERVICE_FINDER


class TellServiceFinder(TellJourney):
    """Tells its result."""

    journey = SERVICE_FINDER
