"""What a question means that may go on from the one before it: "and in Korea?", "how long?", "who pays?".

Its words are weighed alone and together with the question before, and every answer by its ties to the
answer that was told last. How much each counts depends on how many words there are, and is fitted on
dialogues (`calibration`). Not here: finding what the words say for an answer (`index`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from content.search.corridors import Corridors
from content.texts import AnswerText

type Scores = NDArray[np.float64]

FEW, SOME = 3, 6
"""Words up to which a question has few, and some; beyond, it has many."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a question may go on from: the question before it, and the answer that was told last."""

    question: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much, in the order of the columns of `figures`; and the chance of the first.

    `alone` and `together` have a weight each for few, some and many words. `topic` and `way` (a scheme or
    destination that both answers concern) have one for a question that names no country or scheme, and
    one for a question that does. `same` is the answer told last itself, `related` those it links to.
    """

    alone: tuple[float, float, float]
    together: tuple[float, float, float]
    topic: tuple[float, float]
    way: tuple[float, float]
    same: float
    related: float
    intercept: float
    coefficients: tuple[float, ...]

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """From what a file has kept."""
        lists: dict[str, Any] = {name: tuple(of) for name, of in kept.items() if isinstance(of, list)}
        return cls(**{**kept, **lists})

    @classmethod
    def of(cls, figures: Sequence[float], intercept: float = 0.0, coefficients: Sequence[float] = ()) -> Self:
        """From one for each column of `figures`, and the chance."""
        few, some, many, few_together, some_together, many_together, *ties = figures
        topic, topic_named, way, way_named, same, related = ties
        return cls(
            (few, some, many),
            (few_together, some_together, many_together),
            (topic, topic_named),
            (way, way_named),
            same,
            related,
            intercept,
            tuple(coefficients),
        )

    @property
    def of_figures(self) -> Scores:
        """One for each column of `figures`."""
        return np.array([*self.alone, *self.together, *self.topic, *self.way, self.same, self.related])


class Ties:
    """How answers are tied to one another, ready to be weighed. Immutable."""

    def __init__(self, answers: Sequence[str], told: Mapping[str, AnswerText]) -> None:
        """For these answers, in their order; `told` has the texts of those that are more than a name."""
        self._place = {answer: place for place, answer in enumerate(answers)}
        self._topics = np.array([told[answer].topic if answer in told else "" for answer in answers])
        self._related = [told[answer].related if answer in told else () for answer in answers]
        self._ways = [_ways(told[answer]) if answer in told else set() for answer in answers]

    def with_answer(self, answer: str | None) -> NDArray[np.bool_]:
        """A column each of who shares its topic, who shares its way, itself, and who it links to."""
        ties = np.zeros((len(self._place), 4), dtype=bool)
        place = self._place.get(answer) if answer else None
        if place is None:
            return ties
        ties[:, 0] = self._topics == self._topics[place]
        ties[:, 1] = [bool(ways & self._ways[place]) for ways in self._ways]
        ties[place, 2] = True
        ties[[self._place[each] for each in self._related[place] if each in self._place], 3] = True
        return ties


def _ways(answer: AnswerText) -> set[tuple[str, str]]:
    named = [("scheme", concerned.scheme) for concerned in answer.concerns]
    named += [("destination", concerned.destination) for concerned in answer.concerns]
    return {(kind, name) for kind, name in named if name is not None}


def together_with(before: str, added: str, corridors: Corridors) -> str:
    """Both normalised questions as one: countries and schemes of the first give way to the second's own."""
    own = corridors.unnamed(added)
    kept = before if own == added else corridors.unnamed(before)
    return f"{kept} {added}".strip()


def figures(alone: Scores, together: Scores, ties: NDArray[np.bool_], words: int, named: bool) -> Scores:
    """A row for each answer, a column for each weight.

    `words` is how many the question has besides the countries and schemes that it names, if it is `named`.
    """
    size = 0 if words <= FEW else 1 if words <= SOME else 2
    columns = np.zeros((len(alone), 10))
    columns[:, size] = _log_chances(alone)
    columns[:, 3 + size] = _log_chances(together)
    columns[:, 6 + named] = ties[:, 0]
    columns[:, 8 + named] = ties[:, 1]
    return np.column_stack([columns, ties[:, 2:]])


def _log_chances(scores: Scores) -> Scores:
    beneath = scores - scores.max()
    chances: Scores = beneath - np.log(np.exp(beneath).sum())
    return chances
