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

from collections.abc import Iterable, Iterator
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
class Sequence:
    """Words side by side; `whole` if they must be the whole message."""

    words: tuple[str, ...]
    whole: bool

    def begins_at(self, start: int, words: list[str]) -> bool:
        """Whether all its words stand here."""
        if self.whole and len(words) != len(self.words):
            return False
        if start + len(self.words) > len(words):
            return False
        return all(_fits(want, words[start + step]) for step, want in enumerate(self.words))


@dataclass(frozen=True, slots=True)
class Part:
    """A choice of sequences, by their first word or, where that is open, by its beginning."""

    by_word: dict[str, tuple[Sequence, ...]]
    by_beginning: dict[str, tuple[Sequence, ...]]

    @classmethod
    def of(cls, choices: list[str]) -> "Part":
        """Read the choices between the bars; raises DangerError for one without a word."""
        by_word: dict[str, tuple[Sequence, ...]] = {}
        by_beginning: dict[str, tuple[Sequence, ...]] = {}
        for choice in choices:
            words = tuple(_plain(word) for word in choice.strip("=").split("_") if word)
            if not words or not all(word.rstrip("*") for word in words):
                raise DangerError(f"the choice {choice!r} has an empty part")
            first = words[0].rstrip("*")
            kept = by_beginning if words[0].endswith("*") else by_word
            kept[first] = (*kept.get(first, ()), Sequence(words, whole=choice.startswith("=")))
        return cls(by_word, by_beginning)

    def places_in(self, words: list[str], places: dict[str, list[int]]) -> list[int]:
        """The number of the word at which each match begins; `places` says where each word stands."""
        found = [
            start
            for word in self.by_word.keys() & places.keys()
            for start in places[word]
            if any(sequence.begins_at(start, words) for sequence in self.by_word[word])
        ]
        for beginning, sequences in self.by_beginning.items():
            found += [
                start
                for word, starts in places.items()
                if word.startswith(beginning)
                for start in starts
                if any(sequence.begins_at(start, words) for sequence in sequences)
            ]
        return found


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts that must all occur near one another."""

    kind: str
    parts: tuple[Part, ...]

    def found_in(self, words: list[str], places: dict[str, list[int]]) -> bool:
        """Whether all parts stand within one window of the message's normalised words."""
        starts: list[list[int]] = []
        for part in self.parts:
            found = part.places_in(words, places)
            if not found:
                return False
            starts.append(found)
        first, *others = starts
        return any(
            all(any(abs(place - start) < _WINDOW for place in part) for part in others) for start in first
        )


def places_of(words: list[str]) -> dict[str, list[int]]:
    """Where each word of a message stands."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word, []).append(place)
    return places


def parse_pattern(kind: str, line: str) -> Pattern:
    """Read one line of the net."""
    choices = [[choice for choice in part.split("|") if choice] for part in line.split()]
    if not choices or not all(choices):
        raise DangerError(f"the pattern {line!r} has an empty part")
    parts = tuple(Part.of(some) for some in choices)
    return Pattern(kind, parts)


def _plain(word: str) -> str:
    return normalise(word) + ("*" if word.endswith("*") else "")


def _fits(want: str, word: str) -> bool:
    return word.startswith(want[:-1]) if want.endswith("*") else word == want


class Patterns:
    """Many patterns, found by the words with which their parts begin: most are never looked at."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = tuple(patterns)
        self._all_parts = [(1 << len(pattern.parts)) - 1 for pattern in self._patterns]
        self._by_word: dict[str, list[tuple[int, int]]] = {}
        self._by_beginning: dict[str, list[tuple[int, int]]] = {}
        for number, pattern in enumerate(self._patterns):
            for place, part in enumerate(pattern.parts):
                for word in part.by_word:
                    self._by_word.setdefault(word, []).append((number, 1 << place))
                for beginning in part.by_beginning:
                    self._by_beginning.setdefault(beginning, []).append((number, 1 << place))
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning})

    def kinds_in(self, words: list[str], places: dict[str, list[int]]) -> set[str]:
        """The kinds of all patterns that stand in a message."""
        begun: dict[int, int] = {}
        for word in places:
            for parts in self._begun_by(word):
                for number, part in parts:
                    begun[number] = begun.get(number, 0) | part
        candidates = (
            self._patterns[number] for number, parts in begun.items() if parts == self._all_parts[number]
        )
        return {pattern.kind for pattern in candidates if pattern.found_in(words, places)}

    def _begun_by(self, word: str) -> Iterator[list[tuple[int, int]]]:
        """The parts that may begin with a word: the pattern's number, and the part as a bit."""
        if word in self._by_word:
            yield self._by_word[word]
        for length in self._lengths:
            if length <= len(word) and word[:length] in self._by_beginning:
                yield self._by_beginning[word[:length]]


class DangerNet:
    """All patterns of all languages: a cry for help is heard in any of them."""

    def __init__(self, patterns: Iterable[Pattern], harmless: Iterable[Pattern]) -> None:
        self._patterns = Patterns(patterns)
        self._harmless = Patterns(harmless)

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
                content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
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
        places = places_of(words)
        kinds = self._patterns.kinds_in(words, places)
        if not kinds:
            return None
        kinds -= self._harmless.kinds_in(words, places)
        return next((kind for kind in KINDS if kind in kinds), None)


def _lines(block: dict[str, list[str]]) -> list[tuple[str, str]]:
    for kind in block:
        if kind not in KINDS:
            raise DangerError(f"there is no kind of danger {kind!r}; there are {', '.join(KINDS)}")
    return [(kind, str(line)) for kind, lines in block.items() for line in lines]
