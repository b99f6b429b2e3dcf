"""One turn at a time for each conversation, without waiting a whole second for one's turn.

Rasa's lock stores look again after one second when a person's previous message is still being
handled. Two messages sent at once are common in a chat, so these look again at once.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import unquote, urlsplit

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockStore, RedisLockStore

WAIT_SECONDS = 0.01


class _Prompt(LockStore):
    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = WAIT_SECONDS,
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation's lock; see Rasa's LockStore."""
        async with super().lock(conversation_id, lock_lifetime, wait_time_in_seconds) as lock:
            yield lock


class MemoryLocks(_Prompt, InMemoryLockStore):
    """Locks of one engine alone."""


class RedisLocks(_Prompt, RedisLockStore):
    """Locks that several engines share."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        super().__init__(
            host=address.hostname or "localhost",
            port=address.port or 6379,
            db=int(address.path.strip("/") or 0),
            username=unquote(address.username) if address.username else None,
            password=unquote(address.password) if address.password else None,
            use_ssl=address.scheme == "rediss",
            key_prefix="tokstret",
        )


def lock_store(redis_url: str) -> LockStore:
    """Redis' locks where there is an address for them, else locks in memory."""
    return RedisLocks(redis_url) if redis_url else MemoryLocks()
