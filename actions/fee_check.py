"""The journey `fee_check` in the engine: what somebody is asked to pay, beside the rules in force today."""

from actions.journey_form import AskJourney, TellJourney, ValidateJourney
from actions.journeys import FEE_CHECK


class ValidateFeeCheck(ValidateJourney):
    """Understands a message of the fee check."""

    journey = FEE_CHECK


class AskFeeCheck(AskJourney):
    """Puts its next question."""

    journey = FEE_CHECK


class TellFeeCheck(TellJourney):
    """Tells its result."""

    journey = FEE_CHECK
