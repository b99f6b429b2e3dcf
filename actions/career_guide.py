"""The journey `career_guide` in the engine: which schemes and jobs may fit."""

from actions.journey_form import AskJourney, TellJourney, ValidateJourney
from actions.journeys import CAREER_GUIDE


class ValidateCareerGuide(ValidateJourney):
    """Understands a message of the career guide."""

    journey = CAREER_GUIDE


class AskCareerGuide(AskJourney):
    """Puts its next question."""

    journey = CAREER_GUIDE


class TellCareerGuide(TellJourney):
    """Tells its result."""

    journey = CAREER_GUIDE
