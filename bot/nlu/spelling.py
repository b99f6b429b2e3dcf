"""One spelling for many: small letters without accents, apostrophes or hyphens, numbers set apart.

`Sāmoa`, `SAMOA` and `samoa` read alike, so do `Timor-Leste` and `timor leste`, `A$300` and `a$ 300`.
Each character remembers where it stood, so that what is found can be shown as it was written.
Standard library only.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

_DROPPED = frozenset("'’‘ʻʼ`´")
_SPACED = frozenset("-‐‑–_")


class Spelling(NamedTuple):
    """A text in the one spelling; `places[i]` is where character `i` stood in the text as written."""

    text: str
    places: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets as written of what stands from `start` to `end` in the one spelling."""
        return self.places[start], self.places[end - 1] + 1


def spell(text: str) -> Spelling:
    """Put `text` into the one spelling."""
    letters: list[str] = []
    places: list[int] = []
    for place, written in enumerate(text):
        for letter in _letters(written):
            if letters and _breaks(letters[-1], letter):
                letters.append(" ")
                places.append(place)
            letters.append(letter)
            places.append(place)
    return Spelling("".join(letters), places)


def _letters(written: str) -> str:
    if written in _DROPPED:
        return ""
    if written in _SPACED or written.isspace():
        return " "
    plain = (c for c in unicodedata.normalize("NFKD", written) if not unicodedata.combining(c))
    return "".join(plain).lower()


def _breaks(before: str, after: str) -> bool:
    """Whether a number begins or ends between the two characters."""
    if before == " " or after == " " or after in ".,":
        return False
    return before.isdigit() != after.isdigit() and before not in ".,"
