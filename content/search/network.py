"""A small neural network: which of some classes a text belongs to, from its columns.

What is learnt of each column, a few figures, is summed over the columns of a text by their weights, and
the sum is weighed for every class: fastText's classifier (Joulin et al. 2017, Bag of Tricks for Efficient
Text Classification), here with TF-IDF weights, AdaGrad (Duchi et al. 2011) and a part of the columns
left out at each look (dropout). It is learnt in a minute, and learns further from what an edit changes.

Why no library does this: docs/decisions/0011-a-small-network.md. Not here: what the columns are
(`learnt`, `content.ear`).
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

type Figures = NDArray[np.float32]

_FIGURES = 64  # learnt of each column: 32 rank worse, 96 and 128 no better
_LOOKS = 4  # at each text: 6 and 10 rank no better
_TOGETHER = 256  # texts that are looked at together
_FEWEST_STEPS = 300  # where there are few texts
_LEFT_OUT = 0.2  # of the columns at each look: none, 0.3 and 0.4 rank about as well
_RATE = 0.1
_STEPS_FURTHER = 60  # over all texts at once
_LEAST = -12.0  # the logarithm of a chance, below which it tells no more
_TINY = 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """What was learnt: of each column (a row of figures), of each class (a column), and a constant each.

    The figures of columns are half floats, in memory as in a file: they are many.
    """

    of_columns: NDArray[np.float16]
    of_classes: Figures
    constants: Figures

    @classmethod
    def learnt(cls, rows: sparse.csr_matrix, classes: NDArray[np.int64], count: int) -> Self:
        """Learn from texts (a row each) and the classes they belong to, of so many."""
        chance = np.random.default_rng(0)
        pupil = _Pupil(
            chance.normal(0.0, _FIGURES**-0.5, (rows.shape[1], _FIGURES)).astype(np.float32),
            chance.normal(0.0, 0.1, (_FIGURES, count)).astype(np.float32),
            np.zeros(count, dtype=np.float32),
            chance,
        )
        texts = rows.shape[0]
        steps = max(_FEWEST_STEPS, -(-_LOOKS * texts // _TOGETHER))
        order = np.zeros(0, dtype=np.int64)
        for step in range(steps):
            if len(order) < _TOGETHER:
                order = np.concatenate([order, chance.permutation(texts)])
            now, order = order[:_TOGETHER], order[_TOGETHER:]
            pupil.look(rows[now], classes[now], _RATE * (1 - step / steps))
        return cls(pupil.of_columns.astype(np.float16), pupil.of_classes, pupil.constants)

    def learnt_further(
        self, rows: sparse.csr_matrix, classes: NDArray[np.int64], touched: NDArray[np.int64]
    ) -> Self:
        """Learn some classes again, from their texts and some of the others; nothing is forgotten of these.

        What was learnt of columns stays as it is, but for those that rows have beyond it.
        """
        known = len(self.of_columns)
        new = rows[:, known:]
        more = np.zeros((new.shape[1], _FIGURES), dtype=np.float32)
        of_classes, constants = self.of_classes.copy(), self.constants.copy()
        hidden = rows[:, :known] @ self.of_columns.astype(np.float32)
        have_new = np.flatnonzero(np.diff(new.indptr))
        changed = [np.full_like(part, _TINY) for part in (of_classes, constants, more)]
        for step in range(_STEPS_FURTHER):
            rate = _RATE * (1 - step / _STEPS_FURTHER)
            now = hidden + new @ more
            wrong: Figures = _chances(now @ of_classes + constants)
            wrong[np.arange(len(classes)), classes] -= 1
            slope, of_constants = np.zeros_like(of_classes), np.zeros_like(constants)
            slope[:, touched], of_constants[touched] = (
                now.T @ wrong[:, touched],
                wrong[:, touched].sum(axis=0),
            )
            of_new = new[have_new].T @ (wrong[have_new] @ of_classes.T)
            for part, sums, way in zip(
                (of_classes, constants, more), changed, (slope, of_constants, of_new), strict=True
            ):
                _change(part, sums, way, rate)
        return type(self)(np.concatenate([self.of_columns, more.astype(np.float16)]), of_classes, constants)

    def with_classes(self, places: NDArray[np.int64]) -> Self:
        """With other classes: for each the place it had before, or -1 for one of which nothing is known."""
        known = places >= 0
        of_classes = np.where(known, self.of_classes[:, places], np.float32(0))
        constants = np.where(known, self.constants[places], self.constants.mean())
        return type(self)(self.of_columns, of_classes, constants.astype(np.float32))

    def told(self, columns: NDArray[np.int64], weights: Figures) -> Figures:
        """The logarithm of the chance of each class, for a text with these columns."""
        sums = (weights @ self.of_columns[columns].astype(np.float32)) @ self.of_classes + self.constants
        least = sums.max()
        chances: Figures = sums - least - np.log(np.exp(sums - least).sum())
        return np.maximum(chances, np.float32(_LEAST))


class _Pupil:
    """The figures while they are learnt. The more a figure has changed, the less it still does."""

    def __init__(
        self, of_columns: Figures, of_classes: Figures, constants: Figures, chance: np.random.Generator
    ) -> None:
        self.of_columns, self.of_classes, self.constants = of_columns, of_classes, constants
        self._changed_columns = np.full(len(self.of_columns), _TINY, dtype=np.float32)
        self._changed_classes = np.full_like(self.of_classes, _TINY)
        self._changed_constants = np.full_like(self.constants, _TINY)
        self._chance = chance

    def look(self, rows: sparse.csr_matrix, classes: NDArray[np.int64], rate: float) -> None:
        """Look at some texts, and change all figures a little for the better."""
        columns, place = np.unique(rows.indices, return_inverse=True)
        stays = self._chance.random(len(place), dtype=np.float32) >= _LEFT_OUT
        weights = rows.data * stays / np.float32(1 - _LEFT_OUT)
        here = sparse.csr_matrix((weights, place, rows.indptr), shape=(rows.shape[0], len(columns)))
        hidden = here @ self.of_columns[columns]
        wrong: Figures = _chances(hidden @ self.of_classes + self.constants)
        wrong[np.arange(len(classes)), classes] -= 1
        back = wrong @ self.of_classes.T
        _change(self.of_classes, self._changed_classes, hidden.T @ wrong, rate)
        _change(self.constants, self._changed_constants, wrong.sum(axis=0), rate)
        slope = here.T @ back
        self._changed_columns[columns] += np.square(slope).mean(axis=1)
        self.of_columns[columns] -= (rate / np.sqrt(self._changed_columns[columns]))[:, None] * slope


def _change(figures: Figures, changed: Figures, slope: Figures, rate: float) -> None:
    changed += np.square(slope)
    figures -= np.float32(rate) * slope / np.sqrt(changed)


def _chances(sums: Figures) -> Figures:
    powers: Figures = np.exp(sums - sums.max(axis=1, keepdims=True))
    chances: Figures = powers / powers.sum(axis=1, keepdims=True)
    return chances
