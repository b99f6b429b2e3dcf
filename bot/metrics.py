"""Figures for operators, in Prometheus' form: how many turns, how long, how often the engine failed.

Labels are kinds and channels, never text, people or addresses.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of one bot process, with a registry of their own."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._turns = Counter(
            "tokstret_turns",
            "Turns answered, by the kind of the first message.",
            ("channel", "kind"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "tokstret_turn_seconds",
            "Seconds from a turn to its reply.",
            ("channel",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._engine_failures = Counter(
            "tokstret_engine_failures",
            "Turns that had to be answered without the engine.",
            ("reason",),
            registry=self._registry,
        )
        self._limited = Counter(
            "tokstret_limited",
            "Turns refused by a rate limit, by what was limited.",
            ("limit",),
            registry=self._registry,
        )

    def turn(self, channel: str, kind: str) -> None:
        """Count one answered turn."""
        self._turns.labels(channel, kind).inc()

    @contextmanager
    def timed(self, channel: str) -> Iterator[None]:
        """Measure one turn, answered or failed."""
        start = perf_counter()
        try:
            yield
        finally:
            self._seconds.labels(channel).observe(perf_counter() - start)

    def engine_failure(self, reason: str) -> None:
        """Count one turn in which the engine could not be used; `reason` is a fixed short word."""
        self._engine_failures.labels(reason).inc()

    def limited(self, limit: str) -> None:
        """Count one refused turn."""
        self._limited.labels(limit).inc()

    def exposition(self) -> bytes:
        """All figures, as `/metrics` shows them."""
        return generate_latest(self._registry)
