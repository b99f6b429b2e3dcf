"""The Telegram part as the bot process puts it together, between two stand-ins over real HTTP.

Stores, conversation, inbox and channel are the real ones; Telegram and the engine are servers
of our own on loopback.
"""

import contextlib
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import HttpUrl, SecretStr
from sqlalchemy import Engine

from bot.channels.telegram import Telegram
from bot.conversation import Conversation
from bot.engine_client import EngineClient
from bot.identity import Identity
from bot.limits import Limits
from bot.settings import Settings
from content.danger import DangerNet
from content.people.cipher import Cipher
from content.people.inbox import Inbox
from content.words import Words
from tests.bot_api import TOKEN, BotApi, bot_api
from tests.bot_api_people import Chat
from tests.conftest import copy_of
from tests.conversing import conversing
from tests.engine_stand_in import EngineStandIn, engine_stand_in

SECRET = "a secret of the tests that is long enough for every use"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as running:
        yield running


@pytest.fixture
async def engine() -> AsyncIterator[EngineStandIn]:
    async with engine_stand_in() as running:
        yield running


@pytest.fixture
def person(api: BotApi) -> Chat:
    return Chat(api, 4711)


@pytest.fixture
def group(api: BotApi) -> Chat:
    return Chat(api, -100200)


@pytest.fixture
def settings(tmp_path: Path, filled_stores: Path, api: BotApi, engine: EngineStandIn) -> Settings:
    data_dir = tmp_path / "var"
    copy_of(filled_stores, data_dir)
    return Settings(
        data_dir=data_dir,
        secret_key=SecretStr(SECRET),
        engine_port=engine.port,
        engine_seconds=30,
        telegram_bot_token=SecretStr(TOKEN),
        telegram_api_base_url=HttpUrl(api.url),
    )


@pytest.fixture
def with_bislama(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a Bislama catalogue that has words for one thing we cannot read."""
    locales = tmp_path / "locales"
    shutil.copytree(settings.locales_dir, locales)
    folder = locales / "bi" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "telegram.voice"\nmsgstr "Mi no save harem voes."\n',
        encoding="utf-8",
    )
    return settings.model_copy(update={"locales_dir": locales})


@dataclass
class Running:
    """The channel while it runs, and what stands behind it."""

    telegram: Telegram
    conversation: Conversation
    inbox: Inbox
    identity: Identity
    people: Engine


Start = Callable[..., AbstractAsyncContextManager[Running]]


@pytest.fixture
def start(settings: Settings, net: DangerNet, words: Words) -> Start:
    """Puts the parts together and starts the channel; may be done again on the same stores."""

    @contextlib.asynccontextmanager
    async def starting(
        *, with_settings: Settings = settings, per_conversation: str = "1000/minute"
    ) -> AsyncIterator[Running]:
        spoken = words if with_settings is settings else Words(with_settings.locales_dir)
        async with (
            EngineClient(settings.engine_url, settings.actions_url, settings.engine_seconds) as client,
            conversing(settings, client, net=net, words=spoken) as parts,
        ):
            conversation = parts.conversation
            inbox = Inbox(parts.people, Cipher(SECRET))
            identity = Identity(settings.secret)
            limits = Limits(settings.secret, per_conversation=per_conversation)
            telegram = Telegram(
                with_settings,
                conversation=conversation,
                inbox=inbox,
                identity=identity,
                limits=limits,
                first_wait=0.01,
                look_every=0.02,
            )
            await telegram.start()
            try:
                yield Running(telegram, conversation, inbox, identity, parts.people)
            finally:
                await telegram.stop()

    return starting
