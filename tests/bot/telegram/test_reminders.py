"""Reminders of a checklist on Telegram: by consent, by day, once, and over at a word."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

import pytest
from sqlalchemy import Engine, text

from bot import reminders as reminders_module
from bot.settings import Settings
from content.clock import today
from content.messages import Message, Reminding
from content.people import People
from content.store import open_store
from tests.bot.telegram.conftest import Running, Start
from tests.bot_api import BotApi, Sent
from tests.bot_api_people import Chat
from tests.engine_stand_in import EngineStandIn

pytestmark = pytest.mark.anyio

PATIENCE = 30
YES, OFF = "checklist:remind.yes", "checklist:remind.off"
BEGIN = '/checklist{"step": "remind", "value": "yes"}'
TICK = '/checklist{"step": "palm-bags", "value": "done"}'
NOON = 1  # in Vanuatu it is noon at 1:00 UTC


class Clock:
    """The moment that reminders go by, in UTC."""

    def __init__(self) -> None:
        self.moment = datetime.combine(today(), datetime.min.time()) + timedelta(hours=NOON)

    def days_on(self, days: int, *, hour: int = NOON) -> None:
        """So many days later, at an hour (UTC)."""
        self.moment = (self.moment + timedelta(days=days)).replace(hour=hour)


@dataclass(frozen=True, slots=True)
class Scene:
    """A person on Telegram, the engine that answers them, the store, and the clock that reminders go by."""

    api: BotApi
    engine: EngineStandIn
    person: Chat
    people: Engine
    clock: Clock

    def wish(self, departure: date, *done: str) -> None:
        """What the engine says to the consent, and to a thing that is done."""
        whats: tuple[tuple[str, Literal["begin", "update"]], ...] = ((BEGIN, "begin"), (TICK, "update"))
        for heard, what in whats:
            told = Reminding(
                wish=what,
                list="palm",
                departure=departure,
                done=(*done, "bags") if what == "update" else done,
                countries=("VU", "AU"),
            )
            message = Message(kind="journey", text="Your list", language="en", reminding=told)
            self.engine.replies[heard] = [message]

    def rows(self) -> list[Any]:
        """All reminders of the store."""
        with self.people.connect() as connection:
            return list(connection.execute(text("SELECT * FROM reminder")).all())

    def key(self, running: Running) -> str:
        """What the person's data is kept under."""
        return running.identity.person_of_chat(self.person.number)

    def next_day(self, running: Running) -> date | None:
        """When they are reminded next."""
        return People(self.people).next_reminder(self.key(running))

    async def last(self, count: int) -> Sent:
        """The last of so many messages."""
        return (await self.api.messages(count, self.person.number))[-1]


