"""The journey `handover`: somebody asks for a person. The services to call, and our team if it is there.

The talk with our team itself goes past the engine (`bot.handover`).
"""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions import slots
from actions.navigation import Navigation
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.messages import Message


class ActionHandover(Navigation):
    """Names the services that help in the countries of the corridor, and offers our team."""

    resumes = "offers"

    def name(self) -> str:
        return "action_handover"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        return compose.handover(person.writer(shared), shared.team.offer(person.language))

    def remember(self, person: Person, tracker: Tracker) -> list[EventType]:
        return person.remember(**{slots.REPEATED: slots.PERSON})
