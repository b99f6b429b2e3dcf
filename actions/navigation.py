"""Finding one's way: small talk, help, menu, topics, countries, start again, feedback."""

from abc import ABC, abstractmethod

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import journal, slots
from actions.answer_question import asked_instead
from actions.person import Person, entity
from actions.replies import send
from actions.resources import Resources
from actions.turn import TurnAction
from content import compose
from content.messages import Message
from content.repository import Corridor


class Navigation(TurnAction, ABC):
    """An action that says one thing and remembers the person.

    It `gives_way` to a question that was taken for it.
    """

    gives_way = True

    def turn(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Say it, count it, remember the person."""
        person = Person.read(tracker, shared)
        asked = asked_instead(shared, person, tracker) if self.gives_way else None
        message, changed = asked or (self.reply(shared, person, tracker), None)
        send(dispatcher, message)
        journal.count(shared, person, message)
        return self.remember(person, tracker) if changed is None else person.remember(**changed)

    @abstractmethod
    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        """What to say."""

    def remember(self, person: Person, tracker: Tracker) -> list[EventType]:
        """Slot events; by default language and corridor, and whether it was asked where somebody is."""
        return person.remember(**person.where_asked)


_SAFE = "i_am_safe"
_CALLS = {"greet", "who_are_you", "how_are_you"}  # "are you there?", "hello??"


class ActionSmalltalk(Navigation):
    """Greets, thanks, says who it is."""

    def name(self) -> str:
        return "action_smalltalk"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        intent = tracker.get_intent_of_latest_message() or "greet"
        if intent == "affirm" and person.repeated == slots.ERASE:
            return compose.erased(person.writer(shared))
        if intent in _CALLS and person.repeated == slots.DANGER:
            return compose.still_here(person.writer(shared), person.corridor.destination)
        return compose.smalltalk(person.writer(shared), intent)

    def remember(self, person: Person, tracker: Tracker) -> list[EventType]:
        if tracker.get_intent_of_latest_message() == _SAFE:
            return person.remember()
        return super().remember(person, tracker)


class ActionHelp(Navigation):
    """Says how to use the assistant."""

    resumes = "offers"

    def name(self) -> str:
        return "action_help"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        return compose.notice(person.writer(shared), "help.text")


class ActionMenu(Navigation):
    """Shows all topics."""

    resumes = "offers"

    def name(self) -> str:
        return "action_menu"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        return compose.menu(person.writer(shared))


class ActionTellTopic(Navigation):
    """Shows the answers of a topic, or all topics if there is none of that name."""

    def name(self) -> str:
        return "action_tell_topic"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        writer = person.writer(shared)
        return compose.topic(writer, entity(tracker, slots.TOPIC) or "") or compose.menu(writer)


class ActionChooseCountry(Navigation):
    """Takes note of a country, and goes on with what was asked for."""

    def name(self) -> str:
        return "action_choose_country"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        return compose.handover(person.writer(shared), shared.team.offer(person.language))


class ActionStartAgain(Navigation):
    """Forgets the corridor and begins again; the language stays."""

    resumes = "ends"

    def name(self) -> str:
        return "action_start_again"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        greeting = compose.greeting(person.writer(shared))
        return greeting.model_copy(update={"text": person.writer(shared).say("restart.text")})

    def remember(self, person: Person, tracker: Tracker) -> list[EventType]:
        forgotten = Corridor()
        return person.remember(
            **{
                slots.ORIGIN: forgotten.origin,
                slots.DESTINATION: forgotten.destination,
                slots.SCHEME: forgotten.scheme,
                slots.LAST_ANSWER: None,
            }
        )


class ActionGiveFeedback(Navigation):
    """Takes a thumb up or down for an answer."""

    def name(self) -> str:
        return "action_give_feedback"

    def reply(self, shared: Resources, person: Person, tracker: Tracker) -> Message:
        writer = person.writer(shared)
        key, verdict = entity(tracker, slots.ANSWER), entity(tracker, slots.VERDICT)
        if key is None or verdict is None or shared.repository.answer(key, person.language) is None:
            return compose.menu(writer)
        journal.feedback(shared, person, key, verdict)
        if verdict == "helpful":
            return compose.notice(writer, "feedback.thanks")
        sorry = compose.fallback(writer)
        return sorry.model_copy(update={"kind": "notice", "text": writer.say("feedback.sorry")})
