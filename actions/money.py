"""The journey `money` in the engine: what is left of the pay, a loan, sending money."""

from actions.journey_form import AskJourney, TellJourney, ValidateJourney
from actions.journeys import MONEY


class ValidateMoney(ValidateJourney):
    """Understands a message of the sums."""

    journey = MONEY


class AskMoney(AskJourney):
    """Puts its next question."""

    journey = MONEY


class TellMoney(TellJourney):
    """Tells its result."""

    journey = MONEY
