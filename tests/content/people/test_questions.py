"""Unanswered questions as staff work on them, and what people said of answers."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from content.clock import as_of
from content.people import People
from content.people.questions import Questions
from content.people.verdicts import Verdicts, verdicts_since

DAY = date(2026, 11, 2)


@pytest.fixture
def people(people_store: Engine) -> People:
    return People(people_store)


@pytest.fixture
def questions(people_store: Engine) -> Questions:
    return Questions(people_store)


def texts(questions: Questions, *languages: str) -> list[str]:
    return [question.text for question in questions.waiting(languages or None)]


def test_questions_wait_in_the_order_in_which_they_were_asked(people: People, questions: Questions) -> None:
    with as_of(DAY):
        people.unanswered("one", "en", ["palm.cost"])
        people.unanswered("two", "bi", [])
        people.unanswered("three", "en", [])
        people.unanswered("ONE", "en", ["fees.who-pays"])
    assert texts(questions) == ["one", "two", "three"]
    assert texts(questions, "bi") == ["two"]
    assert (questions.number_waiting(), questions.number_waiting(["en"])) == (3, 2)
    first = questions.waiting()[0]
    assert (first.number, first.guesses, first.first_day, first.aside_on) == (
        2,
        ("fees.who-pays",),
        DAY,
        None,
    )
    assert questions.question(first.id) == first
    assert questions.these([first.id, 99]) == [first]


def test_a_question_set_aside_waits_again_once_it_is_put_back_or_asked(
    people: People, questions: Questions
) -> None:
    for text in ("one", "two", "three"):
        people.unanswered(text, "en", [])
    ids = [question.id for question in questions.waiting()]
    with as_of(DAY):
        assert questions.set_aside([*ids, 99]) == 3
        assert questions.set_aside(ids) == 0
    assert texts(questions) == []
    assert [question.aside_on for question in questions.aside()] == [DAY] * 3
    assert questions.take_back(ids[:1]) == 1
    people.unanswered("Three!", "en", [])
    assert texts(questions) == ["one", "three"]
    assert [question.text for question in questions.aside(["en"])] == ["two"]
    assert questions.aside(["bi"]) == []


def test_the_last_that_was_set_aside_stands_first(people: People, questions: Questions) -> None:
    for text in ("one", "two"):
        people.unanswered(text, "en", [])
    one, two = (question.id for question in questions.waiting())
    with as_of(DAY):
        questions.set_aside([two])
    with as_of(DAY + timedelta(days=1)):
        questions.set_aside([one])
    assert [question.text for question in questions.aside()] == ["one", "two"]


def test_a_question_that_has_an_answer_now_is_forgotten(people: People, questions: Questions) -> None:
    people.unanswered("one", "en", [])
    people.unanswered("two", "en", [])
    [one, _] = questions.waiting()
    questions.let_go([one.id, 99])
    assert texts(questions) == ["two"]
    assert questions.question(one.id) is None


def test_answers_that_did_not_help_since_a_day_are_counted_by_language(
    people: People, people_store: Engine
) -> None:
    with as_of(DAY - timedelta(days=1)):
        people.feedback("old.answer", "en", "unhelpful")
    with as_of(DAY):
        for verdict in ("helpful", "unhelpful", "unhelpful"):
            people.feedback("palm.cost", "bi", verdict)
        people.feedback("palm.cost", "en", "helpful")
    with as_of(DAY + timedelta(days=1)):
        people.feedback("palm.cost", "bi", "unhelpful")
        people.feedback("fees.who-pays", "en", "unhelpful")
    found = verdicts_since(people_store, DAY)
    assert found == [Verdicts("palm.cost", "bi", 1, 3), Verdicts("fees.who-pays", "en", 0, 1)]
    assert [verdicts.share for verdicts in found] == [0.75, 1.0]
    assert verdicts_since(people_store, DAY, ["en"]) == found[1:]
