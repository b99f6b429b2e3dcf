"""Checking what an action returned, against schemas that are prepared once.

Rasa's `RemoteAction._validate_action_result` builds its JSON schema and checks the schema itself on
every action call, which took most of the engine's time; and it tries each event against the schemas
of all kinds of event. Here the schemas are prepared once, and an event is tried against that of its
own kind. What does not pass is checked again by Rasa's whole schema, whose error is raised: what is
valid, and what is said of the rest, stays Rasa's own.
Figures: docs/decisions/0003-engine-adapters.md.
"""

from __future__ import annotations

from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

Schema = dict[str, Any]


class ActionAnswers:
    """Rasa's schema of an action's answer, prepared."""

    def __init__(self, schema: Schema) -> None:
        kind = validator_for(schema)
        kind.check_schema(schema)
        self._whole: Validator = kind(schema)
        event: Schema = schema["properties"]["events"]["items"]
        properties = {**schema["properties"], "events": {"type": "array"}}
        self._frame: Validator = kind({**schema, "properties": properties})
        self._event: Validator = kind({key: value for key, value in event.items() if key != "oneOf"})
        self._kinds: dict[str, Validator] = {
            one["properties"]["event"]["const"]: kind(one) for one in event["oneOf"]
        }
        if len(self._kinds) != len(event["oneOf"]):
            raise ValueError("Rasa's schema has two kinds of event by one name.")

    def error(self, answer: Any) -> Exception | None:
        """What is wrong with an answer; None if nothing is."""
        if self._frame.is_valid(answer) and all(map(self._is_event, answer.get("events", []))):
            return None
        return best_match(self._whole.iter_errors(answer))

    def _is_event(self, event: Any) -> bool:
        if not self._event.is_valid(event):
            return False
        kind = self._kinds.get(event["event"])
        return kind is not None and kind.is_valid(event)


def prepare() -> None:
    """Make every action of this process use the prepared schemas."""
    answers = ActionAnswers(RemoteAction.action_response_format_spec())

    def validate_action_result(self: RemoteAction, result: Any) -> bool:
        error = answers.error(result)
        if error is not None:
            raise error
        return True

    RemoteAction._validate_action_result = validate_action_result  # noqa: SLF001 - Rasa has no other door
