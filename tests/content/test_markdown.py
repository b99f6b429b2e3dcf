"""The small safe Markdown of answers."""

import pytest

from content.markdown import problems_of


@pytest.mark.parametrize(
    "text",
    [
        "One paragraph, with A$300 & more.\n\nAnother.",
        "**Bold** and [a link](https://example.org/a_b) and [a call](tel:+61212345678).",
        "Before:\n\n- one\n- **two**\n- [three](https://example.org)\n\nAfter.",
        "3 < 5, snake_case_word, 2 * 3 * 4",
    ],
)
def test_plain_texts_with_lists_bold_and_links_are_safe(text: str) -> None:
    assert problems_of(text) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# Title", "a heading is not allowed"),
        ("Title\n=====", "a heading is not allowed"),
        ("<script>alert(1)</script>", "HTML is not allowed"),
        ("Some <b>bold</b>", "HTML is not allowed"),
        ("<!-- hidden -->", "HTML is not allowed"),
        ("1. first\n2. second", "a numbered list is not allowed"),
        ("* star", "a list must be written with -, not *"),
        ("- one\n  - two", "a list inside a list is not allowed"),
        ("an *unsure* word", "slanted text (one * or _) is not allowed"),
        ("`code`", "code (`) is not allowed"),
        ("    code", "a text set in by four spaces is not allowed"),
        ("> said", "a quotation (>) is not allowed"),
        ("one\n\n---\n\ntwo", "a ruled line is not allowed"),
        ("![a cat](https://example.org/cat.png)", "a picture is not allowed"),
        ("[x](ftp://example.org)", "the link 'ftp://example.org' must begin with https://"),
        ("[x](javascript:alert)", "the link '[x](javascript:alert)' cannot be followed"),
        ("<https://example.org>", "write the link https://example.org as [words](https://example.org)"),
    ],
)
def test_anything_else_is_named(text: str, problem: str) -> None:
    assert problem in map(str, problems_of(text))
