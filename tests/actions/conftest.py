"""Real resources for the actions: the real library in real stores, the real index, the real words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action

from actions import resources as resources_module
from actions import slots as slots_module
from actions.resources import ActionsSettings, Resources
from content.messages import Message
from content.migrating import migrate
from content.people import People
from content.people.tally import Tally
from content.people.team import Team
from content.sight import message_of
from content.store import open_store
from tests.conftest import copy_of

Run = Callable[..., tuple[list[Message], dict[str, Any]]]
SLOTS = {
    *(slots_module.LANGUAGE, slots_module.LANGUAGE_CHOSEN, slots_module.LANGUAGE_HINT),
    *(slots_module.ORIGIN, slots_module.DESTINATION, slots_module.SCHEME),
    *(slots_module.LAST_ANSWER, slots_module.SUGGESTIONS, slots_module.REPEATED),
}


@pytest.fixture(scope="session")
def opened(filled_stores: Path, tmp_path_factory: pytest.TempPathFactory) -> Resources:
    """Resources over the whole library, made once."""
    folder = tmp_path_factory.mktemp("actions") / "var"
    copy_of(filled_stores, folder)
    return Resources.open(ActionsSettings(data_dir=folder))


@pytest.fixture
def shared(opened: Resources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Resources]:
    """The resources that the actions get, with an empty people store."""
    address = f"sqlite:///{tmp_path / 'people.sqlite'}"
    migrate(address, "people")
    people = open_store(address)
    mine = replace(opened, people=People(people), team=Team(people), tally=Tally(People(people)))
    resources_module.resources.cache_clear()
    monkeypatch.setattr("actions.turn.resources", lambda: mine)
    yield mine
    people.dispose()


@pytest.fixture
def run(shared: Resources) -> Run:
    """Run an action on a turn; returns its messages and the slots it sets."""

    def run_action(
        action: Action,
        text: str = "",
        *,
        intent: str = "ask_question",
        confidence: float = 1.0,
        entities: dict[str, str] | None = None,
        slots: dict[str, Any] | None = None,
        hint: str | None = None,
        written_in: str | None = None,
        besides_danger: bool = False,
        trial: dict[str, Any] | None = None,
        events: list[dict[str, Any]] | None = None,
    ) -> tuple[list[Message], dict[str, Any]]:
        latest = {
            "text": text,
            "intent": {"name": intent, "confidence": confidence},
            "intent_ranking": [{"name": intent, "confidence": 1.0}],
            "entities": [{"entity": name, "value": value} for name, value in (entities or {}).items()],
            "metadata": {
                "channel": "web",
                "language_hint": hint,
                "written_in": written_in,
                "besides_danger": besides_danger,
                "trial": trial,
            },
        }
        kept = dict.fromkeys(SLOTS)
        tracker = Tracker(
            sender_id="web-test",
            slots=kept | (slots or {}),
            latest_message=latest,
            events=events or [],
            paused=False,
            followup_action=None,
            active_loop={},
            latest_action_name=None,
        )
        dispatcher = CollectingDispatcher()
        set_slots = {event["name"]: event["value"] for event in action.run(dispatcher, tracker, {})}
        return [message_of(sent["custom"]) for sent in dispatcher.messages], kept | set_slots

    return run_action
