"""A position that a phone has sent: it tells a country, like a pressed button, and goes no further.

Not here: what is passed on to our team, who may have to find somebody (`bot.handover`).
"""

import asyncio
import logging
from dataclasses import dataclass, replace

from sqlalchemy.exc import SQLAlchemyError

from bot.trackers import Trackers
from bot.turn import Turn
from content.messages import Message
from content.positions import country_at
from content.repository import Repository

_log = logging.getLogger(__name__)
_DANGER = "danger:"
_FINDER = "service-finder:country."
_LATELY = 6  # lines of the talk in which our last message stands


@dataclass(frozen=True, slots=True)
class Located:
    """The turn with its `country` told by a payload, None if we know no help there; the language spoken."""

    turn: Turn | None
    country: str
    language: str | None


class Position:
    """Turns a position into the button that tells its country."""

    def __init__(self, repository: Repository, trackers: Trackers) -> None:
        self._repository = repository
        self._trackers = trackers

    async def located(self, turn: Turn) -> Located:
        """What a turn with a position says, by the question that stands open."""
        return await asyncio.to_thread(self._located, turn)

    def _located(self, turn: Turn) -> Located:
        if turn.location is None:
            raise ValueError("a turn without a position")
        last = self._last_message(turn.person)
        language = turn.language if last is None or last.translation == "missing" else last.language
        country = country_at(*turn.location)
        asks_where = (last.asks_where if last else None) or _FINDER
        if country is None or not (asks_where == _DANGER or self._is_known(country)):
            return Located(None, country or "", language)
        told = replace(turn, location=None, payload=f"{asks_where}{country}", language=language)
        return Located(told, country, language)

    def _is_known(self, country: str) -> bool:
        return any(each.value == country for each in self._repository.gazetteer("country"))

    def _last_message(self, person: str) -> Message | None:
        try:
            lines = self._trackers.transcript(person, _LATELY)
        except SQLAlchemyError as error:
            _log.error("what was asked is not known: %s", type(error).__name__)
            return None
        return next((line.message for line in reversed(lines) if line.message), None)
