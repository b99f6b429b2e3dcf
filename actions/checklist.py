"""The journey `checklist` in the engine: what to do by when."""

from actions.journey_form import AskJourney, TellJourney, ValidateJourney
from actions.journeys import CHECKLIST


class ValidateChecklist(ValidateJourney):
    """Understands a message of the checklist."""

    journey = CHECKLIST


class AskChecklist(AskJourney):
    """Puts its next question."""

    journey = CHECKLIST


class TellChecklist(TellJourney):
    """Says that it was stopped; the list itself stays open."""

    journey = CHECKLIST
