"""The journey `danger`: the safety reply, whatever else is under way."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import journal, slots
from actions.person import Person, entity
from actions.replies import send
from actions.resources import Resources
from actions.turn import TurnAction
from content import compose


class ActionDanger(TurnAction):
    """Tells what to do now, and whom to call in the country where the person is."""

    resumes = "offers"

    def name(self) -> str:
        return "action_danger"

    def turn(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = Person.read(tracker, shared)
        kind = entity(tracker, slots.DANGER_KIND) or shared.net.kind_of(person.text)
        message = compose.danger(person.writer(shared), kind, _country(tracker, person))
        send(dispatcher, message)
        journal.count(shared, person, message)
        return person.remember(**{slots.REPEATED: slots.DANGER})


def _country(tracker: Tracker, person: Person) -> str | None:
    """Where the person probably is; None if that is to be asked.

    The country of a pressed button is taken as it is. In words, a country of work counts and a
    home country does not: "I want to go home to Vanuatu" is not written there.
    """
    in_words = bool(person.text) or entity(tracker, slots.DANGER_KIND) is not None
    if in_words:
        return person.corridor.destination
    pressed_again = tracker.get_slot(slots.REPEATED) == slots.DANGER
    return entity(tracker, slots.COUNTRY) or (None if pressed_again else person.corridor.destination)
