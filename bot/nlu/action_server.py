"""Calling the action server over connections that stay open.

Rasa's `EndpointConfig` opens a session and a connection for every action call. This one keeps them,
and lets go of an idle connection before the action server does (it closes after five seconds).
"""

from __future__ import annotations

from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

SECONDS = 30.0
_IDLE_SECONDS = 3.0


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
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_IDLE_SECONDS),
                timeout=aiohttp.ClientTimeout(total=SECONDS),
            )
        async with self._session.post(self.url, json=kwargs["json"], compress=compress) as response:
            if response.status >= 400:  # noqa: PLR2004
                raise ClientResponseError(response.status, response.reason, await response.text())
            return await response.json()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None
