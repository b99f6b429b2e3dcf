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

from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

from bot.metrics import Metrics
from bot.problems import Problem

PER_CONVERSATION = "20/minute"
PER_ADDRESS = "600/minute"

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
        metrics: Metrics | None = None,
    ) -> None:
        self._secret = secret
        self._enabled = enabled
        self._metrics = metrics
        self._limiter = MovingWindowRateLimiter(_storage(redis_url))
        self._per_conversation = parse(per_conversation)
        self._per_address = parse(per_address)

    async def conversation(self, person: str) -> None:
        """Count one turn of a conversation; raises Problem when there were too many."""
        await self._hit(self._per_conversation, "conversation", person, "too-many-messages")

    async def address(self, address: str) -> None:
        """Count one request of an address; raises Problem when there were too many."""
        hashed = hmac.new(self._secret, f"address:{address}".encode(), hashlib.sha256).hexdigest()[:32]
        await self._hit(self._per_address, "address", hashed, "too-many-from-address")

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


def _storage(redis_url: str | None) -> Storage:
    if redis_url is None:
        address, options = "async+memory://", {}
    else:
        address, options = f"async+{redis_url}", {"implementation": "redispy"}
    storage = storage_from_string(address, wrap_exceptions=True, **options)
    if not isinstance(storage, Storage):
        raise TypeError(f"{address.partition(':')[0]} is no asynchronous storage")
    return storage
