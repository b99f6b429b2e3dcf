"""Telegram updates, written down before they are acknowledged and handled once.

An update's payload and its replies are encrypted, and cleared as soon as it is handled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Engine

from content.people.cipher import Cipher

UpdateState = Literal["received", "replied", "handled"]


@dataclass(frozen=True, slots=True)
class IncomingUpdate:
    """An update as it arrived; `chat` is the keyed hash of its person."""

    update_id: int
    chat: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WaitingUpdate:
    """An update that is not finished: `replies` is None until they are known; `sent` of them went out."""

    update_id: int
    chat: str
    payload: dict[str, Any]
    replies: list[dict[str, Any]] | None
    sent: int


class Inbox:
    """The door to the waiting updates."""

    def __init__(self, engine: Engine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    def store(self, updates: Iterable[IncomingUpdate]) -> int:
        """Write updates down in one transaction, ignoring ids already there; how many were new."""
        raise NotImplementedError

    def waiting(self) -> list[WaitingUpdate]:
        """Updates that are not handled, in the order of their ids."""
        raise NotImplementedError

    def save_replies(self, update_id: int, replies: Sequence[Mapping[str, Any]]) -> None:
        """Keep the replies of an update before the first of them is sent."""
        raise NotImplementedError

    def mark_sent(self, update_id: int, sent: int) -> None:
        """Note how many of the replies have gone out."""
        raise NotImplementedError

    def finish(self, update_id: int) -> None:
        """The update is handled: clear its payload and replies."""
        raise NotImplementedError

    def next_offset(self) -> int | None:
        """The id to ask Telegram for next; None if no update was ever seen."""
        raise NotImplementedError
