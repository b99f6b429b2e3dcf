"""Fits what follow-ups go by (`content.search.follow_up.Weights`) on the held-out dialogues.

Beside them stand questions of other needs, and what is out of scope, each as if it came after some answer:
otherwise every question would be taken for a follow-up.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from sklearn.linear_model import LogisticRegression

from content.search.built import Built
from content.search.calibration import Calibration
from content.search.decision import features
from content.search.follow_up import Before, Weights
from content.search.normalise import normalise
from content.texts import ANYWHERE
from tests.nlu.conditional_logit import Case, weights
from tests.nlu.held_out import HeldOut

NONE = Weights.of([0.0] * 12)
"""Nothing counts."""
_UNRELATED = {"plain": 60, "short": 60, "story": 20}  # questions of a language
_SMALL = 0.5
_SAME = 10  # the column of the answer told last
_MOST_SAME = 0.5  # 2.1 would fit best; but nobody wants to be told the same again


@dataclass(frozen=True, slots=True)
class _Turn:
    """A question after another one, and the answers that are right for it; none if it is out of scope."""

    language: str
    before: Before
    text: str
    right: tuple[str, ...]


def follow_up_weights(built: Built, held_out: Sequence[HeldOut], calibration: Calibration) -> Weights:
    """The weights that fit the dialogues best."""
    turns = [turn for held in held_out for turn in (*_follow_ups(held), *_unrelated(held))]
    answers = np.array(built.index.answers)
    cases = []
    for turn in turns:
        found, _ = built.figures_after(
            turn.before, normalise(turn.text), turn.language, calibration, ANYWHERE
        )
        cases.append(Case(found, np.isin(answers, turn.right)))
    fitted = weights(cases, first=[0.0] * len(NONE.of_figures), small=_SMALL)
    fitted[_SAME] = min(fitted[_SAME], _MOST_SAME)
    return _with_chance(Weights.of([round(float(weight), 4) for weight in fitted]), built, turns, calibration)


def _with_chance(fitted: Weights, built: Built, turns: Sequence[_Turn], calibration: Calibration) -> Weights:
    by = replace(calibration, follow_up=fitted)
    ranked = [(built.rank_after(turn.before, turn.text, turn.language, by), turn.right) for turn in turns]
    rows = [
        (features(found), found.candidates[0].answer in right) for found, right in ranked if found.candidates
    ]
    model = LogisticRegression(C=100.0, max_iter=2000)
    model.fit(np.array([row for row, _ in rows]), [hit for _, hit in rows])
    coefficients = [round(float(value), 4) for value in model.coef_[0]]
    return Weights.of(fitted.of_figures.tolist(), round(float(model.intercept_[0]), 4), coefficients)


def _follow_ups(held: HeldOut) -> Iterator[_Turn]:
    for talk in held.dialogues:
        told = None
        for earlier, later in pairwise(talk):
            told = earlier.right[0] if earlier.right else told
            if later.right:
                yield _Turn(held.language, Before(earlier.text, told), later.text, later.right)


def _unrelated(held: HeldOut) -> Iterator[_Turn]:
    chance = random.Random(1)
    asked = [question for shape in _UNRELATED for question in held.questions[shape]]

    def before() -> Before:
        question = chance.choice(asked)
        return Before(question.text, question.right[0])

    for shape, count in _UNRELATED.items():
        for question in chance.sample(held.questions[shape], count):
            yield _Turn(held.language, before(), question.text, question.right)
    for text in held.out_of_scope:
        yield _Turn(held.language, before(), text, ())
