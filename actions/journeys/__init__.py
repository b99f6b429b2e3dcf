"""The guided journeys, each with its steps and its words."""

from actions.journeys.agency_check import AgencyCheckJourney
from actions.journeys.career_guide import CareerGuideJourney
from actions.journeys.checklist import ChecklistJourney
from actions.journeys.fee_check import FeeCheckJourney
from actions.journeys.journey import Journey, State
from actions.journeys.money import MoneyJourney
from actions.journeys.offer_check import OfferCheckJourney
from actions.journeys.orientation import OrientationJourney
from actions.journeys.service_finder import ServiceFinderJourney

__all__ = [
    "AGENCY_CHECK",
    "BY_FORM",
    "CAREER_GUIDE",
    "CHECKLIST",
    "FEE_CHECK",
    "MONEY",
    "OFFER_CHECK",
    "ORIENTATION",
    "SERVICE_FINDER",
    "Journey",
    "State",
]

FEE_CHECK = FeeCheckJourney()
AGENCY_CHECK = AgencyCheckJourney()
OFFER_CHECK = OfferCheckJourney()
SERVICE_FINDER = ServiceFinderJourney()
ORIENTATION = OrientationJourney()
CAREER_GUIDE = CareerGuideJourney()
MONEY = MoneyJourney()
CHECKLIST = ChecklistJourney()

BY_FORM: dict[str, Journey] = {
    journey.form: journey
    for journey in (
        FEE_CHECK,
        AGENCY_CHECK,
        OFFER_CHECK,
        SERVICE_FINDER,
        ORIENTATION,
        CAREER_GUIDE,
        MONEY,
        CHECKLIST,
    )
}
"""All journeys by the name of their form in the engine."""
