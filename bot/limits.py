"""Rate limits: per conversation first, and far above that per address.

The address limit is high because whole villages and hostels share one address. Counts live in
memory, or in Redis when several bots share the load. If Redis cannot be reached nobody is
refused: an answer that somebody may need matters more than the limit.
"""

import hashlib
import hmac
import logging
import math
import time
from typing import Any

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from redis.asyncio import ConnectionPool

from bot.metrics import Metrics
from bot.problems import Problem

PER_CONVERSATION = "20/minute"
PER_ADDRESS = "600/minute"
# Of signing in: guesses at one account from one address, and at all accounts from one address.
SIGN_INS = "8/5minutes"
SIGN_INS_OF_ADDRESS = "40/5minutes"
# Nobody waits for an answer because Redis is slow.
_PATIENCE = {"socket_connect_timeout": 1.0, "socket_timeout": 1.0}

_log = logging.getLogger(__name__)


class Limits:
    """Refuses a turn by raising Problem (429) with the seconds to wait. Off for tests and benches only."""

    def __init__(
        self,
        secret: bytes,
        *,
        enabled: bool = True,
        redis_url: str | None = None,
        per_conversation: str = PER_CONVERSATION,
        per_address: str = PER_ADDRESS,
        sign_ins: str = SIGN_INS,
        metrics: Metrics | None = None,
    ) -> None:
        self._secret = secret
        self._enabled = enabled
        self._metrics = metrics
        self._pool = ConnectionPool.from_url(redis_url, **_PATIENCE) if redis_url else None
        self._limiter = MovingWindowRateLimiter(_storage(self._pool))
        self._per_conversation = parse(per_conversation)
        self._per_address = parse(per_address)
        self._sign_ins = parse(sign_ins)
        self._sign_ins_of_address = parse(SIGN_INS_OF_ADDRESS)

    async def conversation(self, person: str) -> None:
        """Count one turn of a conversation; raises Problem when there were too many."""
        await self._hit(self._per_conversation, "conversation", person, "too-many-messages")

    async def address(self, address: str) -> None:
        """Count one request of an address; raises Problem when there were too many."""
        await self._hit(self._per_address, "address", self._hashed(address), "too-many-from-address")

    async def sign_in(self, name: str, address: str) -> None:
        """Count one try to sign in; raises Problem when there were too many."""
        hashed = self._hashed(address)
        await self._hit(self._sign_ins_of_address, "sign-ins-of-address", hashed, "too-many-sign-ins")
        who = self._hashed(f"{name.strip().casefold()} {address}")
        await self._hit(self._sign_ins, "sign-ins", who, "too-many-sign-ins")

    async def aclose(self) -> None:
        """Let go of the connections to Redis."""
        if self._pool is not None:
            await self._pool.aclose()

    def _hashed(self, address: str) -> str:
        return hmac.new(self._secret, f"address:{address}".encode(), hashlib.sha256).hexdigest()[:32]

    async def _hit(self, item: RateLimitItem, limit: str, who: str, problem: str) -> None:
        if not self._enabled:
            return
        try:
            if await self._limiter.hit(item, limit, who):
                return
            window = await self._limiter.get_window_stats(item, limit, who)
        except StorageError:
            _log.warning("rate limits are off: their storage cannot be reached")
            return
        if self._metrics:
            self._metrics.limited(limit)
        seconds = max(1, math.ceil(window.reset_time - time.time()))
        raise Problem(problem, headers={"Retry-After": str(seconds)}, values={"seconds": seconds})


def _storage(pool: ConnectionPool | None) -> Storage:
    if pool is None:
        return MemoryStorage()
    options: dict[str, Any] = {"connection_pool": pool}
    return RedisStorage("async+redis://", wrap_exceptions=True, implementation="redispy", **options)
