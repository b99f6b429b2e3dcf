"""The figures that ranking and deciding go by, fitted on held-out questions.

`python -m tests.nlu.calibrate` fits them and keeps them in `calibration.json` beside this
module. Not here: what they are used for (`live`, `decision`).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from content.search.corridors import Leaning
from content.search.follow_up import Weights

CALIBRATION = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """What counts how much.

    `told`, `nearness`, `likelihood` and `relevance` weigh what speaks for an answer (`index.Evidence`),
    `leaning` the corridors, `follow_up` a question that goes on from the one before. The chance that the
    first candidate is right is a logistic function with `intercept` and `coefficients` (in the order of
    `decision.features`); from `sure` on it is told, from `unsure` on it is offered.
    `sure_in` has the languages in which it is told from another chance on.
    """

    told: float
    nearness: float
    likelihood: float
    relevance: float
    leaning: Leaning
    follow_up: Weights
    intercept: float
    coefficients: tuple[float, ...]
    sure: float
    unsure: float
    sure_in: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path = CALIBRATION) -> "Calibration":
        """The kept calibration."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        leaning, coefficients = Leaning(**kept.pop("leaning")), tuple(kept.pop("coefficients"))
        follow_up = Weights.read(kept.pop("follow_up"))
        return cls(leaning=leaning, follow_up=follow_up, coefficients=coefficients, **kept)

    def of_follow_ups(self) -> "Calibration":
        """The same, with the chance that the first candidate of a follow-up is right."""
        after = self.follow_up
        return replace(self, intercept=after.intercept, coefficients=after.coefficients)

    def sure_from(self, language: str | None) -> float:
        """From which chance on an answer is told in a language."""
        return self.sure_in.get(language, self.sure) if language else self.sure

    def write(self, path: Path = CALIBRATION) -> None:
        """Keep it."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
