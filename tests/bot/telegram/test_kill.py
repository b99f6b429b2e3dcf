"""The bot process is killed at chosen moments and started again: nobody is left out or told twice."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.settings import Settings
from content.messages import Message
from content.people.cipher import Cipher
from content.people.inbox import Inbox
from content.store import open_store
from tests.bot.telegram.conftest import SECRET
from tests.bot_api import TOKEN, BotApi
from tests.bot_api_people import Chat
from tests.engine_stand_in import EngineStandIn

pytestmark = pytest.mark.anyio

Bot = Callable[[], AbstractAsyncContextManager[Process]]


@pytest.fixture
def bot(settings: Settings, api: BotApi, free_tcp_port: int) -> Bot:
    """The whole bot process, as the supervisor starts it; killed at the end if it still runs."""

    @contextlib.asynccontextmanager
    async def running() -> AsyncIterator[Process]:
        env = {
            "PATH": os.environ["PATH"],
            "TOKSTRET_DATA_DIR": str(settings.data_dir),
            "TOKSTRET_SECRET_KEY": SECRET,
            "TOKSTRET_PORT": str(free_tcp_port),
            "TOKSTRET_ENGINE_PORT": str(settings.engine_port),
            "TOKSTRET_ENGINE_SECONDS": "30",
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": api.url,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", env=env, stdout=PIPE, stderr=STDOUT
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.communicate()

    return running


async def killed(process: Process) -> None:
    process.kill()
    await process.communicate()
    assert process.returncode == -signal.SIGKILL


def waiting(settings: Settings) -> int:
    store = open_store(settings.people_address)
    try:
        return len(Inbox(store, Cipher(SECRET)).waiting())
    finally:
        store.dispose()


async def everything_done(api: BotApi, person: Chat) -> None:
    """A later question is answered after all earlier ones of the same chat: they are then finished."""
    before = len(api.sent)
    await person.say("last")
    await api.until(lambda: any(sent.text == "You said last" for sent in api.sent[before:]))


async def test_killed_before_the_reply_was_known(
    bot: Bot, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    engine.hold()
    async with bot() as process:
        await person.say("one")
        await engine.turns(1)
        await person.say("two")
        await api.acknowledged()
        await killed(process)
    assert api.sent == []
    engine.go_on()
    async with bot():
        await api.messages(2)
        await everything_done(api, person)
    assert [sent.text for sent in api.sent] == ["You said one", "You said two", "You said last"]


async def test_killed_before_telegram_heard_that_we_have_it(
    bot: Bot, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    engine.hold()
    next_poll = api.hold("getUpdates", after=1)
    await person.say("one")
    async with bot() as process:
        await engine.turns(1)
        await next_poll.arrived.wait()
        await killed(process)
    assert len(api.pending) == 1
    api.release("getUpdates")
    engine.go_on()
    async with bot():
        await api.acknowledged()
        await api.messages(1)
        await everything_done(api, person)
    assert [sent.text for sent in api.sent] == ["You said one", "You said last"]


async def test_killed_when_the_reply_was_saved_but_not_sent(
    bot: Bot, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    sending = api.hold("sendMessage")
    async with bot() as process:
        await person.say("one")
        await sending.arrived.wait()
        await killed(process)
    assert api.sent == []
    api.release("sendMessage")
    async with bot():
        await api.messages(1)
        await everything_done(api, person)
    assert [sent.text for sent in api.sent] == ["You said one", "You said last"]
    assert [turn["message"] for turn in engine.heard] == ["one", "last"]


async def test_killed_between_two_parts(bot: Bot, api: BotApi, engine: EngineStandIn, person: Chat) -> None:
    engine.replies["one"] = [Message(kind="notice", text=text, language="en") for text in ("a", "b", "c")]
    second = api.hold("sendMessage", after=1)
    async with bot() as process:
        await person.say("one")
        await second.arrived.wait()
        await killed(process)
    assert [sent.text for sent in api.sent] == ["a"]
    api.release("sendMessage")
    async with bot():
        await api.messages(3)
        await everything_done(api, person)
    assert [sent.text for sent in api.sent] == ["a", "b", "c", "You said last"]
    assert [turn["message"] for turn in engine.heard] == ["one", "last"]


async def test_a_stop_lets_the_reply_under_way_come_to_its_end(
    bot: Bot, api: BotApi, person: Chat, settings: Settings
) -> None:
    sending = api.hold("sendMessage")
    async with bot() as process:
        await person.say("one")
        await sending.arrived.wait()
        process.send_signal(signal.SIGTERM)
        api.release("sendMessage")
        await process.communicate()
        assert process.returncode in (0, -signal.SIGTERM)
    assert [sent.text for sent in api.sent] == ["You said one"]
    assert waiting(settings) == 0


async def test_a_message_sent_while_the_bot_was_down_is_answered(bot: Bot, api: BotApi, person: Chat) -> None:
    await person.say("one")
    async with bot():
        [sent] = await api.messages(1)
        assert sent.text == "You said one"


async def test_the_log_of_the_process_holds_no_text_no_names_and_no_token(
    bot: Bot, api: BotApi, person: Chat
) -> None:
    api.refuse("sendMessage", 400, "Bad Request: can't parse entities: Marker-Refused")
    async with bot() as process:
        await person.say("Marker-Text mi kolem +678 7712345")
        await person.press("Marker-Payload")
        await person.send(contact={"phone_number": "+6787712345", "first_name": "Marker-Contact"})
        await api.messages(3)
        process.terminate()
        out, _ = await process.communicate()
    log = out.decode()
    assert "connected as @tokstret_bot" in log
    for secret in (
        "Marker",
        "marker_user",
        "7712345",
        str(person.number),
        TOKEN,
        TOKEN.split(":")[1],
        SECRET,
    ):
        assert secret not in log
