"""bot.nlu.spelling"""

from __future__ import annotations

import unittest

from bot.nlu.spelling import spell


class Spelling(unittest.TestCase):
    def test_ways_of_writing_the_same_name_read_alike(self) -> None:
        for one, other in [
            ("Sāmoa", "samoa"),
            ("SAMOA", "samoa"),
            ("Timor-Leste", "timor leste"),
            ("Nuku'alofa", "nukualofa"),
            ("Nuku‘alofa", "Nuku’alofa"),
            ("A$300", "a$ 300"),
            ("K500", "k 500"),
            ("300vt", "300 vt"),
            ("ｐａｌｍ", "palm"),
        ]:
            with self.subTest(one=one):
                self.assertEqual(spell(one).text, spell(other).text)

    def test_different_names_read_differently(self) -> None:
        self.assertNotEqual(spell("Samoa").text, spell("Somoa").text)
        self.assertNotEqual(spell("1,500.50").text, spell("1,50050").text)

    def test_a_place_found_is_shown_as_it_was_written(self) -> None:
        written = "bos i laekem A$300 long Nuku'alofa"
        spelling = spell(written)
        for found, shown in [("a$ 300", "A$300"), ("nukualofa", "Nuku'alofa"), ("300", "300")]:
            with self.subTest(found=found):
                start = spelling.text.index(found)
                begin, end = spelling.original(start, start + len(found))
                self.assertEqual(written[begin:end], shown)

    def test_an_empty_text_stays_empty(self) -> None:
        self.assertEqual(spell("").text, "")
        self.assertEqual(spell("''").text, "")
