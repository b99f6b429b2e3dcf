"""How much each figure of a candidate counts, fitted so that the right ones are likeliest: conditional logit.

McFadden (1974), Conditional logit analysis of qualitative choice behavior.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

type Figures = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One question: a row of figures for each candidate, and which of them are right."""

    figures: Figures
    right: NDArray[np.bool_]


def weights(cases: Sequence[Case], first: Sequence[float], small: float) -> Figures:
    """The weights under which the right candidates are likeliest, of all candidates of their question.

    `first` is where to begin; the greater `small`, the smaller weights are preferred. Cases in which no
    candidate is right tell nothing.
    """
    telling = [case for case in cases if case.right.any()]

    def loss(weights: Figures) -> tuple[float, Figures]:
        total, slope = small * float(weights @ weights), 2 * small * weights
        for case in telling:
            scores = case.figures @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            right = np.where(case.right, chances, 0.0)
            total -= float(np.log(right.sum() + 1e-12))
            slope = slope - case.figures.T @ (right / right.sum() - chances)
        return total, slope

    fitted: Figures = minimize(loss, np.array(first), jac=True, method="L-BFGS-B").x
    return fitted
