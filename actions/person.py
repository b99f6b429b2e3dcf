"""What is known of the person at this turn: language, corridor, what was told last.

Read from the tracker; written back as slot events. Language: an explicit choice wins; else
what the message is written in, if that is sure; else what the channel was just switched to;
else what we spoke so far; else the channel's hint; else English.
"""

from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.resources import Resources
from content.compose import Writer
from content.repository import Corridor
from content.words import SOURCE_LANGUAGE

_TYPED_INTENT_PREFIX = "/"
_FEWEST_WORDS = 3  # by which the language of a talk changes


@dataclass(frozen=True, slots=True)
class Person:
    """The person's side of this turn.

    `written_in` is the language the text is surely written in; `searched_in` the one its words are looked
    up in, sure or not. `besides_danger` if it was perhaps a cry for help, and the
    safety reply was given. `key` is what their talk is kept under.
    """

    text: str
    language: str
    language_chosen: bool
    language_hint: str | None
    written_in: str | None
    searched_in: str
    corridor: Corridor
    last_answer: str | None
    suggestions: tuple[str, ...]
    repeated: str | None
    channel: str
    besides_danger: bool = False
    key: str = ""

    @classmethod
    def read(cls, tracker: Tracker, shared: Resources) -> "Person":
        """Read the tracker: slots, the latest message and its entities, the channel's metadata."""
        text = str(tracker.latest_message.get("text") or "")
        typed = "" if text.startswith(_TYPED_INTENT_PREFIX) else text
        metadata = _metadata(tracker)
        hint = metadata.get(slots.LANGUAGE_HINT)
        guess = shared.search.language_of(typed)
        # Of a cry for help only its language reaches us, never its words.
        told = None if typed else metadata.get(slots.WRITTEN_IN)
        # At the beginning nothing tells better than a likely guess; later a word or two changes no language.
        beginning = tracker.get_slot(slots.LANGUAGE) is None
        taken = guess.likely if beginning else guess.sure and len(typed.split()) >= _FEWEST_WORDS
        written_in = guess.language if taken else told
        language, chosen = _language(tracker, hint, written_in, shared.words.languages())
        return cls(
            text=typed,
            language=language,
            language_chosen=chosen,
            language_hint=hint,
            written_in=written_in,
            # A short message is likelier to be in the language it looks like than in the channel's.
            searched_in=written_in or guess.language or language,
            corridor=_corridor(tracker, shared),
            last_answer=tracker.get_slot(slots.LAST_ANSWER),
            suggestions=tuple(tracker.get_slot(slots.SUGGESTIONS) or ()),
            repeated=tracker.get_slot(slots.REPEATED),
            channel=str(metadata.get(slots.CHANNEL) or "api"),
            besides_danger=bool(metadata.get(slots.BESIDES_DANGER)),
            key=tracker.sender_id,
        )

    def writer(self, shared: Resources) -> Writer:
        """A writer in the person's language and corridor."""
        return Writer(shared.repository, shared.words, self.language, self.corridor)

    def in_language(self, language: str) -> "Person":
        """The same person, speaking another language from now on."""
        return replace(self, language=language, language_chosen=True)

    @property
    def where_asked(self) -> dict[str, Any]:
        """The slot that keeps it open where somebody is, if that was asked before a typed message."""
        open_still = self.text and self.repeated in (slots.DANGER, slots.PERSON)
        return {slots.REPEATED: self.repeated} if open_still else {}

    def of_corridor(self, corridor: Corridor) -> "Person":
        """The same person, asking about another corridor for once."""
        return replace(self, corridor=corridor)

    def remember(self, **told: Any) -> list[EventType]:
        """Slot events: language and corridor as read, and what was told this turn."""
        kept = {
            slots.LANGUAGE: self.language,
            slots.LANGUAGE_CHOSEN: self.language_chosen,
            slots.LANGUAGE_HINT: self.language_hint,
            slots.ORIGIN: self.corridor.origin,
            slots.DESTINATION: self.corridor.destination,
            slots.SCHEME: self.corridor.scheme,
            slots.SUGGESTIONS: None,
            slots.REPEATED: None,
            slots.LAST_ANSWER: self.last_answer,
        }
        return [SlotSet(name, value) for name, value in {**kept, **told}.items()]


def entity(tracker: Tracker, name: str) -> str | None:
    """The last value of an entity in the latest message."""
    return next((str(value) for value in reversed(entities(tracker, name))), None)


def entities(tracker: Tracker, name: str) -> list[str]:
    """All values of an entity in the latest message, in the order in which they were written."""
    return [
        str(found["value"])
        for found in tracker.latest_message.get("entities") or []
        if found.get("entity") == name and found.get("value") is not None
    ]


def _metadata(tracker: Tracker) -> dict[str, Any]:
    return dict(tracker.latest_message.get("metadata") or {})


def _language(
    tracker: Tracker, hint: str | None, written_in: str | None, known: tuple[str, ...]
) -> tuple[str, bool]:
    """The language to answer in, and whether the person chose it in so many words."""
    spoken = tracker.get_slot(slots.LANGUAGE)
    hinted_before = tracker.get_slot(slots.LANGUAGE_HINT)
    switched = hint is not None and hinted_before is not None and hint != hinted_before
    if tracker.get_slot(slots.LANGUAGE_CHOSEN) and not switched:
        return str(spoken or SOURCE_LANGUAGE), True
    wishes = (written_in, hint if switched else spoken, hint)
    return next((str(code) for code in wishes if code in known), SOURCE_LANGUAGE), False


def _corridor(tracker: Tracker, shared: Resources) -> Corridor:
    """The corridor known so far, changed by the countries and the scheme of this message."""
    origin, destination = tracker.get_slot(slots.ORIGIN), tracker.get_slot(slots.DESTINATION)
    scheme = tracker.get_slot(slots.SCHEME)
    roles = {value.value: value.roles for value in shared.repository.gazetteer("country")}
    for country in entities(tracker, slots.COUNTRY):
        of = roles.get(country, ())
        if "origin" in of and ("destination" not in of or origin is None):
            origin = country
        elif "destination" in of:
            scheme = None if country != destination else scheme
            destination = country
    named = entity(tracker, slots.SCHEME)
    if named is not None:
        scheme = named
        leads_to = {value.value: value.destination for value in shared.repository.gazetteer("scheme")}
        destination = leads_to.get(named) or destination
    return Corridor(origin=origin, destination=destination, scheme=scheme)
