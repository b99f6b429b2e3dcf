"""Linear support vector machines for each answer: how far a question lies on its side of the border.

One goes by the terms of a text, one by its meaning. A machine learns from the texts of its answer, the
texts most like them, and some of the rest: that costs the same whatever the number of texts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from content.search.learners import support_vector_machine

# Texts of other answers that a machine learns from: the likest, and others by chance.
_NEAR_RIVALS = 1_000
_OTHER_RIVALS = 600
# By meaning a text has a hundred figures only, and can have more rivals at the same cost.
_NEAR_IN_MEANING = 1_500
_OTHERS_IN_MEANING = 2_500


@dataclass(frozen=True, slots=True, eq=False)
class Machine:
    """The border of one answer: weights of the columns that count, and a constant."""

    columns: NDArray[np.int32]
    weights: NDArray[np.float32]
    constant: float


type Sense = NDArray[np.float32]
"""The border of one answer by meaning: the weights of its figures, and a constant at the end."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What machines learn from: for every text its terms (and the texts of every term), its meaning,
    its answer (a number), and how much it counts.
    """

    vectors: sparse.csr_matrix
    texts_of_term: sparse.csr_matrix
    meanings: NDArray[np.float32]
    answer_of: NDArray[np.int64]
    weight: NDArray[np.float64]

    def machines(self, answers: Iterable[int]) -> Iterable[Machine]:
        """The machines of these answers, in their order."""
        return (self._machine(answer) for answer in answers)

    def _machine(self, answer: int) -> Machine:
        rows = self._rivals(answer)
        learner = support_vector_machine()
        learner.fit(self.vectors[rows], self.answer_of[rows] == answer, sample_weight=self.weight[rows])
        weights = learner.coef_[0]
        columns = np.flatnonzero(weights).astype(np.int32)
        return Machine(columns, weights[columns].astype(np.float32), float(learner.intercept_[0]))

    def _rivals(self, answer: int) -> NDArray[np.int64]:
        """The answer's own texts, the likest others, and some of the rest; always the same."""
        own = np.flatnonzero(self.answer_of == answer)
        middle = sparse.csr_matrix(self.weight[own]) @ self.vectors[own]
        likeness = (middle @ self.texts_of_term).toarray().ravel()
        likeness[own] = -1.0
        near = np.argsort(-likeness, kind="stable")[:_NEAR_RIVALS]
        chance = np.random.default_rng(answer)
        others = chance.choice(len(likeness), size=min(_OTHER_RIVALS, len(likeness)), replace=False)
        return np.unique(np.concatenate([own, near, others]))

    def senses(self, answers: Iterable[int]) -> Iterable[Sense]:
        """The machines of these answers that go by meaning, in their order."""
        told = np.flatnonzero(self.meanings.any(axis=1))
        return (self._sense(answer, told) for answer in answers)

    def _sense(self, answer: int, told: NDArray[np.int64]) -> Sense:
        own = told[self.answer_of[told] == answer]
        if not len(own) or len(own) == len(told):
            return np.zeros(self.meanings.shape[1] + 1, dtype=np.float32)
        others = told[self.answer_of[told] != answer]
        likeness = self.meanings[others] @ self.meanings[own].mean(axis=0)
        near = others[np.argsort(-likeness, kind="stable")[:_NEAR_IN_MEANING]]
        chance = np.random.default_rng(answer)
        further = chance.choice(others, size=min(_OTHERS_IN_MEANING, len(others)), replace=False)
        rows = np.unique(np.concatenate([own, near, further]))
        learner = support_vector_machine()
        learner.fit(self.meanings[rows], self.answer_of[rows] == answer)
        sense: Sense = np.append(learner.coef_[0], learner.intercept_[0]).astype(np.float32)
        return sense


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """All machines side by side, in the order of the answers."""

    weights: sparse.csr_matrix
    constants: NDArray[np.float64]

    @classmethod
    def of(cls, machines: Mapping[str, Machine], answers: Sequence[str], width: int) -> "Borders":
        """Put them together for rows of so many columns."""
        ordered = [machines[answer] for answer in answers]
        ends = np.cumsum([0, *(len(machine.columns) for machine in ordered)])
        by_answer = sparse.csr_matrix(
            (
                np.concatenate([machine.weights for machine in ordered]),
                np.concatenate([machine.columns for machine in ordered]),
                ends,
            ),
            shape=(len(ordered), width),
        )
        return cls(by_answer.T.tocsr(), np.array([machine.constant for machine in ordered]))

    def scores(self, query: sparse.csr_matrix) -> NDArray[np.float64]:
        """For every answer, the distance of a question from its border."""
        scores: NDArray[np.float64] = (query @ self.weights).toarray().ravel() + self.constants
        return scores
