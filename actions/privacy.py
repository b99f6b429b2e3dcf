"""The journey `privacy`: what is kept, and erasing it.

The engine writes the tracker after an action has run, so an action cannot erase it: the
confirmed wish is carried out by the bot when the engine has finished, which knows it by the
message's effect.
"""

from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from sqlalchemy.exc import SQLAlchemyError

from actions import slots
from actions.journeys import BY_FORM
from actions.navigation import Navigation
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.compose import Writer
from content.journeys.steps import Told
from content.messages import Message

_TOPIC = "privacy"


class ActionPrivacy(Navigation):
    """Says what is kept and for how long."""

    resumes = "offers"

    gives_way = False

    def name(self) -> str:
        return "action_privacy"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        writer = person.writer(shared)
        return _told(shared, person, writer) or compose.privacy(
            writer, shared.settings.keep_days, _journeys(tracker), _reminded(shared, person)
        )


def _journeys(tracker: Tracker) -> dict[str, Told]:
    """What this talk keeps of each journey."""
    return {journey.name: journey.shown(journey.state(tracker)) for journey in BY_FORM.values()}


def _reminded(shared: Resources, person: Person) -> date | None:
    """The day of their next reminder, if we know of any."""
    try:
        return shared.people.next_reminder(person.key)
    except SQLAlchemyError:
        return None


def _told(shared: Resources, person: Person, writer: Writer) -> Message | None:
    """The answer about what we keep that a typed question surely means, with the way to erase it."""
    decision = shared.search.find(person.text, person.searched_in, person.corridor)
    if decision.verdict != "sure":
        return None
    told = shared.repository.answer(decision.candidates[0].answer, person.language, person.corridor)
    if told is None or told.topic != _TOPIC:
        return None
    message = compose.answer(writer, told)
    return message.model_copy(update={"buttons": [writer.button("privacy.erase", "erase"), *message.buttons]})


class ActionEraseData(Navigation):
    """Asks once before everything is erased."""

    resumes = "offers"

    gives_way = False

    def name(self) -> str:
        return "action_erase_data"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        return compose.confirm_erase(person.writer(shared))

    def remember(self, person: Person, tracker: Tracker) -> list[EventType]:
        return person.remember(**{slots.REPEATED: slots.ERASE})


class ActionConfirmErase(Navigation):
    """Says that everything is erased; the bot erases before the person reads it."""

    resumes = "ends"

    def name(self) -> str:
        return "action_confirm_erase"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        return compose.erased(person.writer(shared))
