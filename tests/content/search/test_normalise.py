"""One spelling for what people type."""

import pytest

from content.search.normalise import normalise


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Hamas mi MAS pem?!", "hamas mi mas pem"),
        ("fa'amolemole  fa‘amatala", "faamolemole faamatala"),
        ("Saʻo lelei, ē", "sao lelei e"),
        ("heeeelp meeee", "help me"),
        ("A$300,000", "a 300 000"),
        ("1000 vatu", "1000 vatu"),
        ("\n\t ... ", ""),
    ],
)
def test_typed_text_has_one_spelling(typed: str, plain: str) -> None:
    assert normalise(typed) == plain
