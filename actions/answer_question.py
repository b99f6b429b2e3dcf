"""The journey `answer_question`: a question in any words, its answer from the library.

The search decides which answer, the corridor which variant. Sure: the answer. Unsure: "did
you mean". Not: we say so, offer ways on, and keep the question, without personal data, for staff.
"""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import journal, slots
from actions.journeys import OFFER_CHECK, State
from actions.journeys.offer_check import offer_pasted
from actions.person import Person, entity
from actions.replies import send
from actions.resources import Resources
from actions.turn import TurnAction
from actions.whereabouts import told_where
from content import compose
from content.messages import Button, Message
from content.search.decision import Decision
from content.search.follow_up import Before
from content.search.normalise import normalise
from content.texts import ANYWHERE

_GUESSES = 3
_FEW_WORDS = 3
_START_AGAIN = "start_again"
_FEWEST_WORDS = 3  # of a question that was taken for something else
_NO_DOUBT = 0.9


class ActionAnswerQuestion(TurnAction):
    """Answers a typed question."""

    def name(self) -> str:
        return "action_answer_question"

    def turn(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = Person.read(tracker, shared)
        if where := told_where(shared, person, tracker):
            message, changed = where
            send(dispatcher, message)
            journal.count(shared, person, message)
            return person.remember(**changed)
        if not normalise(person.text):
            message = compose.nothing(person.writer(shared))
            send(dispatcher, message)
            journal.count(shared, person, message)
            return person.remember(**person.where_asked)
        before = _typed(tracker, before=person.text)
        if not before and _is_country_alone(shared, person, tracker):
            return _ask_about(shared, person, dispatcher)
        decision = _decision(shared, person, before)
        if person.besides_danger and decision.verdict != "sure":
            return person.remember(**{slots.REPEATED: slots.DANGER})
        pasted = None if person.besides_danger else offer_pasted(shared, person)
        if pasted and decision.verdict != "sure":
            return person.remember(**_seen(dispatcher, *pasted))
        both = shared.search.find_both(person.text, person.searched_in, person.corridor)
        decisions = (decision,) if both is None or _tells_one_of(both, decision) else both
        remembered: dict[str, Any] = {}
        for told in decisions:
            message, changed = _reply(shared, person, told)
            if both is not None and told is decision:
                message = _offering_other(message, both, person, shared)
            if decision.verdict != "sure" and person.repeated == slots.DANGER:
                message = _offering_danger(message, person, shared)
            send(dispatcher, _offering_switch(message, person, shared))
            journal.count(shared, person, message)
            remembered |= changed
        if pasted:
            remembered |= _seen(dispatcher, *pasted)
        return person.remember(**{**remembered, **_still_open(person, decision)})


class ActionTellAnswer(TurnAction):
    """Tells the answer whose button was pressed."""

    def name(self) -> str:
        return "action_tell_answer"

    def turn(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = Person.read(tracker, shared)
        writer = person.writer(shared)
        key = entity(tracker, slots.ANSWER) or ""
        told = shared.repository.answer(key, person.language, person.corridor)
        if told is None:
            send(dispatcher, compose.menu(writer).model_copy(update={"text": writer.say("answer.gone")}))
            return person.remember()
        message = compose.answer(writer, told)
        send(dispatcher, message)
        journal.count(shared, person, message)
        return person.remember(**{slots.LAST_ANSWER: told.key})


class ActionNoneOfThese(TurnAction):
    """None of the answers that we offered was meant: the question goes to staff."""

    def name(self) -> str:
        return "action_none_of_these"

    def turn(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = Person.read(tracker, shared)
        question = _typed(tracker)
        if question:
            journal.unanswered(shared, person, question, person.suggestions)
        message = compose.fallback(person.writer(shared))
        send(dispatcher, message.model_copy(update={"text": person.writer(shared).say("fallback.none")}))
        return person.remember(**{slots.REPEATED: slots.FALLBACK})


def _seen(dispatcher: CollectingDispatcher, message: Message, state: State) -> dict[str, Any]:
    """Say that a text looks like a false offer; the slot with which its check goes on."""
    send(dispatcher, message)
    return {OFFER_CHECK.slot: state.kept()}


def _still_open(person: Person, decision: Decision) -> dict[str, Any]:
    """Where somebody is was asked, and is not told yet: the next message may tell it."""
    if person.besides_danger:
        return {slots.REPEATED: slots.DANGER}
    return {} if decision.verdict == "sure" else person.where_asked


def _offering_danger(message: Message, person: Person, shared: Resources) -> Message:
    """With the danger button first: what comes after a cry and is not understood may be one as well."""
    made = person.writer(shared).button("danger.button", "danger")
    others = [button for button in message.buttons if button.payload != made.payload]
    return message.model_copy(update={"buttons": [made, *others]})


def asked_instead(
    shared: Resources, person: Person, tracker: Tracker
) -> tuple[Message, dict[str, Any]] | None:
    """The answer to what was taken for a wish for the menu, for a journey …, and is a question; else None.

    "I am going back home soon" wishes no menu, "boss checks my phone" no fee check. So it is where the
    engine doubts, and the search does not.
    """
    if len(person.text.split()) < _FEWEST_WORDS or _confidence(tracker) >= _NO_DOUBT:
        return None
    decision = shared.search.find(person.text, person.searched_in, person.corridor)
    if decision.verdict != "sure" or decision.chance < _NO_DOUBT:
        return None
    return _reply(shared, person, decision)


def _decision(shared: Resources, person: Person, before: str) -> Decision:
    """What the question means: alone, or going on from the one before it."""
    language = person.searched_in
    if before:
        return shared.search.find_after(
            Before(before, person.last_answer), person.text, language, person.corridor
        )
    return shared.search.find(person.text, language, person.corridor)


def _reply(shared: Resources, person: Person, decision: Decision) -> tuple[Message, dict[str, Any]]:
    """The message for a decision, and the slots that change with it."""
    writer = person.writer(shared)
    keys = [candidate.answer for candidate in decision.candidates]
    if decision.verdict != "sure" and person.corridor != ANYWHERE:
        besides = shared.search.said_besides_names(person.text)
        if besides is not None and besides <= _FEW_WORDS:
            # Hardly more than a country or a scheme: "I am from Tonga".
            return compose.corridor(writer, keys, names_alone=besides == 0), {slots.SUGGESTIONS: keys}
    if decision.verdict == "unsure":
        return compose.clarify(writer, keys), {slots.SUGGESTIONS: keys}
    told = shared.repository.answer(keys[0], person.language, person.corridor) if keys else None
    if told is None:
        journal.unanswered(shared, person, person.text, keys[:_GUESSES])
        again = person.repeated == slots.FALLBACK
        return compose.fallback(writer, again=again), {slots.REPEATED: slots.FALLBACK}
    message = compose.answer(writer, told)
    if person.repeated == told.key:
        message = message.model_copy(update={"buttons": _other_ways(shared, person, told.key)})
    return message, {slots.LAST_ANSWER: told.key, slots.REPEATED: told.key}


def _is_country_alone(shared: Resources, person: Person, tracker: Tracker) -> bool:
    """Whether a message says nothing but a country. A scheme alone asks what it is."""
    named = entity(tracker, slots.COUNTRY) is not None and entity(tracker, slots.SCHEME) is None
    return named and person.corridor != ANYWHERE and shared.search.said_besides_names(person.text) == 0


def _ask_about(shared: Resources, person: Person, dispatcher: CollectingDispatcher) -> list[EventType]:
    """Say what is remembered now, and ask what to tell of it."""
    found = shared.search.rank(person.text, person.searched_in, person.corridor)
    keys = [candidate.answer for candidate in found.candidates]
    message = compose.corridor(person.writer(shared), keys, names_alone=True)
    send(dispatcher, message)
    journal.count(shared, person, message)
    return person.remember(**{slots.SUGGESTIONS: keys})


def _tells_one_of(both: tuple[Decision, Decision], decision: Decision) -> bool:
    """Whether the message read as a whole has the answer of one of its two parts."""
    answers = {part.candidates[0].answer for part in both}
    return decision.verdict == "sure" and decision.candidates[0].answer in answers


def _offering_other(
    message: Message, both: tuple[Decision, Decision], person: Person, shared: Resources
) -> Message:
    """With a button first to the answer of the other question that was asked."""
    other = next(key for part in both if (key := part.candidates[0].answer) != message.answer)
    payload = f"answer:{other}"
    buttons = [button for button in message.buttons if button.payload != payload]
    made = person.writer(shared).answer_button(other)
    return message.model_copy(update={"buttons": [made, *buttons] if made else buttons})


def _other_ways(shared: Resources, person: Person, key: str) -> list[Button]:
    """Ways on when the same answer would be told twice in a row: likelier neighbours, a person."""
    writer = person.writer(shared)
    near = [
        found.answer
        for found in shared.search.rank(person.text, person.searched_in, person.corridor).candidates
        if found.answer != key
    ]
    return [
        *writer.answer_buttons(tuple(near), most=3),
        writer.button("person.button", "person"),
        writer.button("menu.button", "menu"),
    ]


def _offering_switch(message: Message, person: Person, shared: Resources) -> Message:
    """With a button to the language written in, where the person has chosen another."""
    if person.written_in in (None, person.language) or person.written_in not in shared.words.languages():
        return message
    button = Button(
        title=shared.words.say("language.switch", person.written_in), payload=f"language:{person.written_in}"
    )
    return message.model_copy(update={"buttons": [button, *message.buttons]})


def _typed(tracker: Tracker, before: str = "") -> str:
    """What the person last typed since the start of the talk, before the message that is given."""
    turns = [event for event in tracker.events if event.get("event") == "user"]
    if before and turns and turns[-1].get("text") == before:
        turns.pop()
    for turn in reversed(turns):
        text = str(turn.get("text") or "")
        if _intent(turn) == _START_AGAIN:
            break
        if text and not text.startswith("/"):
            return text
    return ""


def _confidence(tracker: Tracker) -> float:
    intent = tracker.latest_message.get("intent") or {}
    return float(intent.get("confidence") or 0.0)


def _intent(turn: dict[str, Any]) -> str | None:
    name: str | None = turn.get("parse_data", {}).get("intent", {}).get("name")
    return name
