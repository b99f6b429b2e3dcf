"""The orientation: screens and questions in order, progress by course, answers counted."""

import pytest

from content.folder import Library
from content.journeys.orientation import Orientation
from content.journeys.steps import one_back
from content.records import Course
from tests.journeys.conftest import records_of


@pytest.fixture
def policy(library: Library) -> Orientation:
    return Orientation(records_of(library, Course))


def walked(policy: Orientation, told: dict[str, str], *, answer: str = "1") -> dict[str, str]:
    """A course to its end, each question answered alike."""
    while (asked := policy.next(told)) is not None:
        told = {**told, asked.step: asked.choices[0] if asked.said_as == "screen" else answer}
    return told


def test_first_the_course_is_asked_for_by_scheme(policy: Orientation) -> None:
    asked = policy.next({})
    assert asked is not None
    assert (asked.step, set(asked.choices)) == ("course", {"PALM", "RSE", "EPS", "anyone"})
    assert asked.choices[-1] == "anyone"


@pytest.mark.parametrize("course", ["PALM", "RSE", "EPS", "anyone"])
def test_a_course_is_walked_to_its_end(policy: Orientation, course: str) -> None:
    told = walked(policy, {"course": course})
    chosen = policy.course(told)
    assert chosen is not None
    assert policy.place(told) is None
    answered = policy.answered(told)
    assert [each.lesson.id for each in answered] == [lesson.id for lesson in chosen.lessons]
    right = [lesson.right == 1 for lesson in chosen.lessons]
    assert [each.is_right for each in answered] == right
    assert any(right)
    assert not all(right)


def test_another_course_begins_anew_and_the_first_is_not_lost(policy: Orientation) -> None:
    half = {"course": "PALM", "PALM-money-s1": "next"}
    other = policy.place({**half, "course": "RSE"})
    assert other is not None
    assert (other.number, other.screen) == (1, 1)
    back = policy.place({**half, "course": "PALM"})
    assert back is not None
    assert back.screen == 2


def test_going_back_shows_the_screen_before(policy: Orientation) -> None:
    told = {"course": "PALM", "PALM-money-s1": "next", "PALM-money-s2": "next"}
    place = policy.place(one_back(told))
    assert place is not None
    assert place.screen == 2


def test_a_skipped_question_is_not_right(policy: Orientation) -> None:
    told = walked(policy, {"course": "PALM"}, answer="")
    assert not any(each.is_right for each in policy.answered(told))
    last = policy.just_answered(told)
    assert last is not None
    assert last.chosen == 0
