"""Talks between a person and our team: the person's side, and what is still to be delivered to them.

Texts and Telegram addresses are encrypted. Not here: the staff's side (`content.people.desk`), when the
team can be asked (`content.people.team`), and what is said around a talk (`bot.handover`).
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Executable, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from content.clock import now
from content.people.cipher import Cipher, CipherError
from content.people.models import HandoverMessage, HandoverRequest

_log = logging.getLogger(__name__)

Author = Literal["person", "staff", "notice"]
Delivery = Literal["direct", "waiting", "delivered", "failed"]
PassedOn = Literal["from-now", "question"]
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is not closed, or was the last one."""

    id: int
    person: str
    channel: str
    language: str
    state: str

    @property
    def is_open(self) -> bool:
        """Whether the talk goes on."""
        return self.state != CLOSED


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said; of a notice, `text` is an id of the catalogue."""

    id: int
    author: Author
    by: str | None
    text: str
    at: datetime
    delivery: Delivery
    language: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """What waits to be sent to a chat, in its order."""

    request: int
    channel: str
    chat: Any
    lines: tuple[Line, ...]


class Handovers:
    """The door to the talks."""

    def __init__(self, engine: Engine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    def open_of(self, person: str) -> Request | None:
        """The request of a person that is not closed."""
        return self._request(_REQUEST.where(_of(person), HandoverRequest.state != CLOSED))

    def last_of(self, person: str) -> Request | None:
        """The newest request of a person, closed or not."""
        return self._request(_REQUEST.where(_of(person)).order_by(HandoverRequest.id.desc()).limit(1))

    def open(
        self,
        person: str,
        channel: str,
        language: str,
        *,
        begun: str,
        question: str | None = None,
        chat: int | None = None,
    ) -> Request | None:
        """Begin a talk, with the notice told in reply; None if the person is in one already."""
        row = {
            "person": person,
            "channel": channel,
            "language": language,
            "state": "open",
            "passed_on": "from-now" if question is None else "question",
            "chat": None if chat is None else self._cipher.encrypt(chat),
            "danger": False,
            "unreachable": False,
            "opened_at": now(),
            "written_at": now(),
        }
        try:
            with self._writing() as connection:
                made = insert(HandoverRequest).values(row).returning(HandoverRequest.id)
                id_ = connection.execute(made).scalar_one()
                if question is not None:
                    self._add(connection, id_, "person", question)
                self._add(connection, id_, "notice", begun)
        except IntegrityError:
            return None
        return Request(id_, person, channel, language, "open")

    def write(self, request: Request, text: str, *, turn: str | None = None) -> bool:
        """Pass on what the person wrote; False if the talk was closed meanwhile."""
        open_still = (HandoverRequest.id == request.id) & (HandoverRequest.state != CLOSED)
        wrote = update(HandoverRequest).where(open_still).values(written_at=now(), unreachable=False)
        with self._writing() as connection:
            if not connection.execute(wrote).rowcount:
                return False
            self._add(connection, request.id, "person", text, turn=turn)
        return True

    def mark_danger(self, request: Request) -> None:
        """The person spoke of danger: staff see it first."""
        marked = update(HandoverRequest).where(HandoverRequest.id == request.id).values(danger=True)
        with self._writing() as connection:
            connection.execute(marked)

    def end(self, request: Request, *, notice: str) -> bool:
        """The person ends the talk; False if it was closed already."""
        open_still = (HandoverRequest.id == request.id) & (HandoverRequest.state != CLOSED)
        ended = {"state": CLOSED, "closed_at": now(), "closed_by": "person"}
        with self._writing() as connection:
            if not connection.execute(update(HandoverRequest).where(open_still).values(ended)).rowcount:
                return False
            self._add(connection, request.id, "notice", notice)
            forget_chats(connection)
        return True

    def lines(self, person: str) -> list[Line]:
        """All that was said in a person's talks, in order."""
        return self._lines(_LINES.where(_of(person)))

    def of_request(self, id_: int) -> list[Line]:
        """What was said in one talk that is not closed."""
        return self._lines(_LINES.where(HandoverRequest.id == id_, HandoverRequest.state != CLOSED))

    def news(self, request: Request, after: int) -> list[Line]:
        """What the team said, and what else there is to tell, after a line; it counts as delivered."""
        new = _LINES.where(
            HandoverMessage.request_id == request.id,
            HandoverMessage.id > after,
            HandoverMessage.delivery != "direct",
        )
        lines = self._lines(new)
        self.mark([line.id for line in lines if line.delivery == "waiting"], "delivered")
        return lines

    # --- delivering --------------------------------------------------------------------------------

    def parcels(self, channel: str) -> list[Parcel]:
        """What waits to be sent in a channel whose chats have addresses."""
        with self._engine.connect() as connection:
            waiting = _LINES.add_columns(HandoverRequest.id.label("request"), HandoverRequest.chat).where(
                HandoverMessage.delivery == "waiting", HandoverRequest.channel == channel
            )
            rows = connection.execute(waiting).all()
        parcels: dict[int, tuple[str | None, list[Line]]] = {}
        for row in rows:
            if (line := self._line(row)) is not None:
                parcels.setdefault(row.request, (row.chat, []))[1].append(line)
        return [
            Parcel(request, channel, self._read(chat), tuple(lines))
            for request, (chat, lines) in parcels.items()
        ]

    def mark(self, lines: Iterable[int], delivery: Delivery) -> None:
        """What became of lines; addresses that nothing waits for any more are forgotten."""
        if not (ids := list(lines)):
            return
        changed = update(HandoverMessage).where(HandoverMessage.id.in_(ids)).values(delivery=delivery)
        with self._writing() as connection:
            connection.execute(changed)
            forget_chats(connection)

    def unreachable(self, request: int) -> None:
        """The person left the chat: what waits for them has failed."""
        blocked = update(HandoverRequest).where(HandoverRequest.id == request).values(unreachable=True)
        waiting = (HandoverMessage.request_id == request) & (HandoverMessage.delivery == "waiting")
        with self._writing() as connection:
            connection.execute(blocked)
            connection.execute(update(HandoverMessage).where(waiting).values(delivery="failed"))
            forget_chats(connection)

    # --- inside ------------------------------------------------------------------------------------

    def _writing(self) -> Any:
        return self._engine.execution_options(writes=True).begin()

    def _add(
        self, connection: Connection, request: int, author: Author, text: str, *, turn: str | None = None
    ) -> None:
        add_line(connection, self._cipher, request, author, text, delivery="direct", turn=turn)

    def _request(self, wanted: Executable) -> Request | None:
        with self._engine.connect() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else Request(*row)

    def _lines(self, wanted: Executable) -> list[Line]:
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [line for row in rows if (line := self._line(row)) is not None]

    def _line(self, row: Any) -> Line | None:
        text = self._read(row.text)
        if text is None:
            return None
        return Line(row.id, row.author, row.by, text, row.at, row.delivery, row.language)

    def _read(self, encrypted: str | None) -> Any:
        """What was encrypted; None of what no key of ours opens."""
        if encrypted is None:
            return None
        try:
            return self._cipher.decrypt(encrypted)
        except CipherError:
            _log.error("a talk with the team cannot be read (was the secret key changed?)")
            return None


