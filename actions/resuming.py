"""After something else was said inside a journey: its question again, or a button that leads back.

Not here: what is said inside a journey (`actions.journey_form`).
"""

from typing import Any, Literal

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import slots
from actions.journeys import BY_FORM, Journey
from actions.person import Person
from actions.replies import send
from actions.resources import Resources
from content import compose

type Resumes = Literal["asks", "offers", "ends"] | None
"""What becomes of a journey after an action: its question is asked again, a button leads back, it is left."""


def resumed(
    how: Resumes,
    shared: Resources,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    events: list[EventType],
) -> list[EventType]:
    """The events of an action, and those of the journey that it has interrupted."""
    journey = BY_FORM.get((tracker.active_loop or {}).get("name") or "")
    person = Person.read(tracker, shared) if journey else None
    if journey is None or person is None or how is None or person.besides_danger:
        return events
    if how == "ends":
        return [*events, *_left(journey)]
    person = person.in_language(str(_changed(events, slots.LANGUAGE) or person.language))
    if how == "offers":
        _offer(shared, dispatcher, journey, person)
        return events
    asked = journey.asks(shared, person, journey.state(tracker).going_on())
    if asked is not None:
        send(dispatcher, asked)
    return events


def taken_up_again(
    shared: Resources,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    events: list[EventType],
    *,
    instead_of: Journey,
) -> list[EventType]:
    """The events, and those that go on with the journey which one that was never meant has displaced."""
    journey = BY_FORM.get(_loop_before(tracker))
    person = Person.read(tracker, shared)
    if journey is None or journey is instead_of or person.besides_danger:
        return events
    asked = journey.asks(shared, person, journey.state(tracker).going_on())
    if asked is None:
        return events
    send(dispatcher, asked)
    return [*events, ActiveLoop(journey.form), SlotSet(slots.REQUESTED, journey.slot)]


def _loop_before(tracker: Tracker) -> str:
    """The name of the form that was active when the latest message came; empty if none was."""
    active = before = ""
    for event in tracker.events:
        if event["event"] == "active_loop":
            active = event.get("name") or ""
        elif event["event"] == "user":
            before = active
    return before


def _offer(shared: Resources, dispatcher: CollectingDispatcher, journey: Journey, person: Person) -> None:
    """A button back under the last thing that was said."""
    if dispatcher.messages:
        button = compose.journey_button(person.writer(shared), journey.name)
        told = dispatcher.messages[-1]["custom"]
        told["buttons"] = [*told.get("buttons", ()), button.model_dump(mode="json")]


def _left(journey: Journey) -> list[EventType]:
    return [ActiveLoop(None), SlotSet(slots.REQUESTED, None), SlotSet(journey.slot, None)]


def _changed(events: list[EventType], slot: str) -> Any:
    """The value that events give a slot; None if they give none."""
    return next((event["value"] for event in reversed(events) if event.get("name") == slot), None)
