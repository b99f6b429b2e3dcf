"""Rasa's tracker store seen from the bot: a person's transcript, erasing it, letting it expire.

Read straight from the `events` table, so that it works with the engine down; Rasa has no
route to delete a conversation.
"""

import json
from dataclasses import dataclass, field
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
    """What was said in one event: typed text, or a message of ours.

    `number` is that of a line of a talk with our team, else 0.
    """

    author: Literal["person", "bot"]
    text: str
    message: Message | None = None
    at: float = field(default=0.0, compare=False)
    number: int = field(default=0, compare=False)


# What nobody wants passed on: small talk, and asking for a person itself.
_NO_QUESTIONS = {"affirm", "ask_person", "change_language", "danger", "deny", "goodbye", "greet", "help"}
_NO_QUESTIONS |= {"how_are_you", "i_am_safe", "insult", "menu", "privacy", "start_again", "thanks"}
_NO_QUESTIONS |= {"who_are_you"}


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
            sa.select(_events.c.data, _events.c.timestamp)
            .where(_events.c.sender_id == person, _events.c.type_name.in_(("user", "bot")))
            .order_by(_events.c.id.desc())
            .limit(most)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(newest).all()
        lines = (_line(json.loads(row.data), row.timestamp) for row in reversed(rows))
        return [line for line in lines if line is not None]

    def last_question(self, person: str) -> tuple[int, str] | None:
        """Number and text of the last question that a person typed."""
        newest = self._said(person).order_by(_events.c.id.desc()).limit(MOST_LINES)
        if not self._exists():
            return None
        with self._engine.connect() as connection:
            rows = connection.execute(newest).all()
        for row in rows:
            event = json.loads(row.data)
            intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
            if intent not in _NO_QUESTIONS and (line := _line(event)) is not None:
                return row.id, line.text
        return None

    def question(self, person: str, number: int) -> str | None:
        """The text of a question of a person by its number; None if it is gone, or another's."""
        if not self._exists():
            return None
        with self._engine.connect() as connection:
            row = connection.execute(self._said(person).where(_events.c.id == number)).first()
        line = _line(json.loads(row.data)) if row else None
        return line.text if line else None

    @staticmethod
    def _said(person: str) -> sa.Select[tuple[int, str]]:
        return sa.select(_events.c.id, _events.c.data).where(
            _events.c.sender_id == person, _events.c.type_name == "user"
        )

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


def _line(event: dict[str, Any], at: float | None = None) -> TranscriptLine | None:
    if event["event"] == "user":
        text = str(event.get("text") or "")
        return None if text.startswith("/") or not text else TranscriptLine("person", text, at=at or 0.0)
    custom = (event.get("data") or {}).get("custom")
    try:
        message = Message.model_validate(custom)
    except ValidationError:
        return None
    return TranscriptLine("bot", message.text, message, at=at or 0.0)
