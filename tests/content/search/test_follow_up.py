"""Questions that go on from the one before them."""

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import Engine

from content.fields import SOURCE_LANGUAGE
from content.repository import Repository
from content.search.built import build
from content.search.calibration import Calibration
from content.search.follow_up import Before, Ties, Weights, figures, together_with
from tests.content.search.test_corridors import CORRIDORS

ALONE, TOGETHER = np.array([2.0, 0.0, 0.0]), np.array([0.0, 0.0, 2.0])
NO_TIES = np.zeros((3, 4), dtype=bool)


@pytest.fixture
def ties(store: Engine) -> Ties:
    told = {answer.key: answer for answer in Repository(store).snapshot().answers(SOURCE_LANGUAGE)}
    return Ties(("", *told), told)


def test_the_words_alone_and_together_count_by_how_many_there_are() -> None:
    for words, size in ((1, 0), (3, 0), (4, 1), (6, 1), (7, 2)):
        found = figures(ALONE, TOGETHER, NO_TIES, words, named=False)
        used = np.flatnonzero(np.abs(found).sum(axis=0)).tolist()
        assert used == [size, 3 + size]
        assert found[:, size].argmax() == 0
        assert found[:, 3 + size].argmax() == 2


def test_a_question_that_names_a_country_has_weights_of_its_own() -> None:
    every = np.ones((3, 4), dtype=bool)
    unnamed, named = (figures(ALONE, TOGETHER, every, 1, named=name) for name in (False, True))
    assert unnamed[:, 6:10].tolist() == [[1, 0, 1, 0]] * 3
    assert named[:, 6:10].tolist() == [[0, 1, 0, 1]] * 3
    assert unnamed[:, 10:].tolist() == named[:, 10:].tolist() == [[1, 1]] * 3


def test_answers_are_tied_by_topic_way_and_link(ties: Ties, store: Engine) -> None:
    told = {answer.key: answer for answer in Repository(store).snapshot().answers(SOURCE_LANGUAGE)}
    keys = ["", *told]
    for key, answer in told.items():
        found = ties.with_answer(key)
        assert [keys[place] for place in np.flatnonzero(found[:, 0])] == [
            each for each in told if told[each].topic == answer.topic
        ]
        assert np.flatnonzero(found[:, 2]).tolist() == [keys.index(key)]
        assert {keys[place] for place in np.flatnonzero(found[:, 3])} == set(answer.related) & set(told)


def test_nothing_is_tied_to_no_answer_or_one_that_is_gone(ties: Ties) -> None:
    assert not ties.with_answer(None).any()
    assert not ties.with_answer("palm.withdrawn").any()


def test_the_country_of_a_follow_up_stands_for_the_one_before() -> None:
    assert together_with("who pays in korea", "and in japan", CORRIDORS) == "who pays in and in japan"
    assert together_with("who pays in korea", "how long", CORRIDORS) == "who pays in korea how long"


def test_weights_are_kept_and_read_as_they_were() -> None:
    weights = Weights.of([float(number) for number in range(12)], 0.5, (1.0, 2.0))
    assert weights.of_figures.tolist() == list(range(12))
    kept = {
        "alone": [0.0, 1.0, 2.0],
        "together": [3.0, 4.0, 5.0],
        "topic": [6.0, 7.0],
        "way": [8.0, 9.0],
        "same": 10.0,
        "related": 11.0,
        "intercept": 0.5,
        "coefficients": [1.0, 2.0],
    }
    assert Weights.read(kept) == weights


def test_a_short_question_is_ranked_by_the_question_and_the_answer_before(store: Engine) -> None:
    built, calibration = build(Repository(store).snapshot()), Calibration.read()
    by_ties = replace(calibration, follow_up=Weights.of([0.0] * 11 + [1.0]))
    told = next(a for a in Repository(store).snapshot().answers(SOURCE_LANGUAGE) if a.related)
    ranking = built.rank_after(Before("anything", told.key), "how long", "en", by_ties)
    assert ranking.candidates[0].answer in told.related
    by_words = replace(calibration, follow_up=Weights.of([1.0] * 3 + [0.0] * 9))
    alone = built.rank_after(Before("anything", told.key), "how long", "en", by_words)
    assert [found.answer for found in alone.candidates] == [
        found.answer for found in built.rank("how long", "en", calibration).candidates
    ]
