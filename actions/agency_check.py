"""The journey `agency_check` in the engine: who recruits, beside the registers and other ways to check."""

from actions.journey_form import AskJourney, TellJourney, ValidateJourney
from actions.journeys import AGENCY_CHECK


class ValidateAgencyCheck(ValidateJourney):
    """Understands a message of the agency check."""

    journey = AGENCY_CHECK


class AskAgencyCheck(AskJourney):
    """Puts its next question."""

    journey = AGENCY_CHECK


class TellAgencyCheck(TellJourney):
    """Tells its result."""

    journey = AGENCY_CHECK
