"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_PIECES = re.compile(r"\s+|[^\W_]+(?:['’ʻ-][^\W_]+)*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that both have, that went, or that came."""

    kind: Literal["same", "gone", "new"]
    text: str


def changes(before: str, after: str) -> list[Change]:
    """The way from one text to the other; all `same` and `new` together are the new text."""
    return list(_joined(_changes(_PIECES.findall(before), _PIECES.findall(after))))


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Change("same", "".join(old[i:j]))
        else:
            yield Change("gone", "".join(old[i:j]))
            yield Change("new", "".join(new[k:m]))


def _joined(stretches: Iterator[Change]) -> Iterator[Change]:
    """Without the empty ones."""
    return (stretch for stretch in stretches if stretch.text)
