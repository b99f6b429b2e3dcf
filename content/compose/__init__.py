"""Making messages: library texts and catalogue words put together, the same for every channel.

`actions` uses it for the engine's replies, `bot` for those that must work without the engine.
"""

from content.compose.agency_check import agency_check
from content.compose.answers import answer, clarify, fallback, nothing
from content.compose.career_guide import CareerTexts, career_guide
from content.compose.checklist import ChecklistView, checklist, checklist_consent, checklist_reminder
from content.compose.corridor import corridor
from content.compose.danger import danger, still_here
from content.compose.fee_check import fee_check
from content.compose.journeys import (
    journey_button,
    journey_hint,
    journey_question,
    journey_starts,
    journey_stopped,
    journey_taken,
    journey_which,
    journey_why,
)
from content.compose.money import money_loan, money_take_home, money_too_little, money_transfer
from content.compose.navigation import greeting, languages, menu, notice, smalltalk, topic
from content.compose.offer_check import offer_check, offer_read, offer_seen
from content.compose.orientation import orientation_feedback, orientation_place, orientation_summary
from content.compose.people import confirm_erase, erased, handover, placed, privacy
from content.compose.service_finder import service_finder
from content.compose.team import team_closed, team_consent, team_notice, team_said
from content.compose.writer import Writer

__all__ = [
    "CareerTexts",
    "ChecklistView",
    "Writer",
    "agency_check",
    "answer",
    "career_guide",
    "checklist",
    "checklist_consent",
    "checklist_reminder",
    "clarify",
    "confirm_erase",
    "corridor",
    "danger",
    "erased",
    "fallback",
    "fee_check",
    "greeting",
    "handover",
    "journey_button",
    "journey_hint",
    "journey_question",
    "journey_starts",
    "journey_stopped",
    "journey_taken",
    "journey_which",
    "journey_why",
    "languages",
    "menu",
    "money_loan",
    "money_take_home",
    "money_too_little",
    "money_transfer",
    "nothing",
    "notice",
    "offer_check",
    "offer_read",
    "offer_seen",
    "orientation_feedback",
    "orientation_place",
    "orientation_summary",
    "placed",
    "privacy",
    "service_finder",
    "smalltalk",
    "still_here",
    "team_closed",
    "team_consent",
    "team_notice",
    "team_said",
    "topic",
]