@pytest.fixture
def scene(
    settings: Settings, api: BotApi, engine: EngineStandIn, person: Chat, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Scene]:
    clock, people = Clock(), open_store(settings.people_address)
    monkeypatch.setattr(reminders_module, "now", lambda: clock.moment)
    yield Scene(api, engine, person, people, clock)
    people.dispose()


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something in the store, which others change."""
    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(holds):  # noqa: ASYNC110 - a store tells nobody of its changes
            await asyncio.sleep(0.02)


async def looked_at(running: Running, times: int = 3) -> None:
    """Wait until what is due was looked for so many times from now on."""
    seen, looks = asyncio.Event(), 0
    parcels = running.conversation.reminders.parcels

    async def counted() -> Any:
        nonlocal looks
        found = await parcels()
        looks += 1
        if looks >= times:
            seen.set()
        return found

    running.conversation.reminders.parcels = counted  # type: ignore[method-assign]
    async with asyncio.timeout(PATIENCE):
        await seen.wait()
    running.conversation.reminders.parcels = parcels  # type: ignore[method-assign]


async def test_a_reminder_comes_on_its_day_and_names_what_is_due(start: Start, scene: Scene) -> None:
    scene.wish(today() + timedelta(days=40))
    async with start() as running:
        await scene.person.press(YES)
        await scene.api.messages(1, scene.person.number)
        await until(lambda: len(scene.rows()) == 1)
        await looked_at(running)
        assert len(await scene.api.messages(1, scene.person.number)) == 1
        day = scene.next_day(running)
        assert day is not None
        scene.clock.days_on((day - today()).days)
        reminder = await scene.last(2)
        assert "Days until you leave" in reminder.text
        assert "Ask what your health insurance leaves out" in reminder.text
        assert reminder.text.endswith("Write /stop for no more reminders.")
        payloads = [payload for row in reminder.buttons for _, payload in row]
        assert {"checklist", OFF} <= set(payloads)
        await until(lambda: scene.next_day(running) != day)
        await looked_at(running)
        assert len(await scene.api.messages(2, scene.person.number)) == 2


async def test_nobody_is_written_to_at_night(start: Start, scene: Scene) -> None:
    scene.wish(today() + timedelta(days=40))
    async with start() as running:
        await scene.person.press(YES)
        await until(lambda: len(scene.rows()) == 1)
        day = scene.next_day(running)
        assert day is not None
        scene.clock.days_on((day - today()).days, hour=10)  # nine in the evening in Vanuatu
        await looked_at(running)
        assert len(await scene.api.messages(1, scene.person.number)) == 1
        scene.clock.days_on(0, hour=21)  # eight the next morning
        await scene.last(2)


async def test_it_waits_while_the_person_talks_with_our_team(start: Start, scene: Scene) -> None:
    scene.wish(today() + timedelta(days=40))
    async with start() as running:
        await scene.person.press(YES)
        await until(lambda: len(scene.rows()) == 1)
        talks = running.conversation.handover.store
        request = talks.open(scene.key(running), "telegram", "en", begun="handover.begun", question=None)
        assert request is not None
        day = scene.next_day(running)
        assert day is not None
        scene.clock.days_on((day - today()).days)
        await looked_at(running)
        assert len(await scene.api.messages(1, scene.person.number)) == 1
        talks.end(request, notice="handover.ended")
        await scene.last(2)


@pytest.mark.parametrize("how", ["/stop", "button", "engine away", "delete my data"])
async def test_it_is_over_when_the_person_says_so_and_no_row_is_left(
    start: Start, scene: Scene, how: str
) -> None:
    scene.wish(today() + timedelta(days=40))
    async with start() as running:
        await scene.person.press(YES)
        await until(lambda: len(scene.rows()) == 1)
        if how == "/stop":
            await scene.person.say("/stop")
            assert (await scene.last(2)).text.startswith("No more reminders.")
        elif how == "delete my data":
            assert (await running.conversation.erase(scene.key(running)))["reminder"] == 1
        else:
            if how == "engine away":
                scene.engine.away = True
            await scene.person.press(OFF)
            said = (await scene.last(2)).text
            assert how == "button" or said.startswith("No more reminders.")
        assert scene.rows() == []
        scene.clock.days_on(38)
        await looked_at(running)


async def test_what_is_done_meanwhile_is_not_reminded_of(start: Start, scene: Scene) -> None:
    done = ("register", "passport", "check-employer", "read-offer", "ask-deductions", "ask-house",
            "insurance", "children", "money-agreement", "briefing", "copies", "numbers")  # fmt: skip
    scene.wish(today() + timedelta(days=40), *done)
    async with start() as running:
        await scene.person.press(YES)
        await until(lambda: len(scene.rows()) == 1)
        assert scene.next_day(running) == today() + timedelta(days=31)
        await scene.person.press("checklist:palm-bags.done")
        arrival = today() + timedelta(days=47)
        await until(lambda: scene.next_day(running) == arrival)


async def test_a_thing_that_is_done_begins_no_reminders(start: Start, scene: Scene) -> None:
    scene.wish(today() + timedelta(days=40))
    async with start():
        await scene.person.press("checklist:palm-bags.done")
        assert (await scene.last(1)).text == "Your list"
    assert scene.rows() == []


async def test_in_a_group_nobody_is_reminded(start: Start, scene: Scene, group: Chat) -> None:
    scene.wish(today() + timedelta(days=40))
    async with start():
        await group.press(YES)
        assert "private chat" in (await scene.api.messages(1, group.number))[-1].text
    assert scene.rows() == []


async def test_a_reminder_that_telegram_refuses_comes_later_and_once(start: Start, scene: Scene) -> None:
    scene.wish(today() + timedelta(days=40))
    async with start() as running:
        await scene.person.press(YES)
        await scene.api.messages(1, scene.person.number)
        await until(lambda: len(scene.rows()) == 1)
        scene.api.refuse("sendMessage", 500, "Internal Server Error", times=3)
        day = scene.next_day(running)
        assert day is not None
        scene.clock.days_on((day - today()).days)
        await scene.last(2)
        await looked_at(running)
        assert len(await scene.api.messages(2, scene.person.number)) == 2


async def test_who_has_blocked_us_is_forgotten(start: Start, scene: Scene) -> None:
    scene.wish(today() + timedelta(days=40))
    async with start():
        await scene.person.press(YES)
        await scene.api.messages(1, scene.person.number)
        await until(lambda: len(scene.rows()) == 1)
        scene.api.blocked.add(scene.person.number)
        scene.clock.days_on(38)
        await until(lambda: scene.rows() == [])


async def test_after_a_restart_what_is_due_is_sent_once(start: Start, scene: Scene) -> None:
    scene.wish(today() + timedelta(days=40))
    async with start():
        await scene.person.press(YES)
        await until(lambda: len(scene.rows()) == 1)
    scene.clock.days_on(27)
    async with start() as running:
        await scene.last(2)
        await looked_at(running)
    async with start() as running:
        await looked_at(running)
        assert len(await scene.api.messages(2, scene.person.number)) == 2
