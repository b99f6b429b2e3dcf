"""The journey `orientation` in the engine: a course before departure."""

from actions.journey_form import AskJourney, TellJourney, ValidateJourney
from actions.journeys import ORIENTATION


class ValidateOrientation(ValidateJourney):
    """Understands a message of the orientation."""

    journey = ORIENTATION


class AskOrientation(AskJourney):
    """Puts its next question."""

    journey = ORIENTATION


class TellOrientation(TellJourney):
    """Tells its result."""

    journey = ORIENTATION
