"""The danger net: patterns of present danger, per language, looked for in every message.

It stands before the engine and works without it. A pattern is a line of the library
(`content/library/danger/<lang>.yml`):

    lok*|lokem mi|mifala              all parts in one message, at most ten words apart
    no_save_aot                       words in this order, side by side
    wan*                              a word that begins with wan
    =danger                           the whole message

`harmless` patterns take back the matches of their kind (questions about rules, not cries for
help); another kind's match stays. The net errs to the safe side.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from content.search.normalise import normalise

KINDS = ("violence", "locked-in", "passport", "sexual", "trafficking", "self-harm", "child")
_WINDOW = 10


class DangerError(Exception):
    """A file of the net is wrong; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Part:
    """A choice of word sequences; of each, the first word (or its beginning) for a quick look."""

    sequences: tuple[tuple[str, ...], ...]
    whole_messages: frozenset[tuple[str, ...]]
    first_words: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, choices: list[str]) -> "Part":
        """Read the choices between the bars; raises DangerError for one without a word."""
        spelt = {
            choice: tuple(_plain(word) for word in choice.strip("=").split("_") if word) for choice in choices
        }
        if not spelt or any(not words or not all(map(_letters, words)) for words in spelt.values()):
            raise DangerError(f"the choice {'|'.join(choices)!r} has an empty part")
        first = [words[0] for words in spelt.values()]
        return cls(
            tuple(spelt.values()),
            frozenset(words for choice, words in spelt.items() if choice.startswith("=")),
            frozenset(word for word in first if not word.endswith("*")),
            tuple(word[:-1] for word in first if word.endswith("*")),
        )

    def may_be_in(self, different: set[str]) -> bool:
        """A quick look that never misses: whether a sequence can begin anywhere."""
        if not self.first_words.isdisjoint(different):
            return True
        return bool(self.beginnings) and any(word.startswith(self.beginnings) for word in different)

    def places_in(self, words: list[str]) -> list[int]:
        """The number of the word at which each match begins."""
        return [
            start
            for sequence in self.sequences
            for start in range(len(words) - len(sequence) + 1)
            if (sequence not in self.whole_messages or len(words) == len(sequence))
            and all(_fits(want, words[start + step]) for step, want in enumerate(sequence))
        ]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts that must all occur near one another."""

    kind: str
    parts: tuple[Part, ...]

    def found_in(self, words: list[str], different: set[str]) -> bool:
        """Whether all parts stand within one window of the message's normalised words."""
        if not all(part.may_be_in(different) for part in self.parts):
            return False
        starts, *others = (part.places_in(words) for part in self.parts)
        return any(
            all(any(abs(place - start) < _WINDOW for place in places) for places in others)
            for start in starts
        )


def parse_pattern(kind: str, line: str) -> Pattern:
    """Read one line of the net."""
    parts = tuple(Part.of([choice for choice in part.split("|") if choice]) for part in line.split())
    if not parts:
        raise DangerError(f"the pattern {line!r} has an empty part")
    return Pattern(kind, parts)


def _plain(word: str) -> str:
    return normalise(word) + ("*" if word.endswith("*") else "")


def _letters(word: str) -> str:
    return word.rstrip("*")


def _fits(want: str, word: str) -> bool:
    return word.startswith(want[:-1]) if want.endswith("*") else word == want


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
        different = set(words)
        kinds = {pattern.kind for pattern in self._patterns if pattern.found_in(words, different)}
        if not kinds:
            return None
        kinds -= {pattern.kind for pattern in self._harmless if pattern.found_in(words, different)}
        return next((kind for kind in KINDS if kind in kinds), None)


def _lines(block: dict[str, list[str]]) -> list[tuple[str, str]]:
    for kind in block:
        if kind not in KINDS:
            raise DangerError(f"there is no kind of danger {kind!r}; there are {', '.join(KINDS)}")
    return [(kind, str(line)) for kind, lines in block.items() for line in lines]
