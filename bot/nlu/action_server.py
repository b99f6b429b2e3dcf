"""Calling the action server over connections that stay open.

Rasa's `EndpointConfig` opens a session and a connection for every action call. This one keeps them,
and lets go of an idle connection before the action server does (it closes after five seconds).
When the action server starts anew, its side of an open connection closes, and a call may be on its
way that very moment: a call that a used connection lost without a word goes out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

SECONDS = 30.0
_IDLE_SECONDS = 3.0


@dataclass
class _Connection:
    """What is known of the connection that a call went out on."""

    used_before: bool = False


async def _note_used_before(
    _session: aiohttp.ClientSession, context: SimpleNamespace, _params: aiohttp.TraceConnectionReuseconnParams
) -> None:
    context.trace_request_ctx.used_before = True


class ActionServer(EndpointConfig):
    """The action server's address, with its open connections."""

    def __init__(self, endpoint: EndpointConfig) -> None:
        super().__init__(endpoint.url, **endpoint.kwargs)
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Send one action call and return the answer; raises what Rasa's own endpoint raises."""
        session = self._opened()
        while True:
            connection = _Connection()
            try:
                return await self._call(session, kwargs["json"], compress, connection)
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
                if not connection.used_before:
                    raise

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            tracing = aiohttp.TraceConfig()
            tracing.on_connection_reuseconn.append(_note_used_before)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_IDLE_SECONDS),
                timeout=aiohttp.ClientTimeout(total=SECONDS),
                trace_configs=[tracing],
            )
        return self._session

    async def _call(
        self, session: aiohttp.ClientSession, call: Any, compress: bool, connection: _Connection
    ) -> Any:
        async with session.post(
            self.url, json=call, compress=compress, trace_request_ctx=connection
        ) as response:
            if response.status >= 400:  # noqa: PLR2004
                raise ClientResponseError(response.status, response.reason, await response.text())
            return await response.json()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None
