"""Terms of texts and how rare they are: words, word pairs and letter groups, each with a column.

Rows are TF-IDF as scikit-learn makes it (a test compares them), each view of length one times its
share. Learnt once from all texts; grows by the terms of a new text without changing what is there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from content.search.learners import vectorizer
from content.search.terms import letter_groups, words_and_pairs
from content.search.weighing import weighed

# Each of the two views of a text counts half of its length one.
_SHARE = 0.5**0.5
# Stands before a letter group, so that it is not taken for a word.
_LETTERS = "\x00"


type _Cut = Callable[[str], list[str]]
_VIEWS: tuple[tuple[str, _Cut], ...] = (("", words_and_pairs), (_LETTERS, letter_groups))


class Vocabulary:
    """Terms in the order of their columns, and the rarity of each (inverse document frequency)."""

    def __init__(self, terms: Sequence[str], rarity: NDArray[np.float32], texts: int) -> None:
        self.terms = tuple(terms)
        self.rarity = rarity
        self.texts = texts

    @classmethod
    def learnt(cls, plain: Sequence[str], fewest: int = 1) -> "tuple[Vocabulary, sparse.csr_matrix]":
        """The vocabulary of normalised texts, of terms that stand in the fewest or more; and their rows."""
        terms: list[str] = []
        rarity, rows = [], []
        for mark, terms_of in _VIEWS:
            learner = vectorizer(terms_of, fewest)
            rows.append(learner.fit_transform(plain) * _SHARE)
            terms += [mark + term for term in learner.get_feature_names_out()]
            rarity.append(learner.idf_)
        vectors = sparse.hstack(rows).tocsr().astype(np.float32)
        return cls(terms, np.concatenate(rarity).astype(np.float32), len(plain)), vectors

    def __len__(self) -> int:
        """How many terms there are."""
        return len(self.terms)

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """The column of each term."""
        return {term: column for column, term in enumerate(self.terms)}

    @cached_property
    def are_words(self) -> NDArray[np.bool_]:
        """Of each term, whether it is a word or a pair of words."""
        return np.array([not term.startswith(_LETTERS) for term in self.terms], dtype=bool)

    @cached_property
    def rarest(self) -> float:
        """The rarity of what no text has said."""
        return log((1 + self.texts) / 2) + 1

    def rarity_of(self, word: str) -> float | None:
        """How rare a word is; None if no text has it."""
        column = self.columns.get(word)
        return None if column is None else float(self.rarity[column])

    def rarity_or_most(self, word: str) -> float:
        """How rare a word is, from nothing; as rare as can be if no text has it."""
        return (self.rarity_of(word) or self.rarest) - 1

    def grown(self, plain: Iterable[str]) -> "Vocabulary":
        """With the terms of further normalised texts; the columns there are stay where they are."""
        new = dict.fromkeys(
            term
            for text in plain
            for mark, terms_of in _VIEWS
            for term in (mark + each for each in terms_of(text))
            if term not in self.columns
        )
        if not new:
            return self
        rarity = np.full(len(new), self.rarest, dtype=np.float32)
        return Vocabulary((*self.terms, *new), np.concatenate([self.rarity, rarity]), self.texts)

    def rows(self, plain: Iterable[str]) -> sparse.csr_matrix:
        """A row for each normalised text; terms that are not in the vocabulary are put aside."""
        columns: list[NDArray[np.int32]] = []
        weights: list[NDArray[np.float32]] = []
        ends = [0]
        for text in plain:
            for mark, terms_of in _VIEWS:
                found, weight = weighed((mark + term for term in terms_of(text)), self.columns, self.rarity)
                columns.append(found)
                weights.append(weight * np.float32(_SHARE))
            ends.append(ends[-1] + len(columns[-2]) + len(columns[-1]))
        data = np.concatenate(weights) if weights else np.zeros(0, dtype=np.float32)
        indices = np.concatenate(columns) if columns else np.zeros(0, dtype=np.int32)
        return sparse.csr_matrix((data, indices, ends), shape=(len(ends) - 1, len(self)))
