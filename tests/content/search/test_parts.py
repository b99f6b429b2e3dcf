"""Cutting a message that may ask two things."""

import json

import pytest

from content.search.parts import JOINING, halves


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        ("Who pays my ticket? How much do I earn?", "en", ("Who pays my ticket", "How much do I earn?")),
        ("who pays my ticket and how much do I earn", "en", ("who pays my ticket", "how much do I earn")),
        ("hu i pem tiket mo hamas long wan aoa", "bi", ("hu i pem tiket", "hamas long wan aoa")),
        ("husat i baim tiket na hamas long wan aua", "tpi", ("husat i baim tiket", "hamas long wan aua")),
    ],
)
def test_a_message_is_cut_at_its_marks_and_words_for_and(
    text: str, language: str, parts: tuple[str, str]
) -> None:
    assert parts in halves(text, language)


def test_a_part_of_two_words_is_none() -> None:
    assert halves("who pays my ticket and visa fee", "en") == []
    assert halves("Hello! Who pays my ticket", "en") == []


def test_a_word_for_and_counts_in_its_own_language_only() -> None:
    assert halves("hamas mi pem long PALM", "bi") == []
    assert halves("na ale mi go long taon", "bi") == []
    assert halves("one two three mo four five six", "en") == []


def test_without_a_language_only_marks_cut() -> None:
    assert halves("a b c and d e f", None) == []
    assert len(halves("a b c. d e f", None)) == 1


def test_every_language_of_the_library_has_its_words_for_and() -> None:
    words = json.loads(JOINING.read_text(encoding="utf-8"))
    assert set(words) >= {"bi", "en", "fil", "sm", "tet", "tpi"}
    assert all(words.values())
