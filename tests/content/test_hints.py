"""Hints to a writer, and what changed between two texts."""

import pytest

from content.differences import changes
from content.hints import hints, length_of


def names(title: str, body: str, source: str | None = None) -> list[str]:
    return [hint.name for hint in hints(title, body, source)]


def test_a_short_plain_text_has_none() -> None:
    assert names("Who pays?", "**Nobody** may ask you for money.\n\n- Keep it.") == []


def test_a_text_too_long_for_a_phone_is_told_with_its_words() -> None:
    [hint] = hints("Title", "Short words. " * 61)
    assert (hint.name, hint.values) == ("too-long", {"words": 122, "most": 120})


def test_a_long_sentence_is_named() -> None:
    [hint] = hints("Title", "Yes. " + "word " * 21 + "end.")
    assert hint.name == "long-sentence"
    assert hint.values["words"] == 22
    assert str(hint.values["sentence"]).startswith("word word")


def test_a_translation_may_have_more_words_than_its_source() -> None:
    body = "Short words. " * 70
    assert names("Title", body) == ["too-long"]
    assert names("Title", body, "Title\nShort.") == []


def test_figures_that_differ_from_the_source_are_named() -> None:
    found = hints("Title", "Yu pem 40 vatu.", "Title\nYou pay 30 vatu.")
    assert [(hint.name, hint.values["figure"]) for hint in found] == [
        ("figure-missing", "30"),
        ("figure-added", "40"),
    ]


def test_markup_and_link_addresses_are_not_counted_as_words() -> None:
    assert length_of("- **Two words** and [a link](https://example.org/a-long-address)") == 5


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "new"), ("old", ""), ("one two three", "one 2 three four"), ("a\n\nb", "a\n\nc")],
)
def test_changes_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(change.text for change in found if change.kind != "new") == before
    assert "".join(change.text for change in found if change.kind != "gone") == after


def test_a_changed_word_is_shown_alone() -> None:
    assert [(c.kind, c.text) for c in changes("pay 30 vatu", "pay 40 vatu")] == [
        ("same", "pay "),
        ("gone", "30"),
        ("new", "40"),
        ("same", " vatu"),
    ]
