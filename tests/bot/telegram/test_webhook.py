"""With a public https address Telegram posts updates to us, and nobody else can."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from pydantic import HttpUrl

from bot.__main__ import build
from bot.channels.telegram import WEBHOOK_PATH
from bot.settings import Settings
from tests.bot.telegram.conftest import Start
from tests.bot_api import BotApi
from tests.bot_api_people import Chat
from tests.engine_stand_in import EngineStandIn
from tests.local_server import serving

pytestmark = pytest.mark.anyio

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def address(settings: Settings, api: BotApi) -> AsyncIterator[str]:
    """The whole web side of the bot, reachable for Telegram by webhook."""
    public = settings.model_copy(update={"public_url": HttpUrl("https://bot.example")})
    async with serving(build(public), lifespan=True) as url:
        api.deliver_to = url
        await api.until(lambda: bool(api.webhook["url"]))
        yield url


async def post(address: str, body: object, secret: str | None) -> int:
    headers = {} if secret is None else {HEADER: secret}
    async with httpx.AsyncClient(base_url=address) as client:
        if isinstance(body, bytes):
            return (await client.post(WEBHOOK_PATH, content=body, headers=headers)).status_code
        return (await client.post(WEBHOOK_PATH, json=body, headers=headers)).status_code


def update(person: Chat, number: int, **content: Any) -> dict[str, Any]:
    return {"update_id": number, "message": person.message(**content)}


async def test_the_webhook_is_set_with_its_secret(address: str, api: BotApi) -> None:
    assert api.webhook["url"] == "https://bot.example/telegram/webhook"
    assert len(api.webhook["secret_token"]) == 64
    assert "callback_query" in api.webhook["allowed_updates"]
    assert api.calls_of("getUpdates") == []


async def test_a_question_by_webhook_gets_its_answer(address: str, api: BotApi, person: Chat) -> None:
    await person.say("who pays?")
    [sent] = await api.messages(1)
    assert sent.text == "You said who pays?"
    await api.acknowledged()


async def test_an_update_delivered_twice_is_answered_once(
    address: str, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    secret = api.webhook["secret_token"]
    once = update(person, 77, text="one")
    assert [await post(address, once, secret) for _ in range(3)] == [200, 200, 200]
    await post(address, update(person, 78, text="two"), secret)
    await api.messages(2)
    assert [turn["message"] for turn in engine.heard] == ["one", "two"]


@pytest.mark.parametrize("secret", [None, "", "wrong", "é"])
async def test_nobody_else_may_post(
    secret: str | None, address: str, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    forged = update(person, 77, text="forged")
    headers = [] if secret is None else [(HEADER.encode(), secret.encode("latin-1"))]
    async with httpx.AsyncClient(base_url=address) as client:
        answer = await client.post(WEBHOOK_PATH, json=forged, headers=httpx.Headers(headers))
    assert answer.status_code == 401
    await person.say("true")
    await api.messages(1)
    assert [turn["message"] for turn in engine.heard] == ["true"]


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'{"message": {}}', b'{"update_id": "x"}', b"\xff"])
async def test_what_is_no_update_is_a_bad_request(body: bytes, address: str, api: BotApi) -> None:
    assert await post(address, body, api.webhook["secret_token"]) == 400


async def test_a_large_update_is_taken(address: str, api: BotApi, person: Chat) -> None:
    far_from_small = update(person, 77, text="who pays?", reply_to_message=person.message(text="က" * 40_000))
    assert await post(address, far_from_small, api.webhook["secret_token"]) == 200
    await api.messages(1)


async def test_without_https_updates_are_fetched(
    start: Start, api: BotApi, settings: Settings, person: Chat
) -> None:
    api.webhook = {"url": "https://old.example/hook"}
    local = settings.model_copy(update={"public_url": HttpUrl("http://127.0.0.1:8080")})
    async with start(with_settings=local):
        await person.say("who pays?")
        await api.messages(1)
    assert api.webhook == {"url": ""}
