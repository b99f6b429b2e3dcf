"""Figures of a translation are those of its source, however they are written."""

import pytest

from content.figures import differing_figures, figures_of


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("A$1,200 or 12.5 in 2026", "A$1.200 o 12,5 long 2026"),
        ("K1 000 000", "K1,000,000"),
        ("call 1800 515 131", "ring 1800515131"),
        ("in 2026 250 people", "250 man long 2026"),
        ("page 12", "စာမျက်နှာ ၁၂"),
        ("300 and 300", "300, 300"),
    ],
)
def test_the_same_figures_in_another_form_do_not_differ(source: str, translation: str) -> None:
    assert differing_figures(source, translation) == ([], [])


@pytest.mark.parametrize(
    ("source", "translation", "missing", "added"),
    [
        ("A$300", "A$320", ["300"], ["320"]),
        ("A$300 and A$300", "A$300", ["300"], []),
        ("nothing", "1 vatu", [], ["1"]),
        ("12.5", "125", ["12.5"], ["125"]),
        ("call 1800 515 131", "ring 1800 515 132", ["1800515131"], ["1800515132"]),
    ],
)
def test_other_figures_are_named(source: str, translation: str, missing: list[str], added: list[str]) -> None:
    assert differing_figures(source, translation) == (missing, added)


def test_every_figure_is_counted() -> None:
    assert figures_of("300 and 1,300 and 300") == {"300": 2, "1300": 1}
