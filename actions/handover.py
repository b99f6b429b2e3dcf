"""The journey `handover`: somebody asks for a person; for now, the right services to call."""

from rasa_sdk import Tracker

from actions.navigation import Navigation
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.messages import Message


class ActionHandover(Navigation):
    """Names the services that help in the countries of the corridor."""

    def name(self) -> str:
        return "action_handover"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        return compose.handover(person.writer(shared))
