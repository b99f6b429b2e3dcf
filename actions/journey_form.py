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
from actions.answer_question import asked_instead
from actions.journeys.journey import Journey, State
from actions.journeys.names import names_of
from actions.person import Person, entity
from actions.replies import send
from actions.resources import Resources
from actions.resuming import taken_up_again
from actions.turn import TurnAction
from content import compose
from content.clock import today
from content.journeys.naming import is_named
from content.journeys.places import way_to
from content.journeys.reading import Doubt, Typed, Values, read
from content.journeys.spoken import is_asking, ways_to_control
from content.journeys.steps import SKIPPED, Told, known, one_back
from content.texts import Corridor

_SURE = 0.6
_QUESTION = "question"  # what was taken for a wish for the journey is a question that the library answers
_ALL = "all"  # what is to be changed
_YES_OR_NO = frozenset({"affirm", "deny"})
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
        before = replace(before, told=self.journey.settled(before.told))
        intent = tracker.get_intent_of_latest_message()
        if intent == self.journey.slot:
            step, value = entity(tracker, slots.STEP), entity(tracker, slots.VALUE)
            if step is not None and value is not None:
                return self._pressed(shared, before, step, value)
            if not person.text or not _is_active(tracker, self.journey):
                if asked_instead(shared, person, tracker):
                    return replace(before, note=_QUESTION, stopped=True)
                return self._begun(shared, person, before)
        if intent == slots.JOURNEY_CONTROL:
            return self._controlled(shared, before, entity(tracker, slots.CONTROL) or "")
        if person.text and (control := _control_in(person)):
            return self._controlled(shared, before, control)
        return self._typed(shared, person, tracker, before) if person.text else None

    def _begun(self, shared: Resources, person: Person, before: State) -> State:
        """A new beginning, with what is known of the person, and what the wish itself chooses."""
        known_before = self.journey.begun(shared, person, before.told)
        chosen = {} if before.told else self._chosen(shared, person, known_before)
        told = {**known_before, **chosen}
        return State(told=told, note="taken" if known_before else "")

    def _chosen(self, shared: Resources, person: Person, told: Told) -> Told:
        """What the first question would ask, where the wish has said it: "what will the loan cost me"."""
        asked = self.journey.next(shared, told)
        if asked is None or asked.wanted != "choice" or not person.text:
            return {}
        found = read(Typed(asked, person.text, told, names_of(shared, person.language), today()))
        return found.steps if isinstance(found, Values) else {}

    def _pressed(self, shared: Resources, before: State, step: str, value: str) -> State:
        """A button; an older one corrects what was told then, or begins anew."""
        if step == "change":
            return State(told={} if value == _ALL else self.journey.changed(before.told, value))
        return State(told=self.journey.with_steps(shared, before.told, {step: value}))

    def _controlled(self, shared: Resources, before: State, control: str) -> State:
        asked = self.journey.next(shared, before.told)
        match control:
            case "back":
                return State(told=one_back(before.told))
            case "skip" if asked is not None and not asked.stays_open:
                return State(told={**before.told, asked.step: SKIPPED})
            case "stop":
                return replace(before, note="", stopped=True)
            case "why":
                return replace(before, note="why")
            case _ if asked is not None and asked.stays_open:
                return replace(before, note="", among=())
            case _:
                return before.going_on()

    def _typed(self, shared: Resources, person: Person, tracker: Tracker, before: State) -> State | None:
        asked = self.journey.next(shared, before.told)
        if asked is None:
            return None
        if not person.besides_danger and (pasted := self.journey.pasted(shared, person, before.told)):
            return State(told=self.journey.with_steps(shared, before.told, pasted), note="read")
        found = read(Typed(asked, person.text, before.told, names_of(shared, person.language), today()))
        asking = is_asking(person.text, person.language)
        fits = isinstance(found, Values) and found.besides <= _SAID_BESIDES and not asking
        if not fits and (person.besides_danger or _is_above(tracker) or _asks(shared, person, tracker)):
            return None
        match found:
            case Values(steps=steps):
                return State(told=self.journey.with_steps(shared, before.told, steps))
            case Doubt(_, choices):
                return State(told=before.told, note="which", among=choices)
        return None if asked.stays_open else State(told=before.told, note="hint", missed=before.missed + 1)


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
        left = self.journey.left(state)
        if state.note == _QUESTION and (asked := asked_instead(shared, person, tracker)):
            answer, changes = asked
            send(dispatcher, answer)
            journal.count(shared, person, answer)
            events = [*person.remember(**changes), SlotSet(self.journey.slot, left)]
            return taken_up_again(shared, dispatcher, tracker, events, instead_of=self.journey)
        message = (
            compose.journey_stopped(writer, kept=left is not None)
            if state.stopped
            else self.journey.result(shared, writer, state.told)
        )
        send(dispatcher, message)
        journal.count(shared, person, message)
        return [SlotSet(self.journey.slot, left)] if state.stopped else []


def _control_in(person: Person) -> str | None:
    """Back, skip, why or stop, if a text says nothing else."""
    ways_by_control = ways_to_control(person.language).items()
    return next((control for control, ways in ways_by_control if is_named(person.text, ways)), None)


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


def _asks(shared: Resources, person: Person, tracker: Tracker) -> bool:
    """Whether a text is a question that the library surely answers, not "yes" with a word more."""
    if tracker.get_intent_of_latest_message() in _YES_OR_NO and "?" not in person.text:
        return False
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
