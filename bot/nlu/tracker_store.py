"""Where conversations are kept: Rasa's SQL tracker store, made quick and kept short.

Same table and same rows as Rasa's own store; what differs:
- SQLite runs with a write-ahead log and without a disk flush for each turn, and waits for locks;
- the latest session is found by an index, however long a person's history is;
- new events are written in one statement, counted from what was loaded;
- a session that grew long goes on in a new one with the same slots, so that a turn's cost does not
  grow with the conversation (unless a form is being filled in);
- errors never show what was written.
Figures: docs/decisions/0003-engine-adapters.md.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.core.tracker_store import TrackerStore as RasaTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

EVENTS_PER_SESSION = 40  # about five turns; no rule looks further back than one
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
)

_events = SQLTrackerStore.SQLEvent.__table__
_indexes = (
    sa.Index("ix_events_session", _events.c.sender_id, _events.c.type_name, _events.c.id),
    sa.Index("ix_events_order", _events.c.sender_id, _events.c.id),
)

_starts = _events.alias()
_session_start = sa.select(sa.func.max(_starts.c.id)).where(
    _starts.c.sender_id == sa.bindparam("sender"), _starts.c.type_name == SessionStarted.type_name
)
_all_events = (
    sa.select(_events.c.data).where(_events.c.sender_id == sa.bindparam("sender")).order_by(_events.c.id)
)
_session_events = _all_events.where(_events.c.id >= sa.func.coalesce(_session_start.scalar_subquery(), 0))
_insert = sa.insert(_events)
_STORED = "_stored_events"  # on a tracker: how many of its events are in the store


class TrackerStore(SQLTrackerStore):
    """Keeps conversations on SQLite or PostgreSQL, at any SQLAlchemy address."""

    def __init__(
        self,
        host: str,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        events_per_session: int = EVENTS_PER_SESSION,
    ) -> None:
        """`host` is the address; endpoints.yml calls it `url`, and Rasa hands it on as `host`."""
        RasaTrackerStore.__init__(self, domain, event_broker)
        self.engine = _open(make_url(host))
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._events_per_session = events_per_session
        _create_tables(self.engine)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the tracker's new events, and begin a new session when this one grew long."""
        await self.stream_events(tracker)
        with self.engine.begin() as connection:
            new = self._new_events(connection, tracker)
            if new:
                rows = [_row(tracker.sender_id, event) for event in new + self._next_session(tracker)]
                connection.execute(_insert, rows)
        tracker.__dict__[_STORED] = len(tracker.events)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        query = _all_events if fetch_events_from_all_sessions else _session_events
        with self.engine.connect() as connection:
            rows = connection.execute(query, {"sender": sender_id}).scalars().all()
        if not rows:
            return None
        events = [json.loads(row) for row in rows]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        if not fetch_events_from_all_sessions:
            tracker.__dict__[_STORED] = len(tracker.events)
        return tracker

    def _new_events(self, connection: Connection, tracker: DialogueStateTracker) -> list[Event]:
        stored = tracker.__dict__.get(_STORED)
        if stored is None:  # not loaded from here: as many as the session has rows are stored
            stored = len(connection.execute(_session_events, {"sender": tracker.sender_id}).all())
        return list(itertools.islice(tracker.events, stored, None))

    def _next_session(self, tracker: DialogueStateTracker) -> list[Event]:
        """The events that begin a new session with the slots of this one, if it is time for it."""
        length = sum(1 for _ in _since_session_start(tracker.events))
        if length < self._events_per_session or tracker.active_loop is not None:
            return []
        slots = [SlotSet(slot.name, slot.value) for slot in tracker.slots.values() if slot.has_been_set]
        events = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), *slots]
        return [*events, ActionExecuted(ACTION_LISTEN_NAME)]


def _open(address: URL) -> Engine:
    if address.get_backend_name() == "sqlite":
        engine = sa.create_engine(
            address,
            hide_parameters=True,
            poolclass=QueuePool,  # SQLAlchemy 1.4 would open and close the file for every turn
            connect_args={"check_same_thread": False},
        )
        sa.event.listen(engine, "connect", _set_pragmas)
        return engine
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg2")  # the engine's only driver
    return sa.create_engine(address, hide_parameters=True, pool_pre_ping=True)


def _set_pragmas(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _create_tables(engine: Engine) -> None:
    """Create what is missing; two engines starting at once do not clash."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('tokstret.tracker'))"))
        SQLTrackerStore.Base.metadata.create_all(connection)
        for index in _indexes:
            index.create(connection, checkfirst=True)


def _since_session_start(events: Iterable[Event]) -> Iterable[Event]:
    return itertools.takewhile(lambda event: not isinstance(event, SessionStarted), reversed(list(events)))


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
