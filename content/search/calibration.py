"""The figures that ranking and deciding go by, fitted on held-out questions.

`python -m tests.nlu.evaluate --calibrate` fits them and keeps them in `calibration.json` beside this
module. Not here: what they are used for (`ranking`, `decision`).
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from content.search.corridors import Leaning

CALIBRATION = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """What counts how much.

    `nearness`, `likeness` and `meaning` weigh what speaks for an answer beside the border of its terms,
    `leaning` the corridors. The
    chance that the first candidate is right is a logistic function with `intercept` and `coefficients`
    (in the order of `decision.features`); from `sure` on it is told, from `unsure` on it is offered.
    """

    nearness: float
    likeness: float
    meaning: float
    leaning: Leaning
    intercept: float
    coefficients: tuple[float, ...]
    sure: float
    unsure: float

    @classmethod
    def read(cls, path: Path = CALIBRATION) -> "Calibration":
        """The kept calibration."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        leaning, coefficients = Leaning(**kept.pop("leaning")), tuple(kept.pop("coefficients"))
        return cls(leaning=leaning, coefficients=coefficients, **kept)

    def write(self, path: Path = CALIBRATION) -> None:
        """Keep it."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
