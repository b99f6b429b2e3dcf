"""bot.nlu.gazetteer"""

from __future__ import annotations

import unittest
from typing import Any

from bot.nlu.gazetteer import GazetteerEntityExtractor
from rasa.shared.nlu.training_data.training_data import TrainingData

from tests.bot.nlu.engine_side.storage import Trained, message

TABLES = {
    "country/WS": ["Samoa", "Sāmoa", "samoan"],
    "country/AS": ["American Samoa"],
    "country/TL": ["Timor-Leste", "timor"],
    "country/AU": ["Australia", "Ostrelia"],
    "language/sm": ["Gagana Samoa", "samoan"],
    "scheme/PALM": ["PALM", "palm scheme"],
    "currency/AUD": ["A$", "australian dollar"],
    "currency/PGK": ["kina", "k"],
    "currency/VUV": ["vatu", "vt"],
    "sector": ["fruit picking", "aged care"],
}


class Gazetteer(unittest.TestCase):
    trained: Trained

    @classmethod
    def setUpClass(cls) -> None:
        tables = [{"name": name, "elements": names} for name, names in TABLES.items()]
        data = TrainingData(lookup_tables=tables, entity_synonyms={"fruit picking": "fruit"})
        cls.trained = Trained(GazetteerEntityExtractor, data)
        cls.addClassCleanup(cls.trained.close)

    def found(self, text: str) -> list[tuple[str, Any, str]]:
        rows = self.trained.loaded.process([message(text)])[0].get("entities")
        return [(row["entity"], row["value"], text[row["start"] : row["end"]]) for row in rows]

    def test_names_are_found_however_they_are_written(self) -> None:
        for text in ("Sāmoa", "samoa", "SAMOA", "from samoa?", "(Samoa)"):
            with self.subTest(text=text):
                self.assertIn(("country", "WS"), [row[:2] for row in self.found(text)])
        self.assertEqual(self.found("bifo mi stap long TIMOR LESTE"), [("country", "TL", "TIMOR LESTE")])

    def test_the_longest_name_wins(self) -> None:
        self.assertEqual(self.found("I am from American Samoa"), [("country", "AS", "American Samoa")])
        self.assertEqual(self.found("palm scheme"), [("scheme", "PALM", "palm scheme")])

    def test_one_name_of_two_things_is_both(self) -> None:
        self.assertEqual(
            sorted(self.found("i am samoan")), [("country", "WS", "samoan"), ("language", "sm", "samoan")]
        )

    def test_a_name_inside_a_word_is_not_found(self) -> None:
        self.assertEqual(self.found("palms timorous samoas"), [])

    def test_a_plain_table_gives_the_synonym_or_the_name(self) -> None:
        self.assertEqual(self.found("fruit picking"), [("sector", "fruit", "fruit picking")])
        self.assertEqual(self.found("aged care"), [("sector", "aged care", "aged care")])

    def test_money_is_a_number_beside_a_currency(self) -> None:
        for text, amount, currency in [
            ("K500", 500, "PGK"),
            ("500 kina", 500, "PGK"),
            ("A$1,500.50", 1500.5, "AUD"),
            ("1.500,50 vatu", 1500.5, "VUV"),
            ("20,000vt", 20000, "VUV"),
            ("20 000 vatu", 20000, "VUV"),
            ("0.5 australian dollar", 0.5, "AUD"),
        ]:
            with self.subTest(text=text):
                self.assertEqual(
                    self.found(f"he wants {text} today"),
                    [("money", {"amount": amount, "currency": currency}, text)],
                )

    def test_a_currency_or_a_number_alone_is_not_money(self) -> None:
        self.assertEqual(self.found("how many kina for 3 months"), [])
        self.assertEqual(self.found("ok k thanks"), [])

    def test_money_and_names_are_told_in_the_order_of_the_text(self) -> None:
        self.assertEqual(
            [row[0] for row in self.found("PALM in Australia costs K500 from timor")],
            ["scheme", "country", "money", "country"],
        )

    def test_a_text_without_names_has_no_entities(self) -> None:
        for text in ("", "   ", "hello there", "'"):
            with self.subTest(text=text):
                self.assertEqual(self.found(text), [])
