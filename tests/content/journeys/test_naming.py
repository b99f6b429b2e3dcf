"""What a text names."""

import pytest

from content.journeys.naming import is_named, named, said_besides

FEES = {
    "visa": ("visa", "visa fee"),
    "ticket": ("ticket", "plane ticket"),
    "training": ("training",),
    "pre-departure": ("pre departure training",),
}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("visa", ("visa",)),
        ("It's for the VISA!!", ("visa",)),
        ("the plane ticket and the visa", ("ticket", "visa")),
        ("pre-departure training", ("pre-departure",)),
        ("trainning", ("training",)),
        ("vis", ()),
        ("a television", ()),
        ("", ()),
    ],
)
def test_things_are_found_whole_among_other_words_or_misspelt(text: str, values: tuple[str, ...]) -> None:
    assert named(text, FEES) == values


def test_a_misspelt_name_is_not_looked_for_in_a_long_text() -> None:
    assert named("he told me that there was trainning to be done", FEES) == ()


@pytest.mark.parametrize(
    ("text", "besides"), [("it is for the visa", 0), ("they took my visa away", 2), ("trainning", 0)]
)
def test_what_a_text_says_besides_is_counted(text: str, besides: int) -> None:
    assert said_besides(text, FEES, {"it", "is", "for", "the", "they", "my"}) == besides


def test_a_control_is_the_whole_text_or_none() -> None:
    assert is_named("Go back!", ["go back"])
    assert not is_named("i want to go back home", ["go back"])
