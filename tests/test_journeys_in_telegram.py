"""The guided journeys in Telegram, through the running product: to their ends in every language."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.bot.telegram.conftest import SECRET
from tests.bot_api import TOKEN, BotApi, Sent, bot_api
from tests.bot_api_people import Chat
from tests.conftest import copy_of
from tests.product import product
from tests.test_journeys import JOURNEYS, LANGUAGES, MOST_TURNS, WORDS, next_button, titles, typed, wish

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def api(
    anyio_backend: str, tmp_path_factory: pytest.TempPathFactory, filled_stores: Path
) -> AsyncIterator[BotApi]:
    """Telegram's servers, with our bot connected to them."""
    async with bot_api() as telegram, AsyncExitStack() as stack:
        env = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": telegram.url,
            "TOKSTRET_SECRET_KEY": SECRET,
        }
        started = product(copy_of(filled_stores, tmp_path_factory.mktemp("telegram") / "var"), env)
        await asyncio.to_thread(started.__enter__)
        stack.push_async_callback(asyncio.to_thread, started.__exit__, None, None, None)
        yield telegram


class Talk:
    """One chat, in one language."""

    def __init__(self, api: BotApi, language: str, number: int) -> None:
        self._api, self.language = api, language
        self._chat = Chat(api, number, language)

    async def press(self, payload: str) -> Sent:
        """One button; the last message that comes of it."""
        before = len(self._api.received(self._chat.number))
        await self._chat.press(payload)
        return await self._reply(before)

    async def say(self, text: str) -> Sent:
        """One message; the last that comes of it."""
        before = len(self._api.received(self._chat.number))
        await self._chat.say(text)
        return await self._reply(before)

    async def _reply(self, before: int) -> Sent:
        """Buttons stand under the last part of a reply alone."""
        chat = self._chat.number
        await self._api.until(
            lambda: len(self._api.received(chat)) > before and bool(self._api.received(chat)[-1].buttons)
        )
        return self._api.received(chat)[-1]


def payloads(sent: Sent) -> list[str]:
    return [payload for row in sent.buttons for _, payload in row]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("journey", JOURNEYS)
async def test_a_journey_comes_to_its_end_with_buttons_only(api: BotApi, journey: str, language: str) -> None:
    talk = Talk(api, language, 1000 + 10 * JOURNEYS.index(journey) + LANGUAGES.index(language))
    await talk.press(f"language:{language}")
    last = await talk.press(journey)
    for _ in range(MOST_TURNS):
        if "control:stop" not in payloads(last):
            break
        last = await talk.press(next_button(payloads(last), journey))
    assert last.text.startswith(titles(journey, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("journey", JOURNEYS)
async def test_a_journey_comes_to_its_end_in_words_only(api: BotApi, journey: str, language: str) -> None:
    talk = Talk(api, language, 2000 + 10 * JOURNEYS.index(journey) + LANGUAGES.index(language))
    await talk.press(f"language:{language}")
    last = await talk.say(wish(journey, language))
    for _ in range(MOST_TURNS):
        if "control:stop" not in payloads(last):
            break
        last = await talk.say(typed(last.text, payloads(last), journey, language))
    assert last.text.startswith(titles(journey, language))


async def test_reminders_begin_by_consent_and_end_at_a_word(api: BotApi) -> None:
    talk = Talk(api, "en", 3001)
    for payload in ("language:en", "checklist", "checklist:list.PALM"):
        await talk.press(payload)
    last = await talk.say("15/12/2027")
    assert "checklist:remind.ask" in payloads(last)
    consent = await talk.press("checklist:remind.ask")
    assert payloads(consent) == ["checklist:remind.yes", "checklist:remind.no"]
    assert "8:00" in consent.text
    refused = await talk.press("checklist:remind.no")
    assert refused.text.startswith(WORDS.say("checklist.title", "en"))
    assert WORDS.say("checklist.not-reminded", "en") in refused.text
    await talk.press("checklist:remind.ask")
    begun = await talk.say("yes")
    assert WORDS.say("checklist.reminded", "en").partition("{")[0] in begun.text
    ticked = await talk.say("2")
    assert WORDS.say("checklist.reminders-on", "en").partition("{")[0] in ticked.text
    kept = await talk.press("privacy")
    assert "checklist:remind.off" in payloads(kept)
    ended = await talk.say("/stop")
    assert ended.text.startswith(WORDS.say("checklist.remind-off", "en"))
    ticked = await talk.say("3")
    assert "checklist:remind.ask" in payloads(ticked)
