"""The journey `privacy`: what is kept, and erasing it.

The engine writes the tracker after an action has run, so an action cannot erase it: the
confirmed wish is carried out by the bot when the engine has finished, which knows it by the
message's effect.
"""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions import slots
from actions.navigation import Navigation
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.messages import Message


class ActionPrivacy(Navigation):
    """Says what is kept and for how long."""

    def name(self) -> str:
        return "action_privacy"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        return compose.privacy(person.writer(shared), shared.settings.keep_days)


class ActionEraseData(Navigation):
    """Asks once before everything is erased."""

    def name(self) -> str:
        return "action_erase_data"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        return compose.confirm_erase(person.writer(shared))

    def remember(self, person: Person, tracker: Tracker) -> list[EventType]:
        return person.remember(**{slots.REPEATED: slots.ERASE})


class ActionConfirmErase(Navigation):
    """Says that everything is erased; the bot erases before the person reads it."""

    def name(self) -> str:
        return "action_confirm_erase"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        return compose.erased(person.writer(shared))
