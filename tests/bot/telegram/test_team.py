"""A person on Telegram talks with our team: by the real channel, store and conversation."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, select

from bot.alerts import Alerts
from bot.settings import Settings
from content.people.cipher import Cipher
from content.people.desk import Desk, Waiting
from content.people.models import HandoverRequest
from content.store import open_store, reading
from tests.bot.telegram.conftest import SECRET, Start
from tests.bot_api import BotApi, Sent
from tests.bot_api_people import Chat
from tests.engine_stand_in import EngineStandIn
from tests.team import open_always, rows_of_talks

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("people")]

PATIENCE = 30


@pytest.fixture
def people(settings: Settings) -> Iterator[Engine]:
    """The people store, with a team that is there."""
    store = open_store(settings.people_address)
    open_always(store, SECRET)
    yield store
    store.dispose()


@pytest.fixture
def desk(people: Engine) -> Desk:
    return Desk(people, Cipher(SECRET))


def payloads(sent: Sent) -> list[str]:
    return [payload for row in sent.buttons for _, payload in row]


async def begun(api: BotApi, person: Chat) -> Sent:
    """The first talk, from the button on."""
    await person.press("team")
    consent = (await api.messages(1, person.number))[-1]
    assert "address of this chat" in consent.text
    await person.press("team-yes")
    return (await api.messages(2, person.number))[-1]


async def claimed(desk: Desk) -> Waiting:
    [waiting] = await asyncio.to_thread(desk.queue)
    await asyncio.to_thread(desk.claim, waiting.id, "mere")
    return waiting


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something in the store, which others change."""
    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(holds):  # noqa: ASYNC110 - a store tells nobody of its changes
            await asyncio.sleep(0.05)


async def until_last(desk: Desk, delivery: str) -> None:
    """Wait until the last line of the first talk has come so far."""
    await until(lambda: desk.talk(1)[-1].delivery == delivery)


def row(people: Engine) -> HandoverRequest:
    with reading(people) as session:
        return session.scalars(select(HandoverRequest)).one()


async def test_words_go_to_the_team_and_replies_come_back_in_the_same_chat(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat, desk: Desk
) -> None:
    async with start():
        assert payloads(await begun(api, person)) == ["team-end", "danger"]
        await person.say("my contract is not the offer")
        waiting = await claimed(desk)
        assert (waiting.channel, waiting.language) == ("telegram", "en")
        joined = (await api.messages(3, person.number))[-1]
        assert joined.text == "Somebody of our team is reading now."
        await asyncio.to_thread(desk.reply, waiting.id, "mere", "Do *not* sign <yet>.")
        reply = (await api.messages(4, person.number))[-1]
        assert reply.text == "Our team\n\nDo *not* sign <yet>."
        await until_last(desk, "delivered")
        await asyncio.to_thread(desk.close, waiting.id, "mere")
        ended = (await api.messages(5, person.number))[-1]
        assert ended.text.startswith("Our team has ended this talk")
        await person.say("who pays?")
        assert (await api.messages(6, person.number))[-1].text == "You said who pays?"
    assert [turn["message"] for turn in engine.heard] == ["who pays?"]


async def test_the_chats_number_is_encrypted_and_gone_when_the_person_stops(
    start: Start, api: BotApi, person: Chat, people: Engine, settings: Settings
) -> None:
    async with start():
        await begun(api, person)
        kept = row(people).chat
        assert kept is not None
        assert str(person.number) not in kept
        assert Cipher(SECRET).decrypt(kept) == person.number
        await person.say("/stop")
        ended = (await api.messages(3, person.number))[-1]
        assert ended.text.startswith("The talk with our team has ended")
    assert (row(people).chat, row(people).closed_by) == (None, "person")


@pytest.mark.parametrize("word", ["stop", "Stop!", "taofi", "TIGIL"])
async def test_a_word_ends_the_talk_in_any_language(
    start: Start, api: BotApi, person: Chat, desk: Desk, word: str
) -> None:
    async with start():
        await begun(api, person)
        await person.say(word)
        assert (await api.messages(3, person.number))[-1].text.startswith("The talk with our team has ended")
    assert desk.queue() == []


async def test_danger_in_the_middle_goes_both_ways(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat, desk: Desk
) -> None:
    async with start():
        await begun(api, person)
        await person.say("the boss locked me in and took my phone")
        [turn] = await engine.turns(1)
        assert turn["message"].startswith("/danger{")
        await api.messages(3, person.number)
        await person.press("danger")
        await api.messages(4, person.number)
    [waiting] = desk.queue()
    assert waiting.danger
    desk.claim(waiting.id, "mere")
    assert "the boss locked me in and took my phone" in [line.text for line in desk.talk(waiting.id)]


