"""Talking to the engine over loopback: one turn in, message objects out."""

import logging
from types import TracebackType
from typing import Any, Self

import httpx
from pydantic import ValidationError

from content.messages import Message
from content.sight import message_of

_log = logging.getLogger(__name__)
_CONNECT_SECONDS = 1.0


class EngineError(Exception):
    """The engine did not answer, or not with messages."""


class EngineTimeout(EngineError):
    """The engine took the turn and has not answered in time: it may still be at work on it."""


class EngineClient:
    """Posts turns to Rasa's REST channel."""

    def __init__(self, engine_url: str, actions_url: str, seconds: float) -> None:
        self._actions_url = actions_url
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=40)
        timeout = httpx.Timeout(seconds, connect=_CONNECT_SECONDS)
        self._http = httpx.AsyncClient(base_url=engine_url, timeout=timeout, limits=limits, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._http.aclose()

    async def send(
        self, sender: str, message: str, metadata: dict[str, Any], seconds: float | None = None
    ) -> list[Message]:
        """The engine's messages for one message of a sender; raises EngineError when there are none."""
        body = {"sender": sender, "message": message, "metadata": metadata}
        timeout = httpx.USE_CLIENT_DEFAULT if seconds is None else httpx.Timeout(seconds)
        try:
            response = await self._http.post("/webhooks/rest/webhook", json=body, timeout=timeout)
            response.raise_for_status()
            messages = [message_of(part["custom"]) for part in response.json()]
        except httpx.ReadTimeout as error:
            raise EngineTimeout(type(error).__name__) from error
        except (httpx.HTTPError, ValueError, KeyError, TypeError, ValidationError) as error:
            raise EngineError(type(error).__name__) from error
        if not messages:
            raise EngineError("no reply")
        return messages

    async def engine_ready(self) -> bool:
        """Whether the engine is up with its model loaded."""
        return await self._answers(self._http.base_url.join("/webhooks/rest/"))

    async def actions_ready(self) -> bool:
        """Whether the action server is up."""
        return await self._answers(httpx.URL(self._actions_url).join("/health"))

    async def _answers(self, url: httpx.URL) -> bool:
        try:
            return (await self._http.get(url, timeout=2.0)).is_success
        except httpx.HTTPError:
            return False
