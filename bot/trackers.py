"""Rasa's tracker store seen from the bot: a person's transcript, erasing it, letting it expire.

Read straight from the `events` table, so that it works with the engine down; Rasa has no
route to delete a conversation.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from content.messages import Message

MOST_LINES = 50

_events = sa.table(
    "events",
    sa.column("id", sa.Integer),
    sa.column("sender_id", sa.String),
    sa.column("type_name", sa.String),
    sa.column("timestamp", sa.Float),
    sa.column("data", sa.Text),
)


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """What was said in one event: typed text, or a message of ours."""

    author: Literal["person", "bot"]
    text: str
    message: Message | None = None


class Trackers:
    """The tracker store of all conversations."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def ready(self) -> bool:
        """Whether the store can be reached (its table comes with the engine's first start)."""
        try:
            with self._engine.connect() as connection:
                connection.execute(sa.select(1))
        except SQLAlchemyError:
            return False
        return True

    def transcript(self, person: str, most: int = MOST_LINES) -> list[TranscriptLine]:
        """The last lines of a conversation, newest last."""
        if not self._exists():
            return []
        newest = (
            sa.select(_events.c.data)
            .where(_events.c.sender_id == person, _events.c.type_name.in_(("user", "bot")))
            .order_by(_events.c.id.desc())
            .limit(most)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(newest).scalars().all()
        lines = (_line(json.loads(row)) for row in reversed(rows))
        return [line for line in lines if line is not None]

    def erase(self, person: str) -> int:
        """Delete all events of a person; returns how many there were."""
        return self._delete(_events.c.sender_id == person)

    def expire(self, before: datetime) -> int:
        """Delete all events from before a moment (UTC); returns how many there were."""
        return self._delete(_events.c.timestamp < (before - datetime(1970, 1, 1)).total_seconds())  # noqa: DTZ001

    def _delete(self, which: sa.ColumnElement[bool]) -> int:
        if not self._exists():
            return 0
        with self._engine.begin() as connection:
            return connection.execute(sa.delete(_events).where(which)).rowcount

    def _exists(self) -> bool:
        return sa.inspect(self._engine).has_table("events")


def _line(event: dict[str, Any]) -> TranscriptLine | None:
    if event["event"] == "user":
        text = str(event.get("text") or "")
        return None if text.startswith("/") or not text else TranscriptLine("person", text)
    custom = (event.get("data") or {}).get("custom")
    try:
        message = Message.model_validate(custom)
    except ValidationError:
        return None
    return TranscriptLine("bot", message.text, message)
