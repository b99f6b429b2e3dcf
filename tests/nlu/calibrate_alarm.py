"""Fits the alarm's weighing on the held-out messages: `python -m tests.nlu.calibrate_alarm`.

Needs the ear as `make train` has left it. Figures of a language are weighed by what was fitted on the
others before a threshold is chosen, so that it is not chosen on what the weights were fitted on.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from content.alarm import Alarm, Weighing
from content.danger import DangerNet
from content.ear import Ear
from tests.nlu.held_out import HeldOut, all_languages

_CRY = "danger"
# What a message of each kind counts: look-alikes are few, and ordinary questions what people mostly write.
_COUNTS = {_CRY: 1.0, "harmless": 1.5, "question": 0.3, "talk": 0.5, "outside": 0.5, "follow-up": 0.5}
_CAUGHT = 0.97  # of the cries
_CERTAIN_QUESTIONS = 0.004  # of questions that are not answered, since the cry in them seems certain
_DOUBTED = 0.3  # of the chance from which on a cry is heard


@dataclass(frozen=True, slots=True)
class _Message:
    language: str
    kind: str
    figures: tuple[float, ...]


def weighing_of(messages: Sequence[_Message]) -> tuple[Weighing, Iterator[str]]:
    """The weighing that fits the messages best, and how it does on each kind, each language left out."""
    kinds = np.array([message.kind for message in messages])
    chances = np.zeros(len(messages))
    languages = np.array([message.language for message in messages])
    for language in sorted(set(languages)):
        others = [message for message in messages if message.language != language]
        weights, constant = _fitted(others)
        fitted = Weighing(weights, constant, 0, 0, 0)
        for place in np.flatnonzero(languages == language).tolist():
            chances[place] = fitted.chance(messages[place].figures)
    heard = float(np.quantile(chances[kinds == _CRY], 1 - _CAUGHT))
    certain = float(np.quantile(chances[kinds == "question"], 1 - _CERTAIN_QUESTIONS))
    weights, constant = _fitted(messages)
    weighing = Weighing(
        weights, constant, round(heard, 3), round(max(certain, heard), 3), round(heard * _DOUBTED, 3)
    )
    return weighing, _report(weighing, chances, kinds, languages)


def _fitted(messages: Sequence[_Message]) -> tuple[tuple[float, ...], float]:
    model = LogisticRegression(C=10.0, max_iter=3000)
    model.fit(
        np.array([message.figures for message in messages]),
        [message.kind == _CRY for message in messages],
        sample_weight=[_COUNTS[message.kind] for message in messages],
    )
    return tuple(round(float(weight), 4) for weight in model.coef_[0]), round(float(model.intercept_[0]), 4)


def _report(
    weighing: Weighing, chances: NDArray[np.float64], kinds: NDArray[np.str_], languages: NDArray[np.str_]
) -> Iterator[str]:
    for kind in _COUNTS:
        parts = [
            f"{language} {np.mean(chances[(kinds == kind) & (languages == language)] >= weighing.heard):.1%}"
            for language in sorted(set(languages))
        ]
        certain = np.mean(chances[kinds == kind] >= weighing.certain)
        yield f"{kind:<10} heard {' '.join(parts)}, certain {certain:.1%}"


def _messages(held_out: Sequence[HeldOut], alarm: Alarm) -> Iterator[_Message]:
    for held in held_out:
        texts = {
            _CRY: held.danger,
            "harmless": held.harmless,
            "question": [one.text for shape in held.questions.values() for one in shape],
            "talk": [text for text, _ in held.smalltalk],
            "outside": held.out_of_scope,
            "follow-up": [turn.text for talk in held.dialogues for turn in talk[1:]],
        }
        for kind, some in texts.items():
            found = (alarm.figures(text, alarm.net.kind_of(text)) for text in some)
            yield from (_Message(held.language, kind, figures) for figures in found if figures)


def main() -> int:
    """Fit, keep, tell."""
    net, ear = DangerNet.read(Path("content/library/danger")), Ear.load(Path("models/ear.npz"))
    alarm = Alarm(net, ear, Weighing((), 0, 0, 0, 0))
    weighing, report = weighing_of(list(_messages(all_languages(), alarm)))
    weighing.write()
    print(weighing, *report, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
