"""Hears that a message speaks of present danger: by the net's patterns and by the ear, weighed together.

It stands before the engine and works without it. The net names the kind of danger, but its words are
said in jest too ("this heat kills me"); what only the ear hears has no kind. Unless a cry is certain the
question is answered too, after the safety reply. Where there is doubt, the reply must show the way to
help. How much each counts, and from which chance on, is fitted on messages held out and kept in
`alarm.json` (`python -m tests.nlu.calibrate_alarm`).

Measured on cries, look-alikes and questions held out: docs/evaluation.md.
"""

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path

from content.danger import DangerNet
from content.ear import Ear
from content.journeys.spoken import is_short_answer
from content.search.normalise import normalise

KEPT = Path(__file__).with_name("alarm.json")
UNTOLD = "untold"
"""The kind of a danger of which only the ear heard."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """The chance of a cry is a logistic function of `figures`; and what is made of it.

    From `heard` on a message is taken for a cry, from `certain` on nothing else in it is answered, and
    from `doubted` on the way to help is shown.
    """

    weights: tuple[float, ...]
    constant: float
    heard: float
    certain: float
    doubted: float

    @classmethod
    def read(cls, path: Path = KEPT) -> "Weighing":
        """What was kept."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(weights=tuple(kept.pop("weights")), **kept)

    def write(self, path: Path = KEPT) -> None:
        """Keep it."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    def chance(self, figures: tuple[float, ...]) -> float:
        """How likely a message with these figures is a cry."""
        odds = self.constant + sum(a * b for a, b in zip(self.weights, figures, strict=True))
        return 1 / (1 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class Heard:
    """What the alarm makes of a message.

    `kind` is the kind of danger it speaks of, or UNTOLD; None of a message that is taken for no cry.
    `certain` if a cry asks nothing else; `doubtful` if what is taken for none may be one all the same.
    """

    kind: str | None = None
    certain: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Alarm:
    """The net, and the ear if there is one."""

    net: DangerNet
    ear: Ear | None = None
    weighing: Weighing = field(default_factory=Weighing.read)

    def heard(self, text: str) -> Heard:
        """Listen to a message, once."""
        kind = self.net.kind_of(text)
        if kind is None and is_short_answer(text):
            return Heard()  # the ear knows whole messages, and a word or a number alone is strange to it
        figures = self.figures(text, kind)
        if figures is None:
            return Heard(kind, certain=kind is not None)
        chance = self.weighing.chance(figures)
        # The ear has learnt no cry of one word: those are the net's.
        if chance >= self.weighing.heard and (kind is not None or " " in normalise(text)):
            return Heard(kind or UNTOLD, certain=chance >= self.weighing.certain)
        return Heard(doubtful=kind is not None or chance >= self.weighing.doubted)

    def figures(self, text: str, kind: str | None) -> tuple[float, ...] | None:
        """What is weighed: whether the net rang, the ear's figures, and the logarithm of how long it is.

        None where there is no ear, or no word that it knows: then the net is on its own.
        """
        heard = self.ear.figures(text) if self.ear else None
        return heard and (float(kind is not None), *heard, math.log1p(len(normalise(text).split())))
