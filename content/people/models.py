"""Tables of the people store. Nothing editorial refers to them, and they refer to nothing editorial."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from content.models.base import NAMES


class PeopleBase(DeclarativeBase):
    """People tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text(), list[str]: JSON()}


class DailyCount(PeopleBase):
    """How often a kind of turn happened on a day. `answer` is empty where none was told."""

    __tablename__ = "daily_count"

    day: Mapped[date] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class Feedback(PeopleBase):
    """How often an answer was called helpful or not on a day; by whom is not kept."""

    __tablename__ = "feedback"

    day: Mapped[date] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class UnansweredQuestion(PeopleBase):
    """A question nobody could answer, personal data taken out; the same question is one row.

    `fingerprint` is of the question as it is compared: case, accents and punctuation put aside.
    """

    __tablename__ = "unanswered_question"
    __table_args__ = (UniqueConstraint("language", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str]
    fingerprint: Mapped[str]
    text: Mapped[str]
    guesses: Mapped[list[str]]
    number: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)


class TelegramUpdate(PeopleBase):
    """A Telegram update, written down before it is acknowledged; emptied once it is handled.

    `chat` is the keyed hash of the person. `payload` and `replies` are encrypted JSON.
    """

    __tablename__ = "telegram_update"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat: Mapped[str] = mapped_column(index=True)
    payload: Mapped[str | None]
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(index=True)
    replies: Mapped[str | None]
    sent: Mapped[int] = mapped_column(default=0)
    handled_at: Mapped[datetime | None]
