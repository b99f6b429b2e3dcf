"""A stand-in for the engine: Rasa's REST channel over real HTTP, with replies that a test lays down.

Without any it repeats what it heard. It notes every turn, and can be told to hold or to refuse them.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from content.messages import Message
from tests.local_server import serving

PATIENCE = 60.0


class EngineStandIn:
    """Turns it has heard, and what it says to them."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[dict[str, Any]] = []
        self.replies: dict[str, list[Message]] = {}
        self.held: asyncio.Event | None = None
        self.away = False
        self._changed = asyncio.Condition()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rsplit(":", 1)[1])

    def hold(self) -> None:
        """Let turns wait until `go_on`."""
        self.held = asyncio.Event()

    def go_on(self) -> None:
        """Let the waiting turns go on, and all later ones pass."""
        if self.held is not None:
            self.held.set()
        self.held = None

    async def turns(self, count: int) -> list[dict[str, Any]]:
        """The turns heard, once there are that many."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: len(self.heard) >= count)
        return self.heard

    async def turn(self, request: Request) -> Response:
        """Answer as Rasa's REST channel does."""
        body = await request.json()
        async with self._changed:
            self.heard.append(body)
            self._changed.notify_all()
        if self.away:
            return Response(status_code=503)
        if self.held is not None:
            await self.held.wait()
        language = body["metadata"].get("language_hint") or "en"
        echo = Message(kind="smalltalk", text=f"You said {body['message']}", language=language)
        messages = self.replies.get(body["message"], [echo])
        return JSONResponse(
            [{"recipient_id": body["sender"], "custom": one.model_dump(mode="json")} for one in messages]
        )


@contextlib.asynccontextmanager
async def engine_stand_in() -> AsyncIterator[EngineStandIn]:
    """A running stand-in."""
    engine = EngineStandIn()
    async with serving(
        Starlette(routes=[Route("/webhooks/rest/webhook", engine.turn, methods=["POST"])])
    ) as url:
        engine.url = url
        try:
            yield engine
        finally:
            engine.go_on()
