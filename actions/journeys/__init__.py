"""The guided journeys, each with its steps and its words."""

from actions.journeys.fee_check import FeeCheckJourney
from actions.journeys.journey import Journey, State

__all__ = ["BY_FORM", "FEE_CHECK", "Journey", "State"]

FEE_CHECK = FeeCheckJourney()

BY_FORM: dict[str, Journey] = {journey.form: journey for journey in (FEE_CHECK,)}
"""All journeys by the name of their form in the engine."""