def add_line(
    connection: Connection,
    cipher: Cipher,
    request: int,
    author: Author,
    text: str,
    *,
    delivery: Delivery,
    by: str | None = None,
    turn: str | None = None,
) -> None:
    """Write a line down; a turn that came before stays one line."""
    row = {
        "request_id": request,
        "author": author,
        "by": by,
        "text": cipher.encrypt(text),
        "at": now(),
        "delivery": delivery,
        "turn": turn,
    }
    insert_ = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert_(HandoverMessage).values(row).on_conflict_do_nothing())


def forget_chats(connection: Connection) -> None:
    """Forget the addresses of closed talks in which nothing waits to be sent."""
    waiting = select(HandoverMessage.request_id).where(HandoverMessage.delivery == "waiting")
    over = (HandoverRequest.state == CLOSED) & HandoverRequest.id.not_in(waiting)
    forgotten = update(HandoverRequest).where(over, HandoverRequest.chat.is_not(None)).values(chat=None)
    connection.execute(forgotten)


def erase(connection: Connection, person: str) -> dict[str, int]:
    """Erase all talks of a person; rows erased per table."""
    return _erase(connection, HandoverRequest.person == person)


def expire(connection: Connection, before: date) -> dict[str, int]:
    """Erase the talks in which nothing was said since a day; rows erased per table."""
    return _erase(connection, HandoverRequest.written_at < datetime.combine(before, time.min))


def _erase(connection: Connection, which: Any) -> dict[str, int]:
    of_them = HandoverMessage.request_id.in_(select(HandoverRequest.id).where(which))
    return {
        HandoverMessage.__tablename__: connection.execute(delete(HandoverMessage).where(of_them)).rowcount,
        HandoverRequest.__tablename__: connection.execute(delete(HandoverRequest).where(which)).rowcount,
    }


def _of(person: str) -> Any:
    return HandoverRequest.person == person


_REQUEST = select(
    HandoverRequest.id,
    HandoverRequest.person,
    HandoverRequest.channel,
    HandoverRequest.language,
    HandoverRequest.state,
)
_LINES = (
    select(
        HandoverMessage.id,
        HandoverMessage.author,
        HandoverMessage.by,
        HandoverMessage.text,
        HandoverMessage.at,
        HandoverMessage.delivery,
        HandoverRequest.language,
    )
    .join(HandoverRequest, HandoverRequest.id == HandoverMessage.request_id)
    .order_by(HandoverMessage.id)
)
