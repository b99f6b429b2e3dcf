"""Which questions are alike: they ask the same, as the search understands them.

Of a question three things are compared: what it means to the network (its figures, before they are
weighed for answers), which answers it speaks for, and its words. Measured on the held-out questions of
six languages: of two questions in a group 91 in 100 ask the same, and 58 in 100 that ask the same come
together; of questions about what no answer of ours tells, 70 and 30. By words alone it is about 20 and 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from content.search.learnt import OUTSIDE, Learnt
from content.search.meaning import WIDTH, word_vectors
from content.search.network import Figures
from content.search.normalise import normalise
from content.search.spelling import spelt

_ALIKE = 0.5  # of 1; at 0.45 two questions of a group that we do not know ask the same half of the time
_BESIDES = 2  # what is compared besides the answers: meaning and words


@dataclass(frozen=True, slots=True, eq=False)
class Understood:
    """A question as the search understands it: figures of meaning and answers, and its words' weights.

    `ours` says how far it is about what any answer of ours tells: 0 … 1.
    """

    meant: Figures
    ours: float
    columns: NDArray[np.int32]
    weights: Figures


@dataclass(slots=True)
class Likeness:
    """What was understood is kept: a question is looked at once. Not thread-safe."""

    _by: Learnt | None = None
    _answers: list[str] = field(default_factory=list)
    _known: dict[tuple[str, str], Understood] = field(default_factory=dict)

    def missing(self, learnt: Learnt, questions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """The questions (language and text) that were not looked at yet."""
        if self._by is not learnt:
            answers = learnt.answers
            if self._by is None or self._by.common is not learnt.common or self._answers != answers:
                self._known = {}
            self._by, self._answers = learnt, answers
        return [question for question in questions if question not in self._known]

    def look_at(self, learnt: Learnt, questions: Sequence[tuple[str, str]]) -> None:
        """Understand those that are missing, which takes about a millisecond each."""
        for question in self.missing(learnt, questions):
            self._known[question] = understood(learnt, *question, has_outside=self._answers[0] == OUTSIDE)

    def groups(self, language: str, texts: Sequence[str]) -> list[list[int]]:
        """The places of texts that are alike, each once; all must have been looked at."""
        return _groups([self._known[language, text] for text in texts])


def understood(learnt: Learnt, language: str, text: str, *, has_outside: bool) -> Understood:
    """One question; `has_outside` if the first class of the network stands for what is not ours."""
    plain = spelt(language, normalise(text))
    terms = learnt.vocabulary.rows([plain])
    hidden = _figures(learnt, language, plain, terms)
    sums = hidden @ learnt.network.of_classes + learnt.network.constants
    chances = np.exp(sums - sums.max())
    chances /= chances.sum()
    if has_outside:
        chances = chances[1:]  # what is not ours may be anything
    words = learnt.vocabulary.are_words[terms.indices]
    meant = np.concatenate([_of_length_one(hidden), np.sqrt(chances)])
    return Understood(
        meant, float(chances.sum()) ** 0.5, terms.indices[words], _of_length_one(terms.data[words])
    )


def _figures(learnt: Learnt, language: str, plain: str, terms: sparse.csr_matrix) -> Figures:
    """What the network makes of a text, before it weighs the answers."""
    sums = word_vectors().sums([(language, plain)], learnt.vocabulary.rarity_or_most)
    meant = learnt.common.removed([language], sums)[0]
    columns = np.concatenate([np.arange(WIDTH), terms.indices + WIDTH])
    weights = np.concatenate([meant, terms.data])
    figures: Figures = weights @ learnt.network.of_columns[columns].astype(np.float32)
    return figures


def _groups(texts: Sequence[Understood]) -> list[list[int]]:
    """Each text joins the group whose first text it is most like, or begins one."""
    if not texts:
        return []
    alike = _likeness(texts)
    firsts: list[int] = []
    groups: list[list[int]] = []
    for place in range(len(texts)):
        nearest = int(alike[place, firsts].argmax()) if firsts else -1
        if firsts and alike[place, firsts[nearest]] >= _ALIKE:
            groups[nearest].append(place)
        else:
            firsts.append(place)
            groups.append([place])
    return groups


def _likeness(texts: Sequence[Understood]) -> Figures:
    meant = np.array([text.meant for text in texts])
    ends = np.concatenate([[0], np.cumsum([len(text.columns) for text in texts])])
    columns = np.concatenate([text.columns for text in texts])
    weights = np.concatenate([text.weights for text in texts])
    _, places = np.unique(columns, return_inverse=True)
    words = sparse.csr_matrix((weights, places, ends), shape=(len(texts), int(places.max(initial=0)) + 1))
    ours = np.array([text.ours for text in texts], dtype=np.float32)
    # Answers count as far as both questions are about what ours tell.
    alike: Figures = (meant @ meant.T + (words @ words.T).toarray()) / (_BESIDES + np.outer(ours, ours))
    return alike


def _of_length_one(figures: Figures) -> Figures:
    length = float(np.linalg.norm(figures))
    return figures / np.float32(length) if length else figures
