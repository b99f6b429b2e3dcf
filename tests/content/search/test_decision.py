"""Sure, unsure or not."""

from dataclasses import replace
from pathlib import Path

from content.search.calibration import Calibration
from content.search.corridors import Leaning
from content.search.decision import chance_of, decide
from content.search.follow_up import Weights
from content.search.index import Candidate, Ranking

_CALIBRATION = Calibration(
    told=0.0,
    nearness=0.0,
    likelihood=0.0,
    relevance=0.0,
    leaning=Leaning(same=0, other=0, scheme=0, origin=0, unnamed=0, general=0, known=0),
    follow_up=Weights.of([0.0] * 12),
    intercept=-4,
    coefficients=(0, 0, 8, 0, 0, 0, 0, 0),
    sure=0.9,
    unsure=0.1,
)


def candidates(*scores: float) -> Ranking:
    found = (Candidate(f"a.{n}", value, value) for n, value in enumerate(scores))
    return Ranking(tuple(found), known=1.0, words=3)


def test_a_near_question_is_answered() -> None:
    decision = decide(candidates(0.9, 0.3), _CALIBRATION)
    assert decision.verdict == "sure"
    assert [c.answer for c in decision.candidates] == ["a.0"]


def test_a_middling_question_names_three_candidates() -> None:
    decision = decide(candidates(0.5, 0.4, 0.3, 0.2), _CALIBRATION)
    assert decision.verdict == "unsure"
    assert [c.answer for c in decision.candidates] == ["a.0", "a.1", "a.2"]


def test_a_far_question_names_none() -> None:
    decision = decide(candidates(0.1, 0.05), _CALIBRATION)
    assert (decision.verdict, decision.candidates) == ("not", ())


def test_the_chance_grows_with_the_share_of_the_first() -> None:
    by_share = replace(_CALIBRATION, intercept=0, coefficients=(1, -1, 0, 0, 0, 0, 0, 0))
    low, high = (chance_of(replace(candidates(0.5, 0.4), share=share), by_share) for share in (0.2, 0.9))
    assert low < 0.5 < high
    assert chance_of(replace(candidates(0.5), share=1.0), by_share) > high


def test_no_candidates_are_not_known() -> None:
    assert decide(Ranking((), 0.0, 0), _CALIBRATION).verdict == "not"


def test_the_kept_calibration_can_be_read_and_is_in_order() -> None:
    kept = Calibration.read()
    assert 0 < kept.unsure < kept.sure < 1
    assert kept.leaning.other < 0 < kept.leaning.same


def test_a_calibration_that_is_kept_is_read_as_it_was(tmp_path: Path) -> None:
    _CALIBRATION.write(tmp_path / "kept.json")
    assert Calibration.read(tmp_path / "kept.json") == _CALIBRATION
