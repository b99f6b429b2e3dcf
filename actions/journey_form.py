"""A guided journey in the engine: a Rasa form whose one slot keeps what was told, step by step.

`validate_<journey>_form` understands the message, `action_ask_<journey>` asks the next question,
`action_<journey>` tells the result when the form is done. A message that belongs to no step makes the form
give way to the rule of its intent; then the question is asked again (`actions.resuming`).
Not here: which steps there are (`actions.journeys`).
"""

from abc import ABC, abstractmethod
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import journal, slots
from actions.journeys.journey import Journey, State
from actions.journeys.names import names_of
from actions.person import Person, entity
from actions.replies import send
from actions.resources import Resources
from actions.turn import TurnAction
from content import compose
from content.journeys.naming import is_named
from content.journeys.places import way_to
from content.journeys.reading import Doubt, Typed, Values, read
from content.journeys.spoken import is_asking, ways_to_control
from content.journeys.steps import SKIPPED, Told, corrected, known, one_back
from content.texts import Corridor

_SURE = 0.6
_OF_THE_ENGINE = frozenset({"action_listen", "action_session_start", "action_extract_slots"})
_SAID_BESIDES = 1  # words that an answer to a question may say besides it
_FEWEST_OF_A_QUESTION = 4
# What these say stands above a journey, however it was said.
_ABOVE = frozenset(
    {"danger", "ask_person", "privacy", "erase_data", "change_language", "start_again", "help", "menu",
     "greet", "thanks", "goodbye", "who_are_you", "how_are_you", "insult", "i_am_safe"}
)  # fmt: skip


