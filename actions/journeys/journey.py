"""A guided journey: which steps it has, what it says, and what is kept of it between two messages.

Not here: how a message is understood (`actions.journey_form`), the steps themselves (`content.journeys`),
the words (`content.compose`).
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from rasa_sdk import Tracker

from actions.journeys.names import names_of
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.compose import Writer
from content.journeys.amount_codes import with_currency
from content.journeys.places import place_of
from content.journeys.reading import currencies_to_offer
from content.journeys.steps import Question, Told, one_back
from content.messages import Message

_MISSES = 2  # after so many the person is shown ways out


@dataclass(frozen=True, slots=True)
class State:
    """Where somebody is in a journey: what was told, and how the next question is put.

    `note` is what stands before the question (`why`, `hint`, `which`, `taken`, `read`, `on`), or that nothing
    is said (`quiet`), or that it was no wish for the journey (`question`); `among` are the values that were
    meant perhaps. A journey that was `stopped` has no result.
    """

    told: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    among: tuple[str, ...] = ()
    missed: int = 0
    stopped: bool = False

    @classmethod
    def of(cls, kept: object) -> "State":
        """As the slot keeps it."""
        if not isinstance(kept, Mapping):
            return cls()
        return cls(
            dict(kept["told"]),
            str(kept["note"]),
            tuple(kept["among"]),
            int(kept["missed"]),
            bool(kept["stopped"]),
        )

    def going_on(self) -> "State":
        """The same, put as after an interruption."""
        return replace(self, note="on", among=())

    def kept(self) -> dict[str, Any]:
        """For the slot."""
        return {
            "told": dict(self.told),
            "note": self.note,
            "among": list(self.among),
            "missed": self.missed,
            "stopped": self.stopped,
        }


class Journey(ABC):
    """One guided journey: `name` in words and payloads (`fee-check`), `slot` in the engine (`fee_check`)."""

    name: ClassVar[str]

    @property
    def slot(self) -> str:
        """The slot that keeps its state; also its intent."""
        return self.name.replace("-", "_")

    @property
    def form(self) -> str:
        """The engine's form."""
        return f"{self.slot}_form"

    @abstractmethod
    def next(self, shared: Resources, told: Told) -> Question | None:
        """What to ask next; None when all is told."""

    @abstractmethod
    def result(self, shared: Resources, writer: Writer, told: Told) -> Message:
        """What it comes to."""

    def begun(self, shared: Resources, person: Person, before: Told) -> dict[str, str]:
        """What is known at the beginning, and need not be asked; `before` is what was told the last time."""
        place = place_of(scheme=person.corridor.scheme, country=person.corridor.destination)
        found = {"origin": person.corridor.origin, "place": place}
        return {step: value for step, value in found.items() if value}

    def settled(self, told: Told) -> Told:
        """What was told, at the next message."""
        return told

    def with_steps(self, _shared: Resources, told: Told, steps: Told) -> dict[str, str]:
        """What was told, and what a message tells; later steps stay, what no longer fits is asked again."""
        return {**told, **steps}

    def pasted(self, _shared: Resources, _person: Person, _told: Told) -> Told:
        """What a long text tells that answers no single question; nothing in most journeys."""
        return {}

    def changed(self, told: Told, _what: str) -> dict[str, str]:
        """What was told, without what a person wants to tell anew: the last message, if nothing else."""
        return one_back(told)

    def shown(self, state: State) -> Told:
        """What a person who asks what we keep is shown of it."""
        return state.told

    def left(self, _state: State) -> dict[str, Any] | None:
        """What the slot keeps of a journey that was stopped: nothing."""
        return None

    def state(self, tracker: Tracker) -> State:
        """Where the person is in it."""
        return State.of(tracker.get_slot(self.slot))

    def asks(self, shared: Resources, person: Person, state: State) -> Message | None:
        """The next question as it is to be put; None when nothing is left to ask."""
        asked = self.next(shared, state.told)
        if asked is None or state.note == "quiet":
            return None
        writer = person.writer(shared)
        if asked.wanted == "currency":
            asked = replace(asked, choices=_in_currencies(asked, state.told, person, shared))
        match state.note:
            case "why":
                return compose.journey_why(writer, self.name, asked, state.told)
            case "hint":
                return compose.journey_hint(
                    writer, self.name, asked, state.told, again=state.missed >= _MISSES
                )
            case "which":
                return compose.journey_which(writer, self.name, asked, state.told, state.among)
            case "taken":
                lead = compose.journey_taken(writer, state.told)
            case "on":
                lead = writer.say("journey.on")
            case _:
                lead = ""
        return compose.journey_question(writer, self.name, asked, state.told, lead=lead)


def _in_currencies(asked: Question, told: Told, person: Person, shared: Resources) -> tuple[str, ...]:
    offered = currencies_to_offer(told, names_of(shared, person.language))
    return tuple(with_currency(asked.choices[0], currency) for currency in offered)