async def test_buttons_of_the_bot_are_answered_with_a_hint_only(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    async with start():
        await begun(api, person)
        await person.press("menu")
        assert (await api.messages(3, person.number))[-1].text.startswith("You are talking with our team")
        await person.say("/privacy")
        await engine.turns(1)
    assert [turn["message"] for turn in engine.heard] == ["/privacy"]


async def test_a_place_is_passed_on(start: Start, api: BotApi, person: Chat, desk: Desk) -> None:
    async with start():
        await begun(api, person)
        await person.send(location={"latitude": -17.7, "longitude": 168.3})
        waiting = await claimed(desk)
        await api.messages(3, person.number)
        await until(lambda: any(line.author == "person" for line in desk.talk(waiting.id)))
    assert [line.text for line in desk.talk(waiting.id) if line.author == "person"] == [
        "geo:-17.70000,168.30000"
    ]


async def test_staff_see_that_a_person_has_blocked_the_bot(
    start: Start, api: BotApi, person: Chat, desk: Desk
) -> None:
    async with start():
        await begun(api, person)
        waiting = await claimed(desk)
        await api.messages(3, person.number)
        api.blocked.add(person.number)
        await asyncio.to_thread(desk.reply, waiting.id, "mere", "Hello?")
        await until_last(desk, "failed")
        [blocked] = await asyncio.to_thread(desk.queue)
        assert blocked.unreachable
        api.blocked.clear()
        await person.say("I am back")
        await until(lambda: not desk.queue()[0].unreachable)


async def test_a_failed_reply_is_tried_again_and_a_restart_loses_nothing(
    start: Start, api: BotApi, person: Chat, desk: Desk
) -> None:
    async with start():
        await begun(api, person)
        waiting = await claimed(desk)
        await api.messages(3, person.number)
        api.refuse("sendMessage", 500, "Internal Server Error", times=1)
        await asyncio.to_thread(desk.reply, waiting.id, "mere", "one")
        await api.messages(4, person.number)
        await until_last(desk, "delivered")
    desk.reply(waiting.id, "mere", "two")
    async with start():
        await api.messages(5, person.number)
        await person.say("three")
        await until_last(desk, "direct")
    assert [sent.text for sent in api.sent][-2:] == ["Our team\n\none", "Our team\n\ntwo"]
    assert [line.text for line in desk.talk(waiting.id) if line.author != "notice"] == ["one", "two", "three"]


async def test_an_update_that_comes_again_is_one_line(
    start: Start, api: BotApi, person: Chat, desk: Desk
) -> None:
    async with start() as running:
        await begun(api, person)
        who = running.identity.person_of_chat(person.number)
        request = running.conversation.handover.store.open_of(who)
        assert request is not None
        for _ in range(2):
            assert running.conversation.handover.store.write(request, "again", turn="tg-7")
    assert [line.text for line in desk.talk(request.id) if line.author == "person"] == ["again"]


async def test_in_a_group_nobody_is_passed_on(start: Start, api: BotApi, group: Chat, people: Engine) -> None:
    async with start():
        for payload in ("team", "team-yes"):
            await group.press(payload)
        for sent in await api.messages(2, group.number):
            assert sent.text.startswith("This is a group")
    assert rows_of_talks(people) == 0


async def test_erasing_leaves_no_row_of_a_talk(
    start: Start, api: BotApi, person: Chat, people: Engine
) -> None:
    async with start() as running:
        await begun(api, person)
        await person.say("Marker-Text")
        await until(lambda: rows_of_talks(people) == 3)
        erased = await running.conversation.erase(running.identity.person_of_chat(person.number))
    assert (erased["handover_request"], erased["handover_message"]) == (1, 2)
    assert rows_of_talks(people) == 0


async def test_the_teams_group_is_told_the_language_and_nothing_else(
    start: Start, api: BotApi, person: Chat, group: Chat, people: Engine
) -> None:
    async with start() as running:
        alerts = Alerts(running.conversation.words, "https://t.example/staff/requests")
        alerts.add(lambda words: running.telegram.alert(str(group.number), words))
        running.conversation.handover.alerts = alerts
        await begun(api, person)
        [alert] = await api.messages(1, group.number)
    assert alert.text == "A request waits, English\nhttps://t.example/staff/requests"


async def test_an_alert_that_cannot_be_sent_holds_nothing_up(
    start: Start, api: BotApi, person: Chat, people: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    async with start() as running:
        alerts = Alerts(running.conversation.words)
        alerts.add(lambda words: running.telegram.alert("-999", words))
        running.conversation.handover.alerts = alerts
        await begun(api, person)
        await until(lambda: "could not be sent to the team's group" in caplog.text)


async def test_the_chats_number_is_kept_until_the_last_line_was_sent(
    start: Start, api: BotApi, person: Chat, people: Engine, desk: Desk
) -> None:
    async with start():
        await begun(api, person)
        waiting = await claimed(desk)
        await api.messages(3, person.number)
        await until_last(desk, "delivered")
    desk.close(waiting.id, "mere")
    assert row(people).chat is not None
    async with start():
        await api.messages(4, person.number)
        await until(lambda: row(people).chat is None)