class ValidateJourney(TurnAction, ABC):
    """Understands a message inside a journey. Says nothing: the engine runs it twice when a form begins."""

    resumes = None

    @property
    @abstractmethod
    def journey(self) -> Journey:
        """Which journey."""

    def name(self) -> str:
        return f"validate_{self.journey.form}"

    def turn(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = Person.read(tracker, shared)
        if _is_interrupted(tracker, self.journey):
            return self._open_still(self.journey.state(tracker))
        state = self._heard(shared, person, tracker)
        if state is None:
            return []  # the form gives way to the rule of the intent
        asked = None if state.stopped else self.journey.next(shared, state.told)
        return [
            *person.of_corridor(_corridor(person, state.told)).remember(),
            SlotSet(self.journey.slot, state.kept()),
            SlotSet(slots.REQUESTED, self.journey.slot if asked else None),
        ]

    def _open_still(self, state: State) -> list[EventType]:
        """The engine comes back to the form by itself: nothing is to be said twice."""
        quiet = replace(state, note="quiet")
        return [SlotSet(self.journey.slot, quiet.kept()), SlotSet(slots.REQUESTED, self.journey.slot)]

    def _heard(self, shared: Resources, person: Person, tracker: Tracker) -> State | None:
        """The state after the message; None if it belongs to no step."""
        before = self.journey.state(tracker)
        intent = tracker.get_intent_of_latest_message()
        if intent == self.journey.slot:
            step, value = entity(tracker, slots.STEP), entity(tracker, slots.VALUE)
            if step is not None and value is not None:
                return self._pressed(before, step, value)
            if not person.text or not _is_active(tracker, self.journey):
                return self._begun(shared, person, before)
        if intent == slots.JOURNEY_CONTROL:
            return self._controlled(shared, before, entity(tracker, slots.CONTROL) or "")
        return self._typed(shared, person, tracker, before) if person.text else None

    def _begun(self, shared: Resources, person: Person, before: State) -> State:
        """A new beginning, with what is known of the person, and what was typed already."""
        told = self.journey.begun(shared, person, before.told)
        return State(told=told, note="taken" if told else "")

    def _pressed(self, before: State, step: str, value: str) -> State:
        """A button; an older one corrects what was told then."""
        if step == "change":
            return State(told=one_back(before.told))
        return State(told=corrected(before.told, step, value))

    def _controlled(self, shared: Resources, before: State, control: str) -> State:
        asked = self.journey.next(shared, before.told)
        match control:
            case "back":
                return State(told=one_back(before.told))
            case "skip" if asked is not None:
                return State(told={**before.told, asked.step: SKIPPED})
            case "stop":
                return replace(before, note="", stopped=True)
            case "why":
                return replace(before, note="why")
            case _:
                return before.going_on()

    def _typed(self, shared: Resources, person: Person, tracker: Tracker, before: State) -> State | None:
        for control, ways in ways_to_control(person.language).items():
            if is_named(person.text, ways):
                return self._controlled(shared, before, control)
        asked = self.journey.next(shared, before.told)
        if asked is None:
            return None
        found = read(Typed(asked, person.text, before.told, names_of(shared, person.language)))
        asking = is_asking(person.text, person.language)
        fits = isinstance(found, Values) and found.besides <= _SAID_BESIDES and not asking
        if not fits and (person.besides_danger or _is_above(tracker) or _asks_something(shared, person)):
            return None
        match found:
            case Values(steps=steps):
                return State(told={**before.told, **steps})
            case Doubt(_, choices):
                return State(told=before.told, note="which", among=choices)
            case _:
                return State(told=before.told, note="hint", missed=before.missed + 1)


class AskJourney(TurnAction, ABC):
    """Puts the next question of a journey."""

    resumes = None

    @property
    @abstractmethod
    def journey(self) -> Journey:
        """Which journey."""

    def name(self) -> str:
        return f"action_ask_{self.journey.slot}"

    def turn(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = Person.read(tracker, shared)
        message = self.journey.asks(shared, person, self.journey.state(tracker))
        if message is not None:
            send(dispatcher, message)
            journal.count(shared, person, message)
        return []


class TellJourney(TurnAction, ABC):
    """Tells the result of a journey, or that it was stopped."""

    resumes = None

    @property
    @abstractmethod
    def journey(self) -> Journey:
        """Which journey."""

    def name(self) -> str:
        return f"action_{self.journey.slot}"

    def turn(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = Person.read(tracker, shared)
        state, writer = self.journey.state(tracker), person.writer(shared)
        message = (
            compose.journey_stopped(writer)
            if state.stopped
            else self.journey.result(shared, writer, state.told)
        )
        send(dispatcher, message)
        journal.count(shared, person, message)
        return [SlotSet(self.journey.slot, self.journey.left(state))] if state.stopped else []


def _is_active(tracker: Tracker, journey: Journey) -> bool:
    """Whether one of its questions is open; a form that just begins has asked nothing yet."""
    return bool(tracker.get_slot(slots.REQUESTED) == journey.slot)


def _is_interrupted(tracker: Tracker, journey: Journey) -> bool:
    """Whether another action has replied to the latest message already."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") not in {*_OF_THE_ENGINE, journey.form}:
            return True
    return False


def _is_above(tracker: Tracker) -> bool:
    intent = tracker.latest_message.get("intent") or {}
    return intent.get("name") in _ABOVE and float(intent.get("confidence") or 0) >= _SURE


def _asks_something(shared: Resources, person: Person) -> bool:
    """Whether a text is a question that the library surely answers."""
    if len(person.text.split()) < _FEWEST_OF_A_QUESTION and not is_asking(person.text, person.language):
        return False
    return shared.search.find(person.text, person.searched_in, person.corridor).verdict == "sure"


def _corridor(person: Person, told: Told) -> Corridor:
    """Where the person comes from and goes to, as told in the journey; else as known."""
    way, known_before = way_to(known(told, "place")), person.corridor
    origin = known(told, "origin") or known_before.origin
    if way.scheme is None and way.destination is None:
        return replace(known_before, origin=origin)
    return Corridor(origin=origin, destination=way.destination, scheme=way.scheme)
