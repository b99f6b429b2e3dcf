"""Sending questions and timing the replies: one person after another question, or twenty at once."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

Send = Callable[[int, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds per message, and messages a second over the whole run."""

    p50: float
    p95: float
    p99: float
    messages_per_second: float
    count: int

    @classmethod
    def of(cls, seconds: Sequence[float], whole: float) -> "Timings":
        """Summarise single times (seconds) and the wall time of the run."""
        cuts = statistics.quantiles(seconds, n=100, method="inclusive")
        return cls(cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000, len(seconds) / whole, len(seconds))


async def run(send: Send, questions: Sequence[str], people: int, each: int) -> Timings:
    """`people` conversations at once, each sending `each` messages one after the other."""
    taken: list[float] = []

    async def person(number: int) -> None:
        for step in range(each):
            question = questions[(number * 7 + step) % len(questions)]
            started = time.perf_counter()
            await send(number, question)
            taken.append(time.perf_counter() - started)

    begun = time.perf_counter()
    await asyncio.gather(*(person(number) for number in range(people)))
    return Timings.of(taken, time.perf_counter() - begun)


def print_timings(name: str, timings: Timings) -> None:
    """One line of figures."""
    print(
        f"  {name + ':':<16}p50 {timings.p50:7.1f} ms   p95 {timings.p95:7.1f} ms   p99 {timings.p99:7.1f} ms"
        f"   {timings.messages_per_second:7.1f} messages/s   ({timings.count} messages)"
    )
