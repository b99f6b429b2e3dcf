"""Telegram updates, written down before they are acknowledged and handled once.

An update's payload and its replies are encrypted, and cleared with its chat as soon as it is handled:
what stays is a bare number, to tell a repeated update from a new one.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Engine, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from content.clock import now
from content.people.cipher import Cipher, CipherError
from content.people.models import TelegramUpdate

_log = logging.getLogger(__name__)

UpdateState = Literal["received", "replied", "handled"]

EMPTIED: dict[str, Any] = {"state": "handled", "chat": "", "payload": None, "replies": None}


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
        rows = [
            {
                "update_id": each.update_id,
                "chat": each.chat,
                "payload": self._cipher.encrypt(dict(each.payload)),
                "received_at": now(),
                "state": "received",
                "sent": 0,
            }
            for each in updates
        ]
        if not rows:
            return 0
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        new = insert(TelegramUpdate).values(rows).on_conflict_do_nothing().returning(TelegramUpdate.update_id)
        with self._engine.execution_options(writes=True).begin() as connection:
            return len(connection.execute(new).all())

    def waiting(self) -> list[WaitingUpdate]:
        """Updates that are not handled, in the order of their ids."""
        with self._engine.connect() as connection:
            rows = connection.execute(_WAITING).all()
        return [update for row in rows if (update := self._readable(row)) is not None]

    def _readable(self, row: Any) -> WaitingUpdate | None:
        """The update, or None for one that no key of ours opens: that one is finished, the others go on."""
        try:
            payload = self._cipher.decrypt(row.payload)
            replies = None if row.replies is None else self._cipher.decrypt(row.replies)
        except CipherError:
            _log.error("update %s cannot be read (was the secret key changed?); dropped", row.update_id)
            self.finish(row.update_id)
            return None
        return WaitingUpdate(row.update_id, row.chat, payload, replies, row.sent)

    def save_replies(self, update_id: int, replies: Sequence[Mapping[str, Any]]) -> None:
        """Keep the replies of an update before the first of them is sent; not if it was erased meanwhile."""
        encrypted = self._cipher.encrypt([dict(reply) for reply in replies])
        self._change(update_id, state="replied", replies=encrypted)

    def mark_sent(self, update_id: int, sent: int) -> None:
        """Note how many of the replies have gone out."""
        self._change(update_id, sent=sent)

    def finish(self, update_id: int) -> None:
        """The update is handled: clear everything but its id."""
        self._change(update_id, **EMPTIED, handled_at=now())

    def next_offset(self) -> int | None:
        """The id to ask Telegram for next; None if no update was ever seen."""
        with self._engine.connect() as connection:
            newest = connection.execute(select(func.max(TelegramUpdate.update_id))).scalar_one_or_none()
        return None if newest is None else newest + 1

    def _change(self, update_id: int, **values: Any) -> None:
        waiting = (TelegramUpdate.update_id == update_id) & (TelegramUpdate.state != "handled")
        with self._engine.execution_options(writes=True).begin() as connection:
            connection.execute(update(TelegramUpdate).where(waiting).values(**values))


_WAITING = (
    select(
        TelegramUpdate.update_id,
        TelegramUpdate.chat,
        TelegramUpdate.payload,
        TelegramUpdate.replies,
        TelegramUpdate.sent,
    )
    .where(TelegramUpdate.state != "handled")
    .order_by(TelegramUpdate.update_id)
)
