"""A stand-in for the engine that answers from the store and remembers the talk as Rasa's tracker store does.

Only Rasa itself is replaced: the replies are real messages, made of the library by `bot.degraded`,
and every turn leaves its events in the tracker database, so that a transcript can be read back.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.degraded import Degraded
from content import compose
from content.messages import Message
from content.people.team import NO_OFFER, Offer
from content.store import open_store
from tests.local_server import serving

_KEEP_DAYS = 30
_EVENTS = sa.Table(
    "events",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
)


class TalkingEngine:
    """What it has heard, what it is slow to answer, and the two stores it works with."""

    def __init__(self, degraded: Degraded, tracker_address: str) -> None:
        self.url = ""
        self.heard: list[str] = []
        self.slow_with: set[str] = set()
        self.offer: Callable[[str], Offer] = lambda _: NO_OFFER
        self._closing = asyncio.Event()
        self._degraded = degraded
        self._events = open_store(tracker_address)
        _EVENTS.create(self._events, checkfirst=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rsplit(":", 1)[1])

    def close(self) -> None:
        """Let go of the turns that wait."""
        self._closing.set()

    async def turn(self, request: Request) -> Response:
        """Answer as Rasa's REST channel does."""
        body = await request.json()
        said, language = body["message"], body["metadata"].get("language_hint")
        self.heard.append(said)
        if said in self.slow_with:
            await self._closing.wait()
        message = await self._reply(said, language)
        self._remember(body["sender"], said, message)
        return JSONResponse([{"recipient_id": body["sender"], "custom": message.model_dump(mode="json")}])

    async def _reply(self, said: str, language: str | None) -> Message:
        if not said.startswith("/"):
            return await self._degraded.for_text(said, language)
        name, brace, values = said[1:].partition("{")
        given: dict[str, str] = json.loads(brace + values) if brace else {}
        writer = self._degraded.writer(language)
        replies: dict[str, Callable[[], Message]] = {
            "choose_answer": lambda: self._degraded.for_payload(f"answer:{given['answer']}", language),
            "choose_country": lambda: self._degraded.for_payload(f"country:{given['country']}", language),
            "danger": lambda: self._degraded.danger(given.get("kind"), given.get("country"), language),
            "choose_language": lambda: compose.notice(
                self._degraded.writer(given["language"]), "language.changed"
            ),
            "privacy": lambda: compose.privacy(writer, _KEEP_DAYS),
            "ask_person": lambda: compose.handover(writer, self.offer(writer.language)),
            "erase_data": lambda: compose.confirm_erase(writer),
            "confirm_erase": lambda: compose.erased(writer),
        }
        return replies.get(name, lambda: compose.menu(writer))()

    def _remember(self, sender: str, said: str, message: Message) -> None:
        told = {"event": "bot", "text": None, "data": {"custom": message.model_dump(mode="json")}}
        heard: dict[str, Any] = {"event": "user", "text": said}
        with self._events.begin() as connection:
            for event in (heard, told):
                connection.execute(
                    sa.insert(_EVENTS).values(
                        sender_id=sender,
                        type_name=event["event"],
                        timestamp=time.time(),
                        data=json.dumps(event),
                    )
                )


@contextlib.asynccontextmanager
async def talking_engine(degraded: Degraded, address: str) -> AsyncIterator[TalkingEngine]:
    """A running stand-in."""
    engine = TalkingEngine(degraded, address)
    async with serving(
        Starlette(routes=[Route("/webhooks/rest/webhook", engine.turn, methods=["POST"])])
    ) as url:
        engine.url = url
        try:
            yield engine
        finally:
            engine.close()
