"""The index that follows the store: what an editor publishes is found within five seconds.

A watcher thread asks the store's version twice a second and builds the next index beside the
one in use. Building never stops an answer.
"""

import logging
import threading
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from content.repository import Repository
from content.search.built import Built, build, corridors_of, ties_of
from content.search.calibration import Calibration
from content.search.index import SearchIndex
from content.search.kept import Kept, keep, take_up
from content.search.language import LanguageIdentifier
from content.search.search import Search
from content.snapshot import Snapshot

_log = logging.getLogger(__name__)
_LOOK_EVERY = 0.5  # seconds


class LiveSearch(Search):
    """Asks the newest index there is."""

    def __init__(
        self, published: Repository, calibration: Calibration | None = None, *, kept_in: Path | None = None
    ) -> None:
        """Build the first index, from the one that a file has kept if there is one."""
        super().__init__(_first(published.snapshot(), kept_in), calibration or Calibration.read())
        self._published = published
        self._stop = threading.Event()
        self._watcher: threading.Thread | None = None

    def watch(self) -> None:
        """Begin to follow the store, until `close`."""
        self._watcher = threading.Thread(target=self._follow, name="search-index", daemon=True)
        self._watcher.start()

    def close(self) -> None:
        """Stop following."""
        self._stop.set()
        if self._watcher is not None:
            self._watcher.join()

    def refresh(self) -> bool:
        """Build anew if the store has changed; True if it had."""
        published = self._published.snapshot()
        if published.version == self._built.version:
            return False
        self._built = build(published, self._built)
        return True

    def _follow(self) -> None:
        self._built.index.make_ready_for_edits()
        while not self._stop.wait(_LOOK_EVERY):
            try:
                self.refresh()
            except SQLAlchemyError:  # the watcher outlives a store that is away for a while
                _log.exception("the search index could not be renewed; the last one stays in use")


def _first(published: Snapshot, kept_in: Path | None) -> Built:
    kept = take_up(kept_in) if kept_in else None
    before = None
    if kept:
        index = SearchIndex(learnt=kept.learnt)
        corridors, ties = corridors_of(published, index.answers), ties_of(published, index.answers)
        before = Built(0, index, LanguageIdentifier(kept.tongues), len(index), corridors, ties)
    built = build(published, before)
    if kept_in and built.index.learnt and not (before and built.index is before.index):
        keep(Kept(built.index.learnt, built.identifier.tongues), kept_in)
    return built
