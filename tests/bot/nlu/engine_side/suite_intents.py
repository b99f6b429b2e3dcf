"""bot.nlu.intents and bot.nlu.danger"""

from __future__ import annotations

import unittest
from typing import Any

from bot.nlu.danger import DangerFirst
from bot.nlu.intents import IntentClassifier
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from tests.bot.nlu.engine_side.storage import Trained, message

EXAMPLES = {
    "greet": ["hello", "good morning", "hi there"],
    "thanks": ["thank you", "many thanks", "thanks a lot"],
    "deny": ["no", "no not at all", "no no"],
    "goodbye": ["bye bye", "see you later", "goodbye my friend"],
    "ask_question": ["who pays the plane", "how much is the wage", "what papers do i need"],
    "choose_answer": ['/choose_answer{"answer": "palm.cost"}', '/choose_answer{"answer": "hello"}'],
}


def training_data() -> TrainingData:
    """A few examples of six intents."""
    return TrainingData(
        [Message.build(text=text, intent=intent) for intent, texts in EXAMPLES.items() for text in texts]
    )


class Intents(unittest.TestCase):
    trained: Trained

    @classmethod
    def setUpClass(cls) -> None:
        cls.trained = Trained(IntentClassifier, training_data())
        cls.addClassCleanup(cls.trained.close)

    def intent(self, text: str) -> str:
        return str(self.trained.loaded.process([message(text)])[0].get("intent")["name"])

    def test_what_was_learned_is_understood_after_loading(self) -> None:
        for intent in ("greet", "thanks", "goodbye"):
            for text in EXAMPLES[intent]:
                with self.subTest(text=text):
                    self.assertEqual(self.intent(text), intent)

    def test_other_spellings_are_understood(self) -> None:
        self.assertEqual(self.intent("HÉLLO!"), "greet")
        self.assertEqual(self.intent("thank-you"), "thanks")

    def test_a_long_message_is_a_question_unless_it_is_surely_something_else(self) -> None:
        self.assertEqual(self.intent("thanks brother"), "thanks")
        self.assertEqual(
            self.intent("my cousin said thanks and went to the farm where he lives now"), "ask_question"
        )

    def test_names_alone_are_a_question(self) -> None:
        for text, entity, intent in (
            ("Bye", "country", "ask_question"),
            ("bye!", "scheme", "ask_question"),
            ("bye", "language", "goodbye"),
            ("bye bye", "country", "goodbye"),
        ):
            with self.subTest(text=text, entity=entity):
                named = message(text)
                named.set("entities", [{"entity": entity, "start": 0, "end": 3, "value": "XX"}])
                self.assertEqual(self.trained.loaded.process([named])[0].get("intent")["name"], intent)

    def test_a_yes_or_no_that_names_a_country_is_a_question(self) -> None:
        for text, intent in (("no not at all", "deny"), ("no not fiji", "ask_question")):
            with self.subTest(text=text):
                named = message(text)
                if "fiji" in text:
                    named.set("entities", [{"entity": "country", "start": 7, "end": 11, "value": "FJ"}])
                self.assertEqual(self.trained.loaded.process([named])[0].get("intent")["name"], intent)

    def test_an_intent_of_payloads_is_never_guessed(self) -> None:
        found = self.trained.loaded.process([message("choose answer palm.cost")])[0]
        self.assertNotIn("choose_answer", [row["name"] for row in found.get("intent_ranking")])

    def test_a_payload_is_left_to_rasa(self) -> None:
        for text in ('/choose_answer{"answer": "hello"}', "/hello", "  /hello"):
            with self.subTest(text=text):
                self.assertEqual(self.intent(text), "nlu_fallback")

    def test_a_message_of_nothing_known_is_not_understood(self) -> None:
        self.assertEqual(self.intent(""), "nlu_fallback")
        self.assertEqual(self.intent("∎∎∎"), "nlu_fallback")


class Danger(unittest.TestCase):
    def order(self, *ranking: tuple[str, float], threshold: float = 0.25) -> list[tuple[str, float]]:
        rows: list[dict[str, Any]] = [{"name": name, "confidence": chance} for name, chance in ranking]
        one = message("text")
        one.set("intent", rows[0])
        one.set("intent_ranking", rows)
        done = DangerFirst("danger", threshold, ranking_length=3).process([one])[0]
        self.assertEqual(done.get("intent"), done.get("intent_ranking")[0])
        return [(row["name"], row["confidence"]) for row in done.get("intent_ranking")]

    def test_danger_that_is_likely_enough_wins_with_the_confidence_of_the_likeliest(self) -> None:
        self.assertEqual(
            self.order(("ask_question", 0.6), ("danger", 0.25)), [("danger", 0.6), ("ask_question", 0.6)]
        )

    def test_danger_that_is_not_likely_enough_never_wins(self) -> None:
        ranking = [("ask_question", 0.6), ("danger", 0.24)]
        self.assertEqual(self.order(*ranking), ranking)
        self.assertEqual(
            self.order(("danger", 0.5), ("ask_question", 0.4), threshold=0.9),
            [("ask_question", 0.4), ("danger", 0.5)],
        )

    def test_the_ranking_is_cut_only_after_danger_was_looked_for(self) -> None:
        ranking = [("a", 0.2), ("b", 0.2), ("c", 0.2), ("danger", 0.19), ("d", 0.1)]
        self.assertEqual(self.order(*ranking, threshold=0.15), [("danger", 0.2), ("a", 0.2), ("b", 0.2)])
