"""Sure, unsure or not: what a ranking is worth.

The chance that the best candidate is right is a logistic function of its scores; the
coefficients are fitted on held-out questions by `make evaluate` and kept in
`calibration.json` beside this module, with the thresholds.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from content.search.index import Candidate

Verdict = Literal["sure", "unsure", "not"]
CALIBRATION = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic coefficients over the features of a ranking, and the two thresholds."""

    intercept: float
    nearest: float
    about: float
    margin: float
    sure: float
    unsure: float

    @classmethod
    def read(cls, path: Path = CALIBRATION) -> "Calibration":
        """The kept calibration."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a question: the verdict, and the candidates worth naming."""

    verdict: Verdict
    chance: float
    candidates: tuple[Candidate, ...]


def features(candidates: Sequence[Candidate]) -> tuple[float, float, float]:
    """What the chance depends on: nearest, about, and the lead over the second."""
    first = candidates[0]
    second = candidates[1].score if len(candidates) > 1 else 0.0
    return first.nearest, first.about, first.score - second


def decide(candidates: Sequence[Candidate], calibration: Calibration, suggestions: int = 3) -> Decision:
    """Weigh a ranking; `unsure` names up to `suggestions` candidates, `sure` the best alone."""
    if not candidates:
        return Decision("not", 0.0, ())
    nearest, about, margin = features(candidates)
    logit = calibration.intercept + calibration.nearest * nearest + calibration.about * about
    chance = 1 / (1 + math.exp(-(logit + calibration.margin * margin)))
    if chance >= calibration.sure:
        return Decision("sure", chance, tuple(candidates[:1]))
    if chance >= calibration.unsure:
        return Decision("unsure", chance, tuple(candidates[:suggestions]))
    return Decision("not", chance, ())
