"""Telegram fails, refuses, is away or is slow: people still get what they asked for, once."""

import logging

import httpx
import pytest
from pydantic import HttpUrl, SecretStr

from bot.settings import Settings
from content.messages import Button, Message
from tests.bot.telegram.conftest import Start
from tests.bot_api import TOKEN, BotApi
from tests.bot_api_people import Chat
from tests.engine_stand_in import EngineStandIn

pytestmark = pytest.mark.anyio


def logged_by_us(caplog: pytest.LogCaptureFixture) -> str:
    """The log without that of the stand-ins' servers."""
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("uvicorn")]
    assert lines
    return "\n".join(lines)


async def test_a_flood_limit_is_waited_out(start: Start, api: BotApi, person: Chat) -> None:
    api.refuse("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    async with start():
        await person.say("who pays?")
        [sent] = await api.messages(1)
        assert sent.text == "You said who pays?"
        assert len(api.calls_of("sendMessage")) == 2


async def test_a_person_who_blocked_us_is_left_in_peace(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    other = Chat(api, 4712)
    api.blocked.add(person.number)
    engine.replies["one"] = [Message(kind="notice", text=text, language="en") for text in ("a", "b")]
    async with start() as running:
        await person.say("one")
        await api.called("sendMessage")
        await person.change_our_membership("member", "kicked")
        await other.say("two")
        await api.messages(1, other.number)
    assert len(api.calls_of("sendMessage")) == 2
    assert running.inbox.waiting() == []


@pytest.mark.parametrize("failure", ["error", "drop"])
async def test_a_failed_sending_is_tried_again(failure: str, start: Start, api: BotApi, person: Chat) -> None:
    if failure == "drop":
        api.drop("sendMessage", times=3)
    else:
        api.refuse("sendMessage", 500, "Internal Server Error", times=3)
    async with start():
        await person.say("who pays?")
        [sent] = await api.messages(1)
        assert sent.text == "You said who pays?"
        assert len(api.calls_of("sendMessage")) == 4


async def test_parts_already_sent_are_not_sent_again(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    engine.replies["one"] = [Message(kind="notice", text=text, language="en") for text in ("a", "b", "c")]
    for _ in "abc":
        api.drop("sendMessage", times=2)
        api.answer("sendMessage")
    async with start():
        await person.say("one")
        await api.messages(3)
    assert [sent.text for sent in api.sent] == ["a", "b", "c"]
    assert len(api.calls_of("sendMessage")) == 9
    assert len(engine.heard) == 1


async def test_refused_html_is_sent_as_plain_text_with_its_buttons(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    engine.replies["who pays?"] = [
        Message(
            kind="answer", text="**Nobody.**", language="en", buttons=[Button(title="Menu", payload="menu")]
        )
    ]
    api.refuse("sendMessage", 400, "Bad Request: can't parse entities: unexpected end tag at byte offset 3")
    async with start():
        await person.say("who pays?")
        [sent] = await api.messages(1)
        assert sent.text == "Nobody."
        assert sent.entities == []
        assert "parse_mode" not in sent.values
        assert sent.buttons == [[("Menu", "menu")]]


async def test_refused_buttons_do_not_hold_the_words_back(start: Start, api: BotApi, person: Chat) -> None:
    api.refuse("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID", times=2)
    async with start():
        await person.say("/stop")
        [sent] = await api.messages(1)
        assert sent.buttons == []


async def test_a_message_refused_in_every_form_does_not_stop_the_chat(
    start: Start, api: BotApi, person: Chat
) -> None:
    api.refuse("sendMessage", 400, "Bad Request: message is too long", times=3)
    async with start():
        await person.say("one")
        await person.say("two")
        [sent] = await api.messages(1)
        assert sent.text == "You said two"


async def test_a_group_that_became_a_supergroup_is_answered_there(
    start: Start, api: BotApi, group: Chat
) -> None:
    moved = Chat(api, -100999)
    api.refuse("sendMessage", 400, "Bad Request: group chat was upgraded", migrate_to_chat_id=moved.number)
    async with start():
        await group.say(f"@{api.username} who pays?")
        [sent] = await api.messages(1)
        assert sent.chat == moved.number


async def test_failing_polls_are_tried_again(start: Start, api: BotApi, person: Chat) -> None:
    api.refuse("getUpdates", 502, "Bad Gateway")
    api.drop("getUpdates")
    api.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    async with start():
        await person.say("who pays?")
        await api.messages(1)


async def test_the_channel_comes_up_when_telegram_does(
    start: Start, api: BotApi, person: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    api.refuse("getMe", 500, "Internal Server Error", times=3)
    api.refuse("setMyCommands", 500, "Internal Server Error")
    api.refuse("deleteWebhook", 500, "Internal Server Error")
    with caplog.at_level(logging.DEBUG):
        async with start():
            await person.say("who pays?")
            await api.messages(1)
            await api.until(lambda: "" in api.commands)
    assert "getMe failed: NetworkError" in caplog.text
    assert TOKEN not in logged_by_us(caplog)


async def test_starting_and_stopping_need_no_telegram(
    start: Start, settings: Settings, free_tcp_port: int
) -> None:
    away = settings.model_copy(update={"telegram_api_base_url": HttpUrl(f"http://127.0.0.1:{free_tcp_port}")})
    async with start(with_settings=away) as running:
        assert running.inbox.waiting() == []


async def test_a_refused_token_is_named_by_its_setting_and_not_shown(
    start: Start, api: BotApi, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = settings.model_copy(update={"telegram_bot_token": SecretStr("99:a-wrong-token")})
    with caplog.at_level(logging.DEBUG):
        async with start(with_settings=wrong):
            await api.called("refused token", 2)
    assert "the token in TELEGRAM_BOT_TOKEN was refused" in caplog.text
    assert "a-wrong-token" not in logged_by_us(caplog)


async def test_one_broken_update_harms_no_other(start: Start, api: BotApi, person: Chat) -> None:
    await api.update(message={"text": "no chat, no number"})
    await api.update(a_kind_of_the_future={"id": 1})
    async with start() as running:
        await person.say("who pays?")
        await api.messages(1)
    assert running.inbox.waiting() == []


async def test_a_fault_of_ours_is_told_and_not_repeated(
    start: Start, api: BotApi, person: Chat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with start() as running:

        async def broken(turn: object) -> None:
            raise RuntimeError(f"this quotes {turn}")

        monkeypatch.setattr(running.conversation, "reply", broken)
        await person.say("Marker-Text")
        [sent] = await api.messages(1)
        assert sent.text == running.conversation.words.say("error.text", "en")
    assert running.inbox.waiting() == []
    assert "RuntimeError in broken" in caplog.text
    assert "Marker-Text" not in caplog.text


async def test_the_stand_in_refuses_what_telegram_refuses(api: BotApi, person: Chat) -> None:
    # Guard: the tests above would see a message that Telegram does not take.
    async with httpx.AsyncClient(base_url=f"{api.url}/bot{TOKEN}/") as client:

        async def refused(**values: str) -> str:
            answer = await client.post("sendMessage", data={"chat_id": str(person.number), **values})
            assert answer.status_code == 400
            return str(answer.json()["description"])

        button = '{"inline_keyboard": [[{"text": "a", "callback_data": "%s"}]]}'
        assert "too long" in await refused(text="a" * 4097)
        assert "parse entities" in await refused(text="<b>a", parse_mode="HTML")
        assert "parse entities" in await refused(text="1 < 2", parse_mode="HTML")
        assert "empty" in await refused(text=" ")
        assert "BUTTON_DATA_INVALID" in await refused(text="a", reply_markup=button % ("é" * 33))
        assert "chat not found" in await refused(text="a", chat_id="1")
