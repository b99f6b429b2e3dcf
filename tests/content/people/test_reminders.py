"""Reminders in the people store: kept encrypted, claimed once, gone when they are over or unwanted."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text, update

from content.clock import now
from content.journeys.checklist import Plan
from content.people import People
from content.people.cipher import Cipher
from content.people.models import Reminder
from content.people.reminders import Reminders, Subscription

DAY = date(2026, 12, 1)
PLAN = Plan(date(2027, 3, 15), frozenset({"passport"}), frozenset({"register"}))
WANTED = Subscription(4711, "palm", PLAN, ("VU", "AU"))


@pytest.fixture
def reminders(people_store: Engine) -> Reminders:
    return Reminders(people_store, Cipher("a secret key for tests"))


def begin(reminders: Reminders, person: str = "tg-a", day: date = DAY) -> None:
    reminders.begin(person, "telegram", "bi", WANTED, day)


def kept(store: Engine) -> list[Any]:
    with store.connect() as connection:
        return list(connection.execute(text("SELECT * FROM reminder")).all())


def test_what_was_wanted_is_read_again_as_it_was(reminders: Reminders) -> None:
    begin(reminders)
    found = reminders.of("tg-a")
    assert found is not None
    assert (found.language, found.next_day, found.subscription) == ("bi", DAY, WANTED)
    assert reminders.of("tg-b") is None


def test_neither_address_nor_plan_stands_in_the_store_as_it_is(
    reminders: Reminders, people_store: Engine
) -> None:
    begin(reminders)
    [row] = kept(people_store)
    for mark in ("4711", "palm", "passport", "2027"):
        assert mark not in str(row)


def test_whoever_wishes_again_has_one_row_with_the_last_wish(
    reminders: Reminders, people_store: Engine
) -> None:
    begin(reminders)
    begin(reminders, day=DAY + timedelta(days=9))
    assert len(kept(people_store)) == 1
    assert People(people_store).next_reminder("tg-a") == DAY + timedelta(days=9)


def test_only_what_is_due_is_found(reminders: Reminders) -> None:
    begin(reminders, "tg-a", DAY)
    begin(reminders, "tg-b", DAY + timedelta(days=1))
    assert [each.next_day for each in reminders.due(DAY)] == [DAY]
    assert reminders.due(DAY - timedelta(days=1)) == []


def test_of_many_who_claim_one_gets_it(reminders: Reminders) -> None:
    begin(reminders)
    [due] = reminders.due(DAY)
    with ThreadPoolExecutor(max_workers=8) as pool:
        got = list(pool.map(lambda _: reminders.claim(due), range(16)))
    assert sum(got) == 1
    assert reminders.due(DAY) == []


def test_a_claim_of_a_process_that_was_killed_ends_by_itself(
    reminders: Reminders, people_store: Engine
) -> None:
    begin(reminders)
    [due] = reminders.due(DAY)
    assert reminders.claim(due)
    with people_store.execution_options(writes=True).begin() as connection:
        connection.execute(update(Reminder).values(claimed_until=now() - timedelta(seconds=1)))
    assert reminders.due(DAY) == [due]
    assert reminders.claim(due)


def test_what_was_sent_waits_for_its_next_day(reminders: Reminders) -> None:
    begin(reminders)
    [due] = reminders.due(DAY)
    reminders.claim(due)
    told = Plan(PLAN.departure, PLAN.done, PLAN.told | {"copies"})
    reminders.go_on(due, told, DAY + timedelta(days=7))
    assert reminders.due(DAY) == []
    [later] = reminders.due(DAY + timedelta(days=7))
    assert later.subscription.plan == told
    assert reminders.claim(later)


def test_what_could_not_be_sent_is_found_again(reminders: Reminders) -> None:
    begin(reminders)
    [due] = reminders.due(DAY)
    reminders.claim(due)
    reminders.let_go(due)
    assert reminders.due(DAY) == [due]


def test_who_ended_them_meanwhile_is_not_written_to(reminders: Reminders) -> None:
    begin(reminders)
    [due] = reminders.due(DAY)
    assert reminders.end("tg-a")
    assert not reminders.claim(due)
    assert not reminders.end("tg-a")


@pytest.mark.parametrize("how", ["after the last", "forgotten", "erased", "expired"])
def test_nothing_is_left_when_they_are_over(reminders: Reminders, people_store: Engine, how: str) -> None:
    begin(reminders)
    [due] = reminders.due(DAY)
    people = People(people_store)
    if how == "after the last":
        reminders.go_on(due, PLAN, None)
    elif how == "forgotten":
        reminders.forget(due)
    elif how == "erased":
        assert people.erase("tg-a")["reminder"] == 1
    else:
        assert people.expire(DAY)["reminder"] == 0
        assert people.expire(DAY + timedelta(days=1))["reminder"] == 1
    assert kept(people_store) == []


def test_with_another_secret_key_nothing_is_sent_and_nothing_breaks(
    reminders: Reminders, people_store: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    begin(reminders)
    assert Reminders(people_store, Cipher("another secret key")).due(DAY) == []
    assert "cannot be read" in caplog.text
