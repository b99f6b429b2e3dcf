"""The staff's side of the talks between people and our team: the queue, and one talk at a time.

Staff see what its owner passed on and nothing else, and only until the talk is closed. Not here: who may
do what (roles and languages belong to the console).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from content.clock import now
from content.people.cipher import Cipher
from content.people.handovers import CLOSED, Author, Handovers, Line, add_line, forget_chats
from content.people.models import HandoverMessage, HandoverRequest

LONGEST = 2_000
_MOST_CLOSED = 20
JOINED, ENDED, HANDED_BACK = "handover.joined", "handover.ended-by-team", "handover.handed-back"


class DeskError(Exception):
    """A step that cannot be taken; `reason` names it: gone, claimed, not-claimed, empty, too-long."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request as the queue shows it; nothing of what was said."""

    id: int
    channel: str
    language: str
    state: str
    passed_on: str
    claimed_by: str | None
    danger: bool
    unreachable: bool
    opened_at: datetime
    written_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    unanswered: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the talk goes on."""
        return self.state != CLOSED


class Desk:
    """What counsellors do. `by` is the name of who does it."""

    def __init__(self, engine: Engine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher
        self._handovers = Handovers(engine, cipher)

    def queue(self) -> list[Waiting]:
        """Requests that are not closed: danger first, then unclaimed, then the longest waiting."""
        last_by_person = (
            select(HandoverMessage.request_id)
            .where(HandoverMessage.author != "notice")
            .group_by(HandoverMessage.request_id)
            .having(
                func.max(HandoverMessage.id)
                == func.max(HandoverMessage.id).filter(HandoverMessage.author == "person")
            )
        )
        with self._engine.connect() as connection:
            rows = connection.execute(_REQUESTS.where(HandoverRequest.state != CLOSED)).all()
            asked = set(connection.execute(last_by_person).scalars())
        waiting = [_waiting(row, unanswered=row.id in asked) for row in rows]
        return sorted(waiting, key=lambda one: (not one.danger, one.claimed_by is not None, one.opened_at))

    def closed(self) -> list[Waiting]:
        """The requests closed last, the newest first."""
        newest = _REQUESTS.where(HandoverRequest.state == CLOSED).order_by(HandoverRequest.closed_at.desc())
        with self._engine.connect() as connection:
            return [_waiting(row) for row in connection.execute(newest.limit(_MOST_CLOSED))]

    def request(self, id_: int) -> Waiting | None:
        """One request; None if there is none, or it was erased."""
        with self._engine.connect() as connection:
            row = connection.execute(_REQUESTS.where(HandoverRequest.id == id_)).first()
        return None if row is None else _waiting(row)

    def talk(self, id_: int) -> list[Line]:
        """What was said in an open talk; nothing once it is closed."""
        return self._handovers.of_request(id_)

    def claim(self, id_: int, by: str, *, over: bool = False) -> None:
        """Take a request; with `over`, also one that somebody else has."""
        with self._step(id_) as (connection, request):
            if request.claimed_by == by:
                return
            if request.claimed_by is not None and not over:
                raise DeskError("claimed")
            self._change(connection, id_, state="claimed", claimed_by=by)
            if request.claimed_by is None:
                self._tell(connection, id_, "notice", JOINED)

    def hand_back(self, id_: int, by: str) -> None:
        """Leave a request to somebody else; it waits again."""
        with self._step(id_, by) as (connection, _):
            self._change(connection, id_, state="open", claimed_by=None)
            self._tell(connection, id_, "notice", HANDED_BACK)

    def reply(self, id_: int, by: str, text: str) -> None:
        """Say something to the person."""
        said = text.strip()
        if not said:
            raise DeskError("empty")
        if len(said) > LONGEST:
            raise DeskError("too-long")
        with self._step(id_, by) as (connection, _):
            self._tell(connection, id_, "staff", said, by=by)

    def close(self, id_: int, by: str) -> None:
        """End a talk: one's own, or one that nobody has claimed."""
        with self._step(id_) as (connection, request):
            if request.claimed_by not in (None, by):
                raise DeskError("not-claimed")
            self._tell(connection, id_, "notice", ENDED)
            self._change(connection, id_, state=CLOSED, closed_at=now(), closed_by="staff")
            forget_chats(connection)

    @contextmanager
    def _step(self, id_: int, by: str | None = None) -> Iterator[tuple[Connection, Waiting]]:
        """One change of an open request; of one that `by` has claimed, if that is given."""
        with self._engine.execution_options(writes=True).begin() as connection:
            wanted = _REQUESTS.where(HandoverRequest.id == id_).with_for_update()
            row = connection.execute(wanted).first()
            if row is None or row.state == CLOSED:
                raise DeskError("gone")
            if by is not None and row.claimed_by != by:
                raise DeskError("not-claimed")
            yield connection, _waiting(row)

    @staticmethod
    def _change(connection: Connection, id_: int, **values: Any) -> None:
        connection.execute(update(HandoverRequest).where(HandoverRequest.id == id_).values(**values))

    def _tell(
        self, connection: Connection, id_: int, author: Author, text: str, *, by: str | None = None
    ) -> None:
        add_line(connection, self._cipher, id_, author, text, delivery="waiting", by=by)


def _waiting(row: Any, *, unanswered: bool = False) -> Waiting:
    values: dict[str, Any] = row._asdict()
    return Waiting(**values, unanswered=unanswered)


_REQUESTS = select(
    HandoverRequest.id,
    HandoverRequest.channel,
    HandoverRequest.language,
    HandoverRequest.state,
    HandoverRequest.passed_on,
    HandoverRequest.claimed_by,
    HandoverRequest.danger,
    HandoverRequest.unreachable,
    HandoverRequest.opened_at,
    HandoverRequest.written_at,
    HandoverRequest.closed_at,
    HandoverRequest.closed_by,
)
