"""Texts as HTML: what is understood, and that nothing else gets through."""

import re

import pytest

from bot.rendering import halves, markdown, outward_link, phone_link

SAFE_LINK = '<a href="https://a.example/b" rel="noopener nofollow" target="_blank">here</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>\n"),
        ("**bold**", "<p><strong>bold</strong></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("[here](https://a.example/b)", f"<p>{SAFE_LINK}</p>\n"),
        ("[call](tel:000)", '<p><a href="tel:000" rel="noopener nofollow">call</a></p>\n'),
        (
            "[write](mailto:a@b.example)",
            '<p><a href="mailto:a@b.example" rel="noopener nofollow">write</a></p>\n',
        ),
        ("A$300 & more < less", "<p>A$300 &amp; more &lt; less</p>\n"),
        ("", ""),
    ],
)
def test_the_library_s_markdown_is_understood(text: str, html: str) -> None:
    assert markdown(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](data:text/html,<script>)",
        "[x](//evil.example)",
        "[x](/chat/en)",
        "[x](http://plain.example)",
        '<https://a.example/" onmouseover="x>',
        "![x](https://evil.example/pixel.png)",
        "```\ncode\n```",
        "# heading",
        "> quote",
        '[x]: https://a.example "title"\n\n[x]',
        '[x](https://a.example "><script>")',
    ],
)
def test_nothing_else_gets_through(text: str) -> None:
    html = markdown(text).lower()
    tags = set(re.findall(r"</?([^\s>]*)", html))
    assert tags <= {"p", "a", "ul", "li", "strong"}
    for link in html.split("<a ")[1:]:
        assert link.startswith(('href="https://', 'href="tel:', 'href="mailto:'))
        assert link.split(">")[0].count('"') == 6


@pytest.mark.parametrize(
    ("number", "href"),
    [
        ("000", "tel:000"),
        ("+61 2 1234 5678", "tel:+61212345678"),
        ("1800 515 131", "tel:1800515131"),
        ("(678) 22-333", "tel:67822333"),
        ("22-333 (office hours)", "tel:22333"),
        ("22333 / 44555", "tel:22333"),
        ("22333 ext 5", "tel:22333"),
    ],
)
def test_a_number_can_be_pressed_to_call(number: str, href: str) -> None:
    link = phone_link(number)
    assert f'href="{href}"' in link
    assert number in link


def test_what_is_no_number_is_no_link() -> None:
    assert phone_link("ask <b>there</b>") == "<bdi>ask &lt;b&gt;there&lt;/b&gt;</bdi>"


def test_a_source_without_an_address_is_plain_text() -> None:
    assert outward_link("Our <page>", "") == "Our &lt;page&gt;"
    assert outward_link("x", "javascript:alert(1)") == "x"
    assert outward_link("x", 'https://a.example/"><b>').count("<") == 2


def test_the_first_paragraph_is_told_from_the_rest() -> None:
    assert halves("one\n\ntwo\n\nthree") == ("one", "two\n\nthree")
    assert halves("one") == ("one", "")
