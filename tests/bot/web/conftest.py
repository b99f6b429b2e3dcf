"""The web side as the bot process puts it together, with the library imported and a stand-in for Rasa."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine
from starlette.applications import Starlette

from bot.conversation import Conversation
from bot.degraded import Degraded
from bot.engine_client import EngineClient
from bot.identity import Identity
from bot.limits import Limits
from bot.settings import Settings
from bot.web import Stores, create_app
from content.danger import DangerNet
from content.ear import Ear
from content.repository import Repository
from content.store import open_store
from content.words import Words
from tests.bot.web.page_checks import faults
from tests.bot.web.talking_engine import TalkingEngine, talking_engine
from tests.conftest import copy_of
from tests.conversing import conversing
from tests.local_server import beside, serving

SECRET = "a secret of the tests that is long enough for every use"
_NOWHERE = 9  # the port on which nobody listens: an engine that is down


@pytest.fixture(scope="session")
def library_replies(filled_stores: Path, words: Words) -> Iterator[Degraded]:
    """Replies from the library, their search made once: what the stand-in for Rasa says."""
    settings = Settings(data_dir=filled_stores)
    store = open_store(settings.content_address)
    degraded = Degraded(Repository(store), words, settings.keep_days, settings.index_file)
    degraded.language_of("this makes the search ready")
    yield degraded
    store.dispose()


@pytest.fixture
def settings(tmp_path: Path, filled_stores: Path) -> Settings:
    data_dir = tmp_path / "var"
    copy_of(filled_stores, data_dir)
    return Settings(data_dir=data_dir, secret_key=SecretStr(SECRET))


@dataclass(frozen=True, slots=True)
class Parts:
    """The application, and what stands behind it."""

    app: Starlette
    engine: TalkingEngine | None
    conversation: Conversation
    content: Engine
    people: Engine


Assemble = Callable[..., AbstractAsyncContextManager[Parts]]


@pytest.fixture
def assemble(settings: Settings, library_replies: Degraded, net: DangerNet, words: Words) -> Assemble:
    """Puts the parts together.

    `engine=False` leaves it down, `per_…` sets limits, `seconds` patience; `ear` hears beside the net.
    """

    @contextlib.asynccontextmanager
    async def assembling(
        *,
        engine: bool = True,
        per_conversation: str = "1000/minute",
        per_address: str = "100000/minute",
        seconds: float = 30,
        ear: Ear | None = None,
    ) -> AsyncIterator[Parts]:
        async with contextlib.AsyncExitStack() as stack:
            talking = None
            if engine:
                talking = await stack.enter_async_context(
                    talking_engine(library_replies, settings.tracker_address)
                )
            url = talking.url if talking else f"http://127.0.0.1:{_NOWHERE}"
            client = await stack.enter_async_context(EngineClient(url, url, seconds))
            parts = await stack.enter_async_context(
                conversing(settings, client, net=net, words=words, ear=ear)
            )
            conversation = parts.conversation
            limits = Limits(
                settings.secret,
                per_conversation=per_conversation,
                per_address=per_address,
                metrics=conversation.metrics,
            )
            app = create_app(
                settings,
                conversation,
                Identity(settings.secret),
                limits=limits,
                stores=Stores(parts.content, parts.people),
            )
            yield Parts(app, talking, conversation, parts.content, parts.people)

    return assembling


class Client:
    """Speaks to the application over ASGI, and checks every page that comes back."""

    def __init__(self, parts: Parts, runner: asyncio.Runner) -> None:
        self.parts = parts
        self._runner = runner
        transport = httpx.ASGITransport(
            app=parts.app, raise_app_exceptions=False, client=("203.0.113.9", 4000)
        )
        self._http = httpx.AsyncClient(transport=transport, base_url="http://tokstret.test")

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Fetch something."""
        return self._checked(self._runner.run(self._http.get(path, **more)))

    def post(self, path: str, **more: Any) -> httpx.Response:
        """Send something."""
        return self._checked(self._runner.run(self._http.post(path, **more)))

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Anything else."""
        return self._checked(self._runner.run(self._http.request(method, path, **more)))

    def at_once(self, *requests: tuple[str, dict[str, Any]]) -> list[httpx.Response]:
        """Post several things at the same time."""

        async def all_of_them() -> list[httpx.Response]:
            return await asyncio.gather(*(self._http.post(path, **more) for path, more in requests))

        return self._runner.run(all_of_them())

    def ask(self, **asked: Any) -> httpx.Response:
        """One turn over the JSON API."""
        return self.post("/api/v1/messages", json=asked)

    @staticmethod
    def _checked(response: httpx.Response) -> httpx.Response:
        assert "set-cookie" not in response.headers
        if response.headers.get("content-type", "").startswith("text/html") and "<html" in response.text:
            assert faults(response.text) == [], response.url
        return response


StartClient = Callable[..., Client]


@pytest.fixture
def start_client(assemble: Assemble) -> Iterator[StartClient]:
    """Makes a client of an application with the engine up or down, with limits or without."""
    with contextlib.ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())

        def start(**more: Any) -> Client:
            parts = assemble(**more)
            running = runner.run(parts.__aenter__())
            stack.callback(lambda: runner.run(parts.__aexit__(None, None, None)))
            return Client(running, runner)

        yield start


@pytest.fixture
def client(start_client: StartClient) -> Client:
    return start_client()


@dataclass(frozen=True, slots=True)
class Site:
    """The application on a real port."""

    url: str
    engine: TalkingEngine
    parts: Parts


@pytest.fixture
def site(assemble: Assemble, request: pytest.FixtureRequest) -> Iterator[Site]:
    """Serves the application from a thread of its own, for a real browser; a parameter goes to `assemble`."""

    @contextlib.asynccontextmanager
    async def served() -> AsyncIterator[Site]:
        async with assemble(**getattr(request, "param", {})) as parts, serving(parts.app) as url:
            assert parts.engine is not None
            yield Site(url, parts.engine, parts)

    with beside(served()) as site:
        yield site
