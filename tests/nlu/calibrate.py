"""Fits the calibration on the held-out questions: `python -m tests.nlu.calibrate`.

First how much each thing that speaks for an answer counts (a conditional logit over the candidates of
each question), then the chance that the first candidate is right.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Self

import numpy as np
from sklearn.linear_model import LogisticRegression

from content.folder import read_library
from content.importer import import_library
from content.migrating import migrate
from content.repository import Repository
from content.search.built import Built, build
from content.search.calibration import Calibration
from content.search.corridors import Leaning
from content.search.decision import chance_of, features
from content.search.index import Evidence, Ranking
from content.store import open_store
from tests.nlu.calibrate_follow_ups import NONE, follow_up_weights
from tests.nlu.conditional_logit import Case, Figures, weights
from tests.nlu.held_out import SHAPES, HeldOut, all_languages

_KNOWN = 0.5  # of what is remembered: single questions cannot tell
# To be told another country's rule is worse than to be asked back, whatever the share of right answers says.
_ANOTHER_COUNTRY = -3.0
_SURE, _UNSURE = 0.5, 0.15
_SURE_FROM = tuple(step / 100 for step in range(30, 86, 2))
_MOST_WRONG = 0.05  # of the questions of a language
_MOST_OUTSIDE_TOLD = 0.05  # of what is out of scope, in all languages: in each there are fifty only
_CANDIDATES = 40
_SMALL = 2.0  # how much small weights are preferred
_OF_EVIDENCE = ("told", "nearest", "likelihood", "relevance")
_PARTS = tuple(part.name for part in fields(Leaning) if part.name != "known")


def calibrated(built: Built, held_out: Sequence[HeldOut]) -> Calibration:
    """The calibration that fits the questions best."""
    cases = [case for held in held_out for case in _cases(built, held)]
    fitted = [round(float(weight), 4) for weight in _weights(cases)]
    told, nearness, likelihood, relevance = fitted[: len(_OF_EVIDENCE)]
    parts = dict(zip(_PARTS, fitted[len(_OF_EVIDENCE) :], strict=True))
    ranking = Calibration(
        told=told,
        nearness=nearness,
        likelihood=likelihood,
        relevance=relevance,
        leaning=Leaning(**parts | {"other": min(parts["other"], _ANOTHER_COUNTRY)}, known=_KNOWN),
        follow_up=NONE,
        intercept=0.0,
        coefficients=(),
        sure=_SURE,
        unsure=_UNSURE,
    )
    rows = [row for held in held_out for row in _rankings(built, held, ranking)]
    model = LogisticRegression(C=100.0, max_iter=2000)
    model.fit(np.array([features(found) for found, _, _ in rows]), [right for _, right, _ in rows])
    calibration = replace(
        ranking,
        intercept=round(float(model.intercept_[0]), 4),
        coefficients=tuple(round(float(value), 4) for value in model.coef_[0]),
    )
    calibration = replace(calibration, follow_up=follow_up_weights(built, held_out, calibration))
    chances = {held.language: _Chances.of(built, held, calibration) for held in held_out}
    outside = [chance for each in chances.values() for chance in each.outside]
    sure = _least(lambda sure: _share(chance >= sure for chance in outside) <= _MOST_OUTSIDE_TOLD)
    return replace(
        calibration,
        sure=sure,
        sure_in={language: more for language, each in chances.items() if (more := _sure_from(each)) > sure},
    )


@dataclass(frozen=True, slots=True)
class _Chances:
    """Of a language: the chance of each question and whether it is right, and that of what is outside."""

    asked: Sequence[tuple[float, bool]]
    outside: Sequence[float]

    @classmethod
    def of(cls, built: Built, held: HeldOut, calibration: Calibration) -> Self:
        rows = list(_rankings(built, held, calibration))
        asked = [(chance_of(ranking, calibration), right) for ranking, right, asks in rows if asks]
        return cls(asked, [chance_of(ranking, calibration) for ranking, _, asks in rows if not asks])


def _sure_from(chances: _Chances) -> float:
    """From which chance on hardly a question of a language is told a wrong answer."""
    return _least(
        lambda sure: _share(chance >= sure and not right for chance, right in chances.asked) <= _MOST_WRONG
    )


def _least(holds: Callable[[float], bool]) -> float:
    return next((sure for sure in _SURE_FROM if holds(sure)), _SURE_FROM[-1])


def _share(of: Iterable[bool]) -> float:
    each = list(of)
    return sum(each) / max(1, len(each))


def _cases(built: Built, held: HeldOut) -> Iterator[Case]:
    answers = built.index.answers
    for question in (one for shape in SHAPES for one in held.questions[shape]):
        seen: list[Figures] = []

        def see(plain: str, found: Evidence, seen: list[Figures] = seen) -> Figures:
            parts = [built.corridors.lean(plain, _only(name)) for name in _PARTS]
            evidence = [getattr(found, of) for of in _OF_EVIDENCE]
            seen.append(np.column_stack([*evidence, *parts]))
            return (found.told + found.likelihood).astype(np.float64)

        ranking = built.index.rank(question.text, held.language, len(answers), weigh=see)
        if not ranking.candidates:
            continue
        best = ranking.candidates[:_CANDIDATES]
        rows = [seen[0][answers.index(each.answer)] for each in best]
        yield Case(np.array(rows), np.array([each.answer in question.right for each in best]))


def _weights(cases: Sequence[Case]) -> Figures:
    return weights(cases, first=[1.0] * (len(_OF_EVIDENCE) + len(_PARTS)), small=_SMALL)


def _only(name: str) -> Leaning:
    """A leaning in which one relation alone counts."""
    return Leaning(**{**dict.fromkeys(_PARTS, 0.0), name: 1.0}, known=0.0)


def _rankings(built: Built, held: HeldOut, calibration: Calibration) -> Iterator[tuple[Ranking, bool, bool]]:
    """Every ranking, whether its first is right, and whether it was of a question that has an answer."""
    for question in (one for shape in SHAPES for one in held.questions[shape]):
        ranking = built.rank(question.text, held.language, calibration)
        if ranking.candidates:
            yield ranking, ranking.candidates[0].answer in question.right, True
    for text in held.out_of_scope:
        ranking = built.rank(text, held.language, calibration)
        if ranking.candidates:
            yield ranking, False, False


def main() -> int:
    """Read the library, fit, keep."""
    with tempfile.TemporaryDirectory(prefix="tokstret-calibrate-") as folder:
        address = f"sqlite:///{Path(folder) / 'content.sqlite'}"
        migrate(address, "content")
        store = open_store(address)
        import_library(store, read_library(Path("content/library")))
        built = build(Repository(store).snapshot())
        store.dispose()
    calibration = calibrated(built, all_languages())
    calibration.write()
    print(calibration)
    return 0


if __name__ == "__main__":
    sys.exit(main())
