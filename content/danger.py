"""The danger net: patterns of present danger, per language, looked for in every message.

It stands before the engine and works without it. A pattern is a line of the library
(`content/library/danger/<lang>.yml`):

    lok*|lokem mi|mifala              all parts in one message, at most ten words apart
    no_save_aot                       words in this order, side by side
    wan*                              a word that begins with wan
    =danger                           the whole message

`harmless` patterns take a match back (questions about rules, not cries for help), unless a
pattern of another kind matches too. The net errs to the safe side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from content.search.normalise import normalise

KINDS = ("violence", "locked-in", "passport", "sexual", "trafficking", "self-harm", "child")
_WINDOW = 10


class DangerError(Exception):
    """A file of the net is wrong; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts that must all occur; each part is a choice of word sequences."""

    kind: str
    parts: tuple[tuple[tuple[str, ...], ...], ...]

    def found_in(self, words: Sequence[str]) -> bool:
        """Whether all parts stand within one window of the message."""
        places = [_places(part, words) for part in self.parts]
        if not all(places):
            return False
        return any(
            all(any(abs(place - start) < _WINDOW for place in others) for others in places[1:])
            for start in places[0]
        )


def _places(part: tuple[tuple[str, ...], ...], words: Sequence[str]) -> list[int]:
    return [
        start
        for sequence in part
        for start in range(len(words) - len(sequence) + 1)
        if (not sequence[0].startswith("=") or len(words) == len(sequence))
        and all(_fits(want, words[start + step]) for step, want in enumerate(sequence))
    ]


def _fits(want: str, word: str) -> bool:
    want = want.removeprefix("=")
    return word.startswith(want[:-1]) if want.endswith("*") else word == want


def parse_pattern(kind: str, line: str) -> Pattern:
    """Read one line of the net."""
    parts = tuple(
        tuple(
            tuple(_plain(word) for word in choice.split("_") if word) for choice in part.split("|") if choice
        )
        for part in line.split()
    )
    if (
        not parts
        or not all(parts)
        or not all(word.strip("=*") for part in parts for seq in part for word in seq)
    ):
        raise DangerError(f"the pattern {line!r} has an empty part")
    return Pattern(kind, parts)


def _plain(word: str) -> str:
    return ("=" if word.startswith("=") else "") + normalise(word) + ("*" if word.endswith("*") else "")


class DangerNet:
    """All patterns of all languages: a cry for help is heard in any of them."""

    def __init__(self, patterns: Iterable[Pattern], harmless: Iterable[Pattern]) -> None:
        self._patterns = tuple(patterns)
        self._harmless = tuple(harmless)

    @classmethod
    def read(cls, folder: Path) -> "DangerNet":
        """Read every `<lang>.yml` of a folder; raises DangerError with the file's name."""
        patterns: list[Pattern] = []
        harmless: list[Pattern] = []
        files = sorted(folder.glob("*.yml"))
        if not files:
            raise DangerError(f"{folder}: there is no danger net here")
        for path in files:
            try:
                content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
                patterns += [parse_pattern(kind, line) for kind, line in _lines(content["patterns"])]
                harmless += [
                    parse_pattern(kind, line) for kind, line in _lines(content.get("harmless") or {})
                ]
            except (DangerError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
                raise DangerError(f"{path}: {error}") from error
        return cls(patterns, harmless)

    def kind_of(self, text: str) -> str | None:
        """The kind of danger a message speaks of, the gravest named first in KINDS; else None."""
        words = normalise(text).split()
        kinds = {pattern.kind for pattern in self._patterns if pattern.found_in(words)}
        if not kinds:
            return None
        kinds -= {pattern.kind for pattern in self._harmless if pattern.found_in(words)}
        return next((kind for kind in KINDS if kind in kinds), None)


def _lines(block: dict[str, list[str]]) -> list[tuple[str, str]]:
    for kind in block:
        if kind not in KINDS:
            raise DangerError(f"there is no kind of danger {kind!r}; there are {', '.join(KINDS)}")
    return [(kind, str(line)) for kind, lines in block.items() for line in lines]


@cache
def net(folder: Path) -> DangerNet:
    """The net of a folder, read once a process."""
    return DangerNet.read(folder)
