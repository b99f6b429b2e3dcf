"""In how many texts of each answer a word stands, in one language: which answer a question's words tell.

Two measures of it, each over phrases, titles and sentences of bodies: naive Bayes, and Okapi BM25
(Robertson and Zaragoza 2009, The Probabilistic Relevance Framework) with an answer as a document. A word
is as rare as it is in its language: over all languages together "bai" seems rare, and tells nothing. A
word that no text has is read as the known word it is spelt most like.

Measured on 2,700 held-out questions in six languages, 212 answers, beside the machines: right answer
first in 92% of plain questions instead of 90%, 92% instead of 88% of short ones, 81% instead of 76% of
those told as a story.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA
from scipy import sparse

type Scores = NDArray[np.float32]
"""One for each answer, in the order of the answers."""

_UNSEEN = 0.05  # as if each word had been seen so often with each answer
_LEAST = -15.0  # below the likeliest answer: how unlikely the others are tells no more
_SATURATION, _BY_LENGTH = 1.2, 0.5  # of BM25: its k1 and b
_FEWEST_LETTERS = 4  # of a word that is looked for in another spelling
_LONG = 8  # letters, from which on two may differ
_ALIKE = 3  # spellings that are looked at


@dataclass(frozen=True, slots=True)
class Told:
    """What the words tell of each answer: the logarithm of its likelihood, 0 … -15, and its BM25."""

    likelihood: Scores
    relevance: Scores

    @classmethod
    def nothing(cls, answers: int) -> Self:
        """Of a language that no text is in."""
        return cls(np.zeros(answers, np.float32), np.zeros(answers, np.float32))


class WordCounts:
    """The words of one language and what each tells of the answers. Nothing changes after building."""

    def __init__(self, texts: Iterable[tuple[int, str]], answers: int) -> None:
        """Count in pairs of an answer's number and a normalised text."""
        counted = Counter((word, answer) for answer, plain in texts for word in dict.fromkeys(plain.split()))
        self._row = {word: row for row, word in enumerate(dict.fromkeys(word for word, _ in counted))}
        self._words = list(self._row)
        places = ([self._row[word] for word, _ in counted], [answer for _, answer in counted])
        counts = sparse.csr_matrix(
            (np.fromiter(counted.values(), np.float32), places), shape=(len(self._words), answers)
        )
        said = np.asarray(counts.sum(axis=0)).ravel()
        self._told_of = said > 0
        self._of_unseen = np.log(_UNSEEN / (said + _UNSEEN * len(self._words)))
        self._likelihood = counts.copy()
        self._likelihood.data = np.log1p(counts.data / _UNSEEN)
        self._relevance = _bm25(counts, said)

    def told(self, plain: str) -> Told:
        """What the words of a normalised question tell of each answer."""
        rows = [row for word in dict.fromkeys(plain.split()) if (row := self._known(word)) is not None]
        if not rows:
            return Told.nothing(len(self._told_of))
        likelihood = _sum(self._likelihood, rows) + len(rows) * self._of_unseen
        likelihood[~self._told_of] = -np.inf
        beneath = np.maximum(likelihood - likelihood.max(), _LEAST).astype(np.float32)
        return Told(beneath, _sum(self._relevance, rows))

    def _known(self, word: str) -> int | None:
        """The row of a word, or of the known word that it is spelt most like."""
        row = self._row.get(word)
        if row is not None or len(word) < _FEWEST_LETTERS:
            return row
        differing = 1 if len(word) < _LONG else 2
        alike = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=differing, limit=_ALIKE)
        # People seldom mistype the first letter.
        likest = min(alike, key=lambda found: (found[0][0] != word[0], found[1]), default=None)
        return likest[2] if likest else None


def _bm25(counts: sparse.csr_matrix, said: NDArray[np.float32]) -> sparse.csr_matrix:
    answers_with = np.diff(counts.indptr)
    answers = int((said > 0).sum())
    rarity = np.log1p((answers - answers_with + 0.5) / (answers_with + 0.5))
    length = 1 - _BY_LENGTH + _BY_LENGTH * said / (said[said > 0].mean() if answers else 1.0)
    weighed = counts.copy()
    weighed.data = counts.data * (_SATURATION + 1) / (counts.data + _SATURATION * length[counts.indices])
    weighed.data = (weighed.data * np.repeat(rarity, answers_with)).astype(np.float32)
    return weighed


def _sum(table: sparse.csr_matrix, rows: Sequence[int]) -> Scores:
    summed: Scores = np.asarray(table[rows].sum(axis=0), dtype=np.float32).ravel()
    return summed
