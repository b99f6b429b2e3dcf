"""Sure, unsure or not: what a ranking is worth.

The chance that the best candidate is right is a logistic function of the ranking's features; its
figures are in the calibration.
"""

import math
from dataclasses import dataclass
from typing import Literal

from content.search.calibration import Calibration
from content.search.index import Candidate, Ranking

Verdict = Literal["sure", "unsure", "not"]
# The candidate lead of a ranking with one candidate only.
_NO_SECOND = -12.0
_LEAST_SHARE = 1e-6


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a question: the verdict, and the candidates worth naming."""

    verdict: Verdict
    chance: float
    candidates: tuple[Candidate, ...]


def features(ranking: Ranking) -> tuple[float, ...]:
    """What the chance depends on.

    The logarithms of the first candidate's share of all chances and of what it leaves; its score, its
    lead over the second and over what is outside; how near its nearest text is; the share of known
    words; the logarithm of the number of words.
    """
    first, *others = ranking.candidates
    second = others[0].score if others else _NO_SECOND
    return (
        math.log(ranking.share + _LEAST_SHARE),
        math.log(1 - ranking.share + _LEAST_SHARE),
        first.score,
        first.score - second,
        first.score - ranking.outside,
        first.nearest,
        ranking.known,
        math.log1p(ranking.words),
    )


def chance_of(ranking: Ranking, calibration: Calibration) -> float:
    """How likely it is that the first candidate is the right answer."""
    pairs = zip(calibration.coefficients, features(ranking), strict=True)
    return 1 / (1 + math.exp(-(calibration.intercept + sum(weight * value for weight, value in pairs))))


def decide(
    ranking: Ranking, calibration: Calibration, language: str | None = None, suggestions: int = 3
) -> Decision:
    """Weigh a ranking; `unsure` names up to `suggestions` candidates, `sure` the best alone."""
    if not ranking.candidates:
        return Decision("not", 0.0, ())
    chance = chance_of(ranking, calibration)
    if chance >= calibration.sure_from(language):
        return Decision("sure", chance, ranking.candidates[:1])
    if chance >= calibration.unsure:
        return Decision("unsure", chance, ranking.candidates[:suggestions])
    return Decision("not", chance, ())
