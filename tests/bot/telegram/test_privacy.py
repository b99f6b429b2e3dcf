"""Of what people write on Telegram nothing is left in logs or, once it is handled, in the store."""

import asyncio
import logging
import sqlite3
from pathlib import Path

import pytest

from bot.settings import Settings
from content.messages import Message
from tests.bot.telegram.conftest import Start
from tests.bot_api import TOKEN, BotApi
from tests.bot_api_people import Chat
from tests.engine_stand_in import EngineStandIn

pytestmark = pytest.mark.anyio

MARKED = ("Marker", "marker_user", "7712345")


def bytes_of(folder: Path) -> bytes:
    files = [path for path in folder.iterdir() if path.name.startswith("people")]
    assert files
    return b"".join(path.read_bytes() for path in files)


def rows(settings: Settings) -> list[tuple[object, ...]]:
    with sqlite3.connect(settings.data_dir / "people.sqlite") as store:
        found = store.execute(
            "SELECT update_id, chat, payload, replies, state FROM telegram_update"
        ).fetchall()
    store.close()
    return found


async def test_logs_hold_no_text_no_names_and_no_token_even_when_everything_is_logged(
    start: Start, api: BotApi, person: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    api.refuse("sendMessage", 400, "Bad Request: can't parse entities: Marker-Refused")
    api.drop("sendMessage")
    for library in ("telegram", "httpx", "httpcore"):  # a test before this one may have had them silenced
        caplog.set_level(logging.NOTSET, logger=library)
    with caplog.at_level(logging.DEBUG):
        async with start():
            await person.say("Marker-Text mi kolem +678 7712345")
            await person.press("Marker-Payload")
            await person.send(contact={"phone_number": "+6787712345", "first_name": "Marker-Contact"})
            await api.update(message={"text": "Marker-Broken"})
            await api.messages(3)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("uvicorn")]
    assert any("handled" in line for line in ours)
    for line in ours:
        assert not [mark for mark in (*MARKED, str(person.number), TOKEN.split(":")[1]) if mark in line], line


async def test_the_store_holds_text_only_encrypted_and_only_until_it_is_handled(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat, settings: Settings
) -> None:
    engine.hold()
    async with start():
        await person.say("Marker-Text mi kolem +678 7712345")
        await engine.turns(1)
        [waiting] = await asyncio.to_thread(rows, settings)
        assert waiting[2] is not None
        assert not [mark for mark in MARKED if mark.encode() in bytes_of(settings.data_dir)]
        engine.go_on()
        await api.messages(1)
    [handled] = rows(settings)
    assert handled[2:] == (None, None, "handled")
    assert not [mark for mark in MARKED if mark.encode() in bytes_of(settings.data_dir)]


async def test_after_erasing_nothing_of_the_chat_is_left(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat, settings: Settings
) -> None:
    engine.replies["/confirm_erase"] = [Message(kind="notice", text="Done.", language="en", effect="erased")]
    async with start() as running:
        chat = running.identity.person_of_chat(person.number)
        await person.say("who pays?")
        await person.press("erase-yes")
        _, done = await api.messages(2)
        assert done.text == "Done."
    assert chat.encode() not in b"".join(str(row).encode() for row in rows(settings))
    assert len(rows(settings)) == 2
