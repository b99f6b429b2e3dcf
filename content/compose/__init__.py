"""Making messages: library texts and catalogue words put together, the same for every channel.

`actions` uses it for the engine's replies, `bot` for those that must work without the engine.
"""

from content.compose.agency_check import agency_check
from content.compose.answers import answer, clarify, fallback, nothing
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
from content.compose.navigation import greeting, languages, menu, notice, smalltalk, topic
from content.compose.offer_check import offer_check
from content.compose.orientation import orientation_feedback, orientation_place, orientation_summary
from content.compose.people import confirm_erase, erased, handover, privacy
from content.compose.service_finder import service_finder
from content.compose.team import team_closed, team_consent, team_notice, team_said
from content.compose.writer import Writer

__all__ = [
    "Writer",
    "agency_check",
    "answer",
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
    "nothing",
    "notice",
    "offer_check",
    "orientation_feedback",
    "orientation_place",
    "orientation_summary",
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
