"""TF-IDF of one short text, quickly.

scikit-learn's vectorizers check and copy at every call, which costs more than the sum itself
for one question; this takes their vocabulary and weights and gives the same row (a test
compares them). Not here: learning the weights, which stays with scikit-learn.
"""

from collections import Counter

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer


class Weighing:
    """The row of a fitted TfidfVectorizer (sublinear, length one) for one normalised text."""

    def __init__(self, fitted: TfidfVectorizer) -> None:
        self._terms = fitted.build_analyzer()
        self._column: dict[str, int] = fitted.vocabulary_
        self._rarity: NDArray[np.float64] = fitted.idf_

    @property
    def width(self) -> int:
        """How many terms there are."""
        return len(self._rarity)

    def row(self, plain: str) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The columns of the text's known terms, in order, and their weights."""
        counts = Counter(
            column for term in self._terms(plain) if (column := self._column.get(term)) is not None
        )
        columns = np.array(sorted(counts), dtype=np.int32)
        times = np.array([counts[column] for column in columns.tolist()], dtype=np.float64)
        weights = (1.0 + np.log(times)) * self._rarity[columns]
        length = np.linalg.norm(weights)
        return columns, weights / length if length else weights


def joined(rows: list[tuple[Weighing, float]], plain: str) -> sparse.csr_matrix:
    """Several weighings of one text side by side, each times its share."""
    columns, weights, start = [], [], 0
    for weighing, share in rows:
        found, weight = weighing.row(plain)
        columns.append(found + start)
        weights.append(weight * share)
        start += weighing.width
    indices, data = np.concatenate(columns), np.concatenate(weights)
    return sparse.csr_matrix((data, indices, [0, len(indices)]), shape=(1, start))
