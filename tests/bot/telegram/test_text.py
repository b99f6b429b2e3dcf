"""Markdown becomes Telegram's HTML, and long texts are cut where a reader would pause."""

import pytest

from bot.channels.telegram_text import (
    MAX_UNITS,
    Run,
    Text,
    bold,
    from_markdown,
    link,
    plain,
    split,
    to_html,
    to_plain,
    units,
    visible,
)
from tests.bot_api_html import Entity, parsed


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("A line\nthat goes on.", "A line that goes on."),
        ("You pay **nothing** now.", "You pay <b>nothing</b> now."),
        ("*Never* pay.", "<i>Never</i> pay."),
        ("- one\n- two", "• one\n• two"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("- one\n  - inside\n- two", "• one\n   • inside\n• two"),
        (
            "See [the rules](https://example.org/a?b=1&c=2).",
            'See <a href="https://example.org/a?b=1&amp;c=2">the rules</a>.',
        ),
        ("**[Rules](https://example.org)**", '<b><a href="https://example.org">Rules</a></b>'),
        ("Call [1800 123](tel:1800123).", "Call 1800 123."),
        ("# Title\n\ntext", "<b>Title</b>\n\ntext"),
        ("5 < 6 & <b>not bold</b>", "5 &lt; 6 &amp; &lt;b&gt;not bold&lt;/b&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("", ""),
    ],
)
def test_markdown_becomes_html_that_telegram_accepts(markdown: str, html: str) -> None:
    text = from_markdown(markdown)
    assert to_html(text) == html
    assert parsed(to_html(text))[0] == visible(text)


def test_text_without_markup_keeps_the_address_of_a_link() -> None:
    assert to_plain(from_markdown("See [the **rules**](https://example.org) first.")) == (
        "See the rules (https://example.org) first."
    )


def test_a_link_to_anything_but_the_web_stays_plain_text() -> None:
    assert to_html(link("file", "/static/file.pdf")) == "file"


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert units("a👍") == 3


def test_a_text_that_fits_stays_whole() -> None:
    text = plain("a" * MAX_UNITS)
    assert split(text) == [text]


def test_a_long_text_is_cut_between_paragraphs() -> None:
    first, second = "First. " * 400, "Second. " * 400
    assert [visible(piece) for piece in split(plain(f"{first.strip()}\n\n{second.strip()}"))] == [
        first.strip(),
        second.strip(),
    ]


def test_a_long_paragraph_is_cut_between_sentences_and_no_word_is_lost() -> None:
    sentence = "Nobody may ask you for money to get a job."
    pieces = [visible(piece) for piece in split(plain(" ".join([sentence] * 300)))]
    assert len(pieces) > 2
    assert all(piece.startswith("Nobody") and piece.endswith("job.") for piece in pieces)
    assert " ".join(pieces) == " ".join([sentence] * 300)


@pytest.mark.parametrize("letter", ["a", "👍", "é", "က္", "👨‍👩‍👧"])
def test_a_text_without_borders_is_cut_between_letters(letter: str) -> None:
    text = letter * 5000
    pieces = [visible(piece) for piece in split(plain(text))]
    assert "".join(pieces) == text
    assert all(0 < units(piece) <= MAX_UNITS for piece in pieces)
    assert all(piece.startswith(letter[0]) and piece.endswith(letter[-1]) for piece in pieces)


def test_a_cut_closes_and_opens_bold_and_links_again() -> None:
    text: Text = (Run("word " * 1500, ("b",), "https://example.org"),)
    pieces = split(text)
    assert len(pieces) == 2
    for piece in pieces:
        seen, entities = parsed(to_html(piece))
        assert entities == [Entity("a", seen, "https://example.org"), Entity("b", seen)]


def test_signs_that_html_makes_longer_do_not_shorten_the_piece() -> None:
    assert len(split(bold("&" * MAX_UNITS))) == 1


def test_an_empty_text_has_no_pieces() -> None:
    assert split(plain(" \n\n ")) == []
