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
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.orm import Query, Session, sessionmaker
from sqlalchemy.pool import QueuePool

EVENTS_PER_SESSION = 60
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
        with self.session_scope() as session:
            new = list(self._additional_events(session, tracker))
            if new:
                rows = [_row(tracker.sender_id, event) for event in new + self._next_session(tracker)]
                session.execute(sa.insert(_events), rows)
                session.commit()
        tracker.__dict__["_stored_events"] = len(tracker.events)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        tracker = await super()._retrieve(sender_id, fetch_events_from_all_sessions)
        if tracker is not None and not fetch_events_from_all_sessions:
            tracker.__dict__["_stored_events"] = len(tracker.events)
        return tracker

    def _additional_events(self, session: Session, tracker: DialogueStateTracker) -> Iterable[Event]:
        stored = tracker.__dict__.get("_stored_events")
        if stored is None:
            return super()._additional_events(session, tracker)
        return itertools.islice(tracker.events, stored, None)

    def _event_query(
        self, session: Session, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> Query[Any]:
        """Rasa's query, with the latest session found by row number instead of by time."""
        row = self.SQLEvent
        query = session.query(row).filter(row.sender_id == sender_id)
        if not fetch_events_from_all_sessions:
            query = query.filter(row.id >= _session_start(sender_id))
        return query.order_by(row.id)

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


def _session_start(sender_id: str) -> Any:
    """Row number of the event that began a person's latest session; 0 if none did."""
    rows = _events.alias()
    latest = sa.select(sa.func.max(rows.c.id)).where(
        rows.c.sender_id == sender_id, rows.c.type_name == SessionStarted.type_name
    )
    return sa.func.coalesce(latest.scalar_subquery(), 0)


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
