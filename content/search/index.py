"""The index: all published phrases, titles and bodies as vectors; a question's nearest answers.

Immutable and built in one go from texts (`live` keeps one up to date). Two views of the same
vectors agree on a score: the nearest texts of an answer (a phrase like this one was given by
an editor) and all its texts together (what the answer is about). Not here: the decision
sure / unsure / not (`decision`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from content.search.normalise import normalise

_WORD = r"\w+"
TextKind = Literal["phrase", "title", "body"]
# A body is long and says more than its question: it may support an answer, hardly decide it.
_KIND_WEIGHT: dict[TextKind, float] = {"phrase": 1.0, "title": 1.0, "body": 0.6}
_OTHER_LANGUAGE = 0.9


@dataclass(frozen=True, slots=True)
class Text:
    """One text that leads to an answer."""

    answer: str
    language: str
    text: str
    kind: TextKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer that may be meant. Scores lie in 0 … 1; `score` joins the other two."""

    answer: str
    score: float
    nearest: float
    about: float


class SearchIndex:
    """Ranks answers for a question. Thread-safe: nothing changes after building."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._texts = [text for text in texts if normalise(text.text)]
        self._answers = sorted({text.answer for text in self._texts})
        if not self._texts:
            return
        place = {answer: number for number, answer in enumerate(self._answers)}
        self._answer_of = np.array([place[text.answer] for text in self._texts])
        self._kind_weight = np.array([_KIND_WEIGHT[text.kind] for text in self._texts])
        self._languages = np.array([text.language for text in self._texts])
        plain = [normalise(text.text) for text in self._texts]
        self._words = TfidfVectorizer(
            analyzer="word", ngram_range=(1, 2), token_pattern=_WORD, sublinear_tf=True, lowercase=False
        )
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, lowercase=False, min_df=2
        )
        self._vectors = self._joined(self._words.fit_transform(plain), self._letters.fit_transform(plain))
        self._centres = self._summed()

    def __len__(self) -> int:
        return len(self._texts)

    @staticmethod
    def _joined(words: sparse.csr_matrix, letters: sparse.csr_matrix) -> sparse.csr_matrix:
        return sparse.hstack([words * np.sqrt(0.5), letters * np.sqrt(0.5)]).tocsr()

    def _summed(self) -> sparse.csr_matrix:
        """One vector an answer: the sum of its texts, at length one."""
        rows = sparse.csr_matrix(
            (self._kind_weight, (self._answer_of, np.arange(len(self._texts)))),
            shape=(len(self._answers), len(self._texts)),
        )
        return normalize(rows @ self._vectors).tocsr()

    def rank(self, question: str, language: str | None = None, most: int = 5) -> list[Candidate]:
        """The `most` likeliest answers, best first; none for a question without words."""
        plain = normalise(question)
        if not self._texts or not plain:
            return []
        query = self._joined(self._words.transform([plain]), self._letters.transform([plain]))
        near = (self._vectors @ query.T).toarray().ravel() * self._kind_weight
        if language is not None:
            near = np.where(self._languages == language, near, near * _OTHER_LANGUAGE)
        nearest = np.zeros(len(self._answers))
        np.maximum.at(nearest, self._answer_of, near)
        about = (self._centres @ query.T).toarray().ravel()
        score = 0.5 * nearest + 0.5 * about
        best: Sequence[int] = np.argsort(-score)[:most].tolist()
        return [
            Candidate(self._answers[n], float(score[n]), float(nearest[n]), float(about[n])) for n in best
        ]
