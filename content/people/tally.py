"""Turns counted in memory and written down together, so that no reply waits for a count.

Written every second and at the end of the process; while the store cannot be written the counts
are kept and tried again. A process that is killed loses the counts of its last second.
"""

import logging
from collections import Counter
from datetime import date
from threading import Event, Lock, Thread

from sqlalchemy.exc import SQLAlchemyError

from content.people import People

_log = logging.getLogger(__name__)
_EVERY = 1.0  # seconds

type _Turns = tuple[date, str, str, str, str | None]


class Tally:
    """Counts of a process that are not written down yet. Thread-safe."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._counts: Counter[_Turns] = Counter()
        self._lock = Lock()
        self._stop = Event()
        self._writer: Thread | None = None

    def count(self, day: date, language: str, channel: str, kind: str, answer: str | None = None) -> None:
        """One more turn of a kind on a day."""
        with self._lock:
            self._counts[day, language, channel, kind, answer] += 1

    def watch(self) -> None:
        """Begin to write every second, until `close`."""
        self._writer = Thread(target=self._follow, name="tally", daemon=True)
        self._writer.start()

    def close(self) -> None:
        """Write what is left and stop."""
        self._stop.set()
        if self._writer is not None:
            self._writer.join()
        self.write()

    def write(self) -> None:
        """Write all counts; what cannot be written stays."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        for turns, number in list(counts.items()):
            try:
                self._people.count(*turns, number=number)
            except SQLAlchemyError as error:
                _log.error("%d counts could not be written yet: %s", len(counts), type(error).__name__)
                break
            del counts[turns]
        with self._lock:
            self._counts.update(counts)

    def _follow(self) -> None:
        while not self._stop.wait(_EVERY):
            self.write()
