"""bot.nlu.validation"""

from __future__ import annotations

import unittest
from typing import Any

from bot.nlu import validation
from jsonschema import ValidationError, validate
from rasa.core.actions.action import RemoteAction

SLOT = {"event": "slot", "name": "language", "value": "bi", "timestamp": None}
ANSWERS: list[Any] = [
    {"events": [], "responses": []},
    {},
    {
        "events": [SLOT, {"event": "followup", "name": "action_listen"}],
        "responses": [{"custom": {"kind": "answer"}}],
    },
    {"events": [{"event": "restart"}, {"event": "reset_slots", "timestamp": 1.5, "metadata": {"a": 1}}]},
    {"events": [{"event": "user", "text": None, "parse_data": {"intent": {"name": "greet"}}}]},
    {"events": [{"event": "slot", "value": 1}]},
    {"events": [{"event": "slot", "name": 5, "value": 1}]},
    {"events": [{"event": "nonsense"}]},
    {"events": [{"event": 5}]},
    {"events": [{"name": "language"}]},
    {"events": [SLOT, {"event": "action", "hide_rule_turn": "yes"}]},
    {"events": [{"event": "slot", "name": "a", "value": 1, "timestamp": "today"}]},
    {"events": [{"event": "entities", "entities": [{"entity": "country"}]}]},
    {"events": {"event": "slot"}},
    {"events": ["slot"]},
    {"events": None},
    {"responses": ["text"]},
    {"responses": {}},
    [],
    "text",
    None,
]


def is_valid_to_rasa(answer: Any) -> bool:
    """What Rasa's own check says."""
    try:
        validate(answer, RemoteAction.action_response_format_spec())
    except ValidationError:
        return False
    return True


class Validation(unittest.TestCase):
    def test_accepts_and_refuses_the_same_answers_as_rasa(self) -> None:
        answers = validation.ActionAnswers(RemoteAction.action_response_format_spec())
        verdicts = [answers.error(answer) is None for answer in ANSWERS]
        self.assertEqual(verdicts, [is_valid_to_rasa(answer) for answer in ANSWERS])
        self.assertGreater(verdicts.count(True), 3)
        self.assertGreater(verdicts.count(False), 10)

    def test_every_action_uses_it_and_raises_rasas_error(self) -> None:
        before = RemoteAction._validate_action_result
        self.addCleanup(setattr, RemoteAction, "_validate_action_result", before)
        validation.prepare()
        action = RemoteAction("action_menu", None)
        self.assertIsNot(RemoteAction._validate_action_result, before)
        self.assertTrue(action._validate_action_result({"events": [SLOT], "responses": []}))
        with self.assertRaises(ValidationError) as raised:
            action._validate_action_result({"events": [{"event": "slot", "value": 1}]})
        self.assertEqual(list(raised.exception.absolute_path)[:2], ["events", 0])

    def test_a_schema_with_two_kinds_by_one_name_is_refused(self) -> None:
        kind = {"properties": {"event": {"const": "slot"}}}
        schema = {"properties": {"events": {"items": {"oneOf": [kind, kind]}}}}
        with self.assertRaisesRegex(ValueError, "two kinds"):
            validation.ActionAnswers(schema)
