"""Counts, unanswered questions, feedback; erasing and expiring."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text

from content.clock import as_of, now, today
from content.people import People
from content.people.cipher import Cipher
from content.people.inbox import Inbox, IncomingUpdate
from content.people.models import DailyCount, Feedback, TelegramUpdate, UnansweredQuestion
from content.people.tally import Tally
from content.store import reading

DAY = date(2026, 11, 22)
# tests/content/people/test_talks.py and test_reminders.py have some.
NO_TALKS = {"handover_message": 0, "handover_request": 0, "reminder": 0}


@pytest.fixture
def people(people_store: Engine) -> People:
    return People(people_store)


@pytest.fixture
def inbox(people_store: Engine) -> Inbox:
    return Inbox(people_store, Cipher("a secret key for tests"))


def rows(store: Engine, table: type[Any]) -> list[Any]:
    with reading(store) as session:
        return list(session.scalars(select(table)))


def test_turns_of_a_kind_are_counted_by_day(people: People, people_store: Engine) -> None:
    for _ in range(3):
        people.count(DAY, "bi", "web", "answer", "palm.cost")
    people.count(DAY, "bi", "web", "fallback")
    people.count(DAY + timedelta(days=1), "bi", "web", "fallback")
    counted = sorted(
        (row.day.day, row.kind, row.answer, row.number) for row in rows(people_store, DailyCount)
    )
    assert counted == [(22, "answer", "palm.cost", 3), (22, "fallback", "", 1), (23, "fallback", "", 1)]


def test_a_count_is_one_statement(people: People, people_store: Engine) -> None:
    statements: list[str] = []
    event.listen(people_store, "before_cursor_execute", lambda *args: statements.append(args[2]))
    people.count(DAY, "bi", "web", "answer", "palm.cost")
    assert [statement.split()[0] for statement in statements if "BEGIN" not in statement] == ["INSERT"]


def test_no_count_is_lost_when_many_count_at_once(people: People, people_store: Engine) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(lambda _: people.count(DAY, "bi", "web", "answer"), range(80)))
    assert [row.number for row in rows(people_store, DailyCount)] == [80]


def test_a_tally_is_written_together_and_nothing_is_lost_while_the_store_is_away(
    people: People, people_store: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    tally = Tally(people)
    for _ in range(3):
        tally.count(DAY, "bi", "web", "answer", "palm.cost")
    with people_store.begin() as connection:
        connection.execute(text("ALTER TABLE daily_count RENAME TO away"))
    tally.write()
    assert "could not be written yet" in caplog.text
    with people_store.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO daily_count"))
    tally.count(DAY, "bi", "web", "answer", "palm.cost")
    tally.close()
    assert [row.number for row in rows(people_store, DailyCount)] == [4]


def test_verdicts_are_counted_and_by_whom_is_not_kept(people: People, people_store: Engine) -> None:
    with as_of(DAY):
        for verdict in ("helpful", "helpful", "unhelpful"):
            people.feedback("palm.cost", "bi", verdict)
    assert sorted((row.verdict, row.number, row.day) for row in rows(people_store, Feedback)) == [
        ("helpful", 2, DAY),
        ("unhelpful", 1, DAY),
    ]


def test_the_same_question_is_one_row_with_its_first_and_last_day(
    people: People, people_store: Engine
) -> None:
    with as_of(DAY):
        people.unanswered("Can I bring my dog?", "en", ["palm.family"])
    with as_of(DAY + timedelta(days=3)):
        people.unanswered("can i bring my DOG", "en", ["palm.housing"])
        people.unanswered("can i bring my dog", "bi", [])
    first, second = sorted(rows(people_store, UnansweredQuestion), key=lambda row: -row.number)
    assert (first.text, first.number, first.guesses) == ("Can I bring my dog?", 2, ["palm.housing"])
    assert (first.first_day, first.last_day) == (DAY, DAY + timedelta(days=3))
    assert (second.language, second.number) == ("bi", 1)


def test_questions_that_differ_only_in_personal_data_are_the_same(
    people: People, people_store: Engine
) -> None:
    people.unanswered("my name is Ana Kalo, call 7754321", "en", [])
    people.unanswered("my name is John, call +678 775 9999", "en", [])
    (row,) = rows(people_store, UnansweredQuestion)
    assert (row.text, row.number) == ("my name is […], call […]", 2)


@pytest.mark.parametrize("question", ["", "  ", "?!", "..."])
def test_a_question_without_words_is_not_kept(people: People, people_store: Engine, question: str) -> None:
    people.unanswered(question, "en", [])
    assert rows(people_store, UnansweredQuestion) == []


def test_the_longest_and_oddest_question_can_be_kept(people: People, people_store: Engine) -> None:
    people.unanswered("ʻ🙂 တ" * 2000 + "\x00", "en", [])
    (row,) = rows(people_store, UnansweredQuestion)
    assert len(row.text) == 500


def everything(store: Engine) -> str:
    with store.connect() as connection:
        tables = ("daily_count", "feedback", "unanswered_question", "telegram_update")
        return str([connection.execute(text(f"SELECT * FROM {table}")).all() for table in tables])


def test_erasing_a_person_leaves_no_trace_and_touches_nobody_else(
    people: People, people_store: Engine, inbox: Inbox
) -> None:
    inbox.store([IncomingUpdate(number, chat, {"text": "hi"}) for number, chat in enumerate("abab", start=1)])
    inbox.save_replies(1, [{"text": "yes"}])
    assert people.erase("a") == {"telegram_update": 2, **NO_TALKS}
    assert [(update.update_id, update.chat) for update in inbox.waiting()] == [(2, "b"), (4, "b")]
    assert "'a'" not in everything(people_store)
    assert inbox.store([IncomingUpdate(1, "a", {"text": "hi"})]) == 0
    inbox.save_replies(1, [{"text": "late"}])
    assert {row.update_id for row in rows(people_store, TelegramUpdate) if row.replies} == set()
    assert people.erase("nobody") == {"telegram_update": 0, **NO_TALKS}


def test_what_is_old_goes_and_what_is_new_stays(people: People, people_store: Engine, inbox: Inbox) -> None:
    with as_of(DAY):
        people.unanswered("an old question", "en", [])
        people.count(DAY, "en", "web", "fallback")
    inbox.store([IncomingUpdate(1, "a", {}), IncomingUpdate(2, "a", {})])
    tomorrow = now().date() + timedelta(days=1)
    assert people.expire(DAY) == {"telegram_update": 0, "unanswered_question": 0, **NO_TALKS}
    with as_of(tomorrow):
        people.unanswered("a new question", "en", [])
        assert today() == tomorrow
    assert people.expire(tomorrow) == {"telegram_update": 1, "unanswered_question": 1, **NO_TALKS}
    assert [row.text for row in rows(people_store, UnansweredQuestion)] == ["a new question"]
    assert len(rows(people_store, DailyCount)) == 1
    assert (inbox.waiting(), inbox.next_offset()) == ([], 3)


def test_ready_says_whether_the_store_can_be_reached(people: People) -> None:
    assert people.ready() is True
