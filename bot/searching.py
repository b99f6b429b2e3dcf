"""The search of the bot's process: made when it is first wanted, shared by all who want it.

The bot's turns are searched by the action server; here it is wanted while the engine is away
(`bot.degraded`) and by staff (`bot.console`). Not here: the search itself (`content.search.live`).
"""

import logging
import threading
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from content.repository import Repository
from content.search.live import LiveSearch

_log = logging.getLogger(__name__)


class SharedSearch:
    """One search for the whole process. Thread-safe."""

    def __init__(self, repository: Repository, kept_in: Path | None = None) -> None:
        """Nothing is made yet; later it is taken from a file if one is kept there."""
        self._repository = repository
        self._kept_in = kept_in
        self._made: LiveSearch | None = None
        self._making = threading.Lock()
        self._beside: threading.Thread | None = None

    def now(self) -> LiveSearch:
        """The search, up to date; whoever asks waits for it."""
        with self._making:
            if self._made is None:
                self._made = LiveSearch(self._repository, kept_in=self._kept_in)
            else:
                self._made.refresh()
            return self._made

    def if_ready(self) -> LiveSearch | None:
        """The search as it is, or None; nobody waits, but it is made or renewed beside from now on."""
        made = self._made
        if made is None or made.version != self._repository.version():
            self._begin()
        return made

    def _begin(self) -> None:
        if self._beside is None or not self._beside.is_alive():
            self._beside = threading.Thread(target=self._make, name="shared-search", daemon=True)
            self._beside.start()

    def _make(self) -> None:
        try:
            self.now()
        except SQLAlchemyError as error:
            _log.error("the search could not be made: %s", type(error).__name__)
