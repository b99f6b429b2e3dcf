"""Tables of the people store. Nothing editorial refers to them, and they refer to nothing editorial."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, MetaData, Text, UniqueConstraint, text
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
    `aside_on` is the day on which staff set it aside; asked again, it waits again.
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
    aside_on: Mapped[date | None]


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


class HandoverRequest(PeopleBase):
    """Somebody who asked for a person of our team; one at a time that is not closed.

    `chat` is the address of a Telegram chat, encrypted, gone once nothing more is to be sent there.
    `passed_on` is what its owner agreed to: what they write from then on (`from-now`), or also the
    question they asked last (`question`).
    """

    __tablename__ = "handover_request"
    __table_args__ = (
        Index(
            "ix_handover_request_one_at_a_time",
            "person",
            unique=True,
            sqlite_where=text("state != 'closed'"),
            postgresql_where=text("state != 'closed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    language: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    passed_on: Mapped[str]
    chat: Mapped[str | None]
    claimed_by: Mapped[str | None]
    danger: Mapped[bool]
    unreachable: Mapped[bool]
    opened_at: Mapped[datetime]
    written_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]


class HandoverMessage(PeopleBase):
    """What was said between a person and our team, encrypted.

    `author` is person, staff (`by` names who) or notice (the text is then an id of the catalogue).
    `delivery` is direct (needs none), waiting, delivered or failed. A turn sent again is one message.
    """

    __tablename__ = "handover_message"
    __table_args__ = (UniqueConstraint("request_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("handover_request.id"), index=True)
    author: Mapped[str]
    by: Mapped[str | None]
    text: Mapped[str]
    at: Mapped[datetime]
    delivery: Mapped[str] = mapped_column(index=True)
    turn: Mapped[str | None]


class TeamHours(PeopleBase):
    """When our team can be asked: one row. `hours` has `08:00-16:30` or nothing for each day from Monday."""

    __tablename__ = "team_hours"

    id: Mapped[int] = mapped_column(primary_key=True)
    offered: Mapped[bool]
    time_zone: Mapped[str]
    hours: Mapped[list[str]]


class Reminder(PeopleBase):
    """Somebody who asked to be reminded of a checklist; gone after the last reminder, or when they say so.

    `details` is encrypted JSON: the address of the chat, the list, the day of departure, what is done and
    reminded of, and the countries whose clocks count. `claimed_until`: a process is sending it just now.
    """

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    language: Mapped[str]
    details: Mapped[str]
    next_day: Mapped[date] = mapped_column(index=True)
    claimed_until: Mapped[datetime | None]


class CannedReply(PeopleBase):
    """Words that staff say often, in one language."""

    __tablename__ = "canned_reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    text: Mapped[str]
