"""Checking what an action returned, against a schema that is prepared once.

Rasa's `RemoteAction._validate_action_result` builds its JSON schema and checks the schema itself on
every action call; that took most of the engine's time. The schema and the errors stay Rasa's own.
Figures: docs/decisions/0003-engine-adapters.md.
"""

from __future__ import annotations

from typing import Any

from jsonschema import ValidationError
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


def prepare() -> None:
    """Make every action of this process use the prepared validator."""
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
        error = best_match(validator.iter_errors(result))
        if error is None:
            return True
        error.message += f". The action server's answer to {self.name()} is not valid."
        raise error

    RemoteAction._validate_action_result = validate_action_result  # noqa: SLF001 - Rasa has no other door


__all__ = ["ValidationError", "prepare"]
