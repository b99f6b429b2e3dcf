"""The journey `offer_check` in the engine: a job offer, beside the signs of false ones."""

from actions.journey_form import AskJourney, TellJourney, ValidateJourney
from actions.journeys import OFFER_CHECK


class ValidateOfferCheck(ValidateJourney):
    """Understands a message of the offer check."""

    journey = OFFER_CHECK


class AskOfferCheck(AskJourney):
    """Puts its next question."""

    journey = OFFER_CHECK


class TellOfferCheck(TellJourney):
    """Tells its result."""

    journey = OFFER_CHECK
