"""The frame of every action: what is shared is at hand, and staff who try the bot leave no trace.

Not here: what each action says (the modules of the journeys), how a trial is told about (`trial`).
"""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import slots, trial
from actions.resources import Resources, resources
from actions.resuming import Resumes, resumed


class TurnAction(Action, ABC):
    """An action that takes one turn; `resumes` says what becomes of a journey that it interrupts."""

    resumes: ClassVar[Resumes] = "asks"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Take the turn with what everybody is told, or with what staff wish to try."""
        shared = resources()
        wanted = dict(tracker.latest_message.get("metadata") or {}).get(slots.TRIAL)
        if wanted is None:
            return self.take(shared, dispatcher, tracker)
        return trial.tried(shared, wanted, self, dispatcher, tracker)

    def take(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Take the turn, then go back to the journey that it has interrupted."""
        return resumed(self.resumes, shared, dispatcher, tracker, self.turn(shared, dispatcher, tracker))

    @abstractmethod
    def turn(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Say what there is to say; returns what is remembered."""
