"""Figures in a text: every number and phone number, however its digits are grouped.

A translation must carry exactly the figures of its source. Grouping is forgiven (`1,200`, `1.200`
and `1 200` are one figure, `12.5` and `12,5` too), and so are the digits of another script.
"""

import re
import unicodedata
from collections import Counter

_SPACES = " \u00a0\u2009\u202f"
_MARKS = ",.'’\u066b\u066c"
_DECIMAL = re.compile(rf"(\d)[{_MARKS}](\d{{1,2}})(?!\d)")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_POINT = "\u2022"


def figures_of(text: str, *, join_spaces: bool = True) -> Counter[str]:
    """How often each figure stands in the text."""
    plain = _NOT_ASCII.sub(lambda letter: _ascii_digit(letter[0]), text)
    grouping = _MARKS + (_SPACES if join_spaces else "")
    grouped = re.compile(rf"(?<!\d)(?<!\d[{_MARKS}])\d{{1,4}}(?:[{grouping}]\d{{3}})+(?!\d)")
    joined = grouped.sub(lambda found: re.sub(r"\D", "", found[0]), plain)
    pointed = _DECIMAL.sub(rf"\1{_POINT}\2", joined)
    return Counter(
        number.replace(_POINT, ".") for number in re.findall(rf"\d+(?:{_POINT}\d{{1,2}})?", pointed)
    )


def differing_figures(source: str, translation: str) -> tuple[list[str], list[str]]:
    """Figures that the translation lacks, and figures that only it has; both empty if equal."""
    joined = _difference(source, translation, join_spaces=True)
    apart = _difference(source, translation, join_spaces=False)
    return min(joined, apart, key=lambda difference: len(difference[0]) + len(difference[1]))


def _difference(source: str, translation: str, *, join_spaces: bool) -> tuple[list[str], list[str]]:
    theirs = figures_of(source, join_spaces=join_spaces)
    ours = figures_of(translation, join_spaces=join_spaces)
    return sorted((theirs - ours).elements()), sorted((ours - theirs).elements())


def _ascii_digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)
