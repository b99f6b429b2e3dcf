"""Changing language at any moment: a button, or words like "Bislama plis"."""

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


class ActionChangeLanguage(TurnAction):
    """Speaks the language asked for from now on; offers the languages if none is named.

    After a change the last answer is told again, now in the new language.
    """

    def name(self) -> str:
        return "action_change_language"

    def turn(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = Person.read(tracker, shared)
        if asked := asked_instead(shared, person, tracker):
            answer, told = asked
            send(dispatcher, answer)
            journal.count(shared, person, answer)
            return person.remember(**told)
        wanted = entity(tracker, slots.LANGUAGE)
        if wanted not in shared.repository.languages():
            message = compose.languages(person.writer(shared))
            if wanted is not None:
                message = message.model_copy(update={"text": person.writer(shared).say("language.unknown")})
            send(dispatcher, message)
            return person.remember()
        speaking = person.in_language(wanted)
        writer = speaking.writer(shared)
        again = person.last_answer and shared.repository.answer(person.last_answer, wanted, person.corridor)
        changed = compose.notice(writer, "language.changed")
        if (tracker.active_loop or {}).get("name"):
            send(dispatcher, changed)
        elif again:
            send(dispatcher, changed.model_copy(update={"buttons": []}), compose.answer(writer, again))
        else:
            greeting = compose.greeting(writer)
            send(dispatcher, greeting.model_copy(update={"text": f"{changed.text}\n\n{greeting.text}"}))
        return speaking.remember()
