"""Turns handled once, however often they are sent: the memory behind `Idempotency-Key`.

Somebody on a bad line sends a message, the reply is lost, the page sends it again: the second
request gets the first one's reply, and waits for it if it is still being made. Kept in memory
for some minutes only, never longer than the talk itself (`forget`).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic

_SECONDS = 600.0
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Kept[Outcome]:
    until: float
    task: asyncio.Task[Outcome]


class Replays[Outcome]:
    """Outcomes by (person, key)."""

    def __init__(
        self, *, seconds: float = _SECONDS, most: int = _MOST, clock: Callable[[], float] = monotonic
    ) -> None:
        self._seconds = seconds
        self._most = most
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], _Kept[Outcome]] = OrderedDict()

    async def get(self, person: str, key: str) -> Outcome | None:
        """The outcome of a turn that was sent before, awaited if it is still under way."""
        self._drop_old()
        kept = self._kept.get((person, key))
        return await asyncio.shield(kept.task) if kept else None

    async def once(self, person: str, key: str, make: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Make the outcome, unless it is kept or under way; goes on even if who asked has gone.

        Failures are not kept.
        """
        if kept := self._kept.get((person, key)):
            return await asyncio.shield(kept.task)
        task = asyncio.ensure_future(_run(make))
        self._kept[person, key] = _Kept(self._clock() + self._seconds, task)
        try:
            return await asyncio.shield(task)
        finally:
            if task.done() and (task.cancelled() or task.exception() is not None):
                self._kept.pop((person, key), None)

    def forget(self, person: str) -> None:
        """Drop all that is kept of a person."""
        for found in [found for found in self._kept if found[0] == person]:
            del self._kept[found]

    def _drop_old(self) -> None:
        now = self._clock()
        while self._kept:
            first, kept = next(iter(self._kept.items()))
            if kept.until > now and len(self._kept) <= self._most:
                return
            del self._kept[first]


async def _run[Outcome](make: Callable[[], Awaitable[Outcome]]) -> Outcome:
    return await make()
