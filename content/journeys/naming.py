"""Which of some things a text names: whole, among other words, or misspelt.

Not here: where the names come from (`content.journeys.spoken`, the gazetteers).
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from content.search.normalise import normalise

_LIKE = 85.0
_FEW_WORDS = 3
_SHORTEST_MISSPELT = 4


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a text a thing is named: from word to word."""

    start: int
    end: int
    value: str

    def overlaps(self, other: "_Place") -> bool:
        return self.start < other.end and other.start < self.end


def named(text: str, names: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The values that a text names, in the order in which it does; a longer name counts before a shorter.

    Of a few words, a name may be misspelt.
    """
    plain = normalise(text)
    values = {normalise(name): value for value, ways in names.items() for name in ways}
    if plain in values:
        return (values[plain],)
    return _among(plain.split(), values) or _misspelt(plain, values)


def is_named(text: str, ways: Iterable[str]) -> bool:
    """Whether a text says one thing and nothing else."""
    return normalise(text) in {normalise(way) for way in ways}


def said_besides(text: str, names: Mapping[str, Iterable[str]], small: Container[str]) -> int:
    """How many words of a text are neither part of a name nor small ones."""
    words = normalise(text).split()
    places = _places(words, {normalise(name): value for value, ways in names.items() for name in ways})
    if not places:
        return 0  # a misspelt name is all that is said
    return sum(
        1
        for at, word in enumerate(words)
        if word not in small and not any(place.start <= at < place.end for place in places)
    )


def _among(words: list[str], values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.value for each in _places(words, values)))


def _places(words: list[str], values: Mapping[str, str]) -> list[_Place]:
    """Where names stand, in order; of two that overlap the longer one."""
    longest = max((len(name.split()) for name in values), default=0)
    found = [
        _Place(start, end, values[name])
        for start in range(len(words))
        for end in range(start + 1, min(start + longest, len(words)) + 1)
        if (name := " ".join(words[start:end])) in values
    ]
    taken: list[_Place] = []
    for place in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if not any(place.overlaps(other) for other in taken):
            taken.append(place)
    return sorted(taken, key=lambda each: each.start)


def _misspelt(plain: str, values: Mapping[str, str]) -> tuple[str, ...]:
    if not plain or len(plain.split()) > _FEW_WORDS or len(plain) < _SHORTEST_MISSPELT:
        return ()
    likest = process.extractOne(plain, values.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return (values[likest[0]],) if likest else ()
