"""bot.nlu.tracker_store, on SQLite and, where TOKSTRET_TEST_POSTGRESQL gives an address, on PostgreSQL."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

import sqlalchemy as sa
from bot.nlu.tracker_store import EVENTS_PER_SESSION, TrackerStore, _session_events
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [greet]
entities: []
slots:
  language: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  suggestions: {type: any, mappings: [{type: custom}]}
  origin: {type: text, influence_conversation: false, mappings: [{type: custom}]}
forms: {check_form: {required_slots: []}}
actions: [action_smalltalk]
"""
)


def turn(number: int) -> list[Event]:
    """What a turn adds to a conversation."""
    return [
        UserUttered(f"message {number}", {"name": "greet", "confidence": 1.0}),
        ActionExecuted("action_smalltalk"),
        SlotSet("suggestions", [number]),
        BotUttered(f"answer {number}"),
        ActionExecuted("action_listen"),
    ]


class Conversations(unittest.IsolatedAsyncioTestCase):
    """What holds on every database; run by the classes below."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.address = self.new_address(Path(folder.name))
        self.store = self.open()

    def new_address(self, folder: Path) -> str:
        raise unittest.SkipTest("no database")

    def open(self) -> TrackerStore:
        store = TrackerStore(self.address, domain=DOMAIN)
        self.addCleanup(store.engine.dispose)
        return store

    async def add(self, sender: str, *events: Event) -> DialogueStateTracker:
        tracker = await self.store.get_or_create_tracker(sender, append_action_listen=False)
        tracker.update_with_events(list(events), DOMAIN)
        await self.store.save(tracker)
        return tracker

    def rows(self, sender: str) -> int:
        with self.store.engine.connect() as connection:
            query = sa.text("SELECT count(*) FROM events WHERE sender_id = :sender")
            return int(connection.execute(query, {"sender": sender}).scalar_one())

    async def test_a_conversation_is_read_back_as_it_was_written(self) -> None:
        written = await self.add("vu-1", ActionExecuted("action_session_start"), SessionStarted(), *turn(1))
        written = await self.add("vu-1", *turn(2))
        read = await self.open().retrieve("vu-1")
        self.assertEqual(list(read.events), list(written.events))
        self.assertEqual(read.current_slot_values(), written.current_slot_values())
        self.assertEqual(read.get_slot("suggestions"), [2])

    async def test_saving_again_adds_nothing(self) -> None:
        tracker = await self.add("vu-1", SessionStarted(), *turn(1))
        rows = self.rows("vu-1")
        await self.store.save(tracker)
        self.assertEqual((rows, self.rows("vu-1")), (6, 6))

    async def test_a_tracker_that_was_not_loaded_adds_only_what_is_new(self) -> None:
        tracker = await self.add("vu-1", SessionStarted(), *turn(1))
        copy = tracker.copy()
        copy.update_with_events(turn(2), DOMAIN)
        await self.store.save(copy)
        self.assertEqual(self.rows("vu-1"), 11)

    async def test_nobody_reads_anothers_conversation(self) -> None:
        await self.add("vu-1", SessionStarted(), *turn(1))
        await self.add("pg-1", SessionStarted(), *turn(7))
        self.assertEqual((await self.store.retrieve("pg-1")).get_slot("suggestions"), [7])
        self.assertIsNone(await self.store.retrieve("nobody"))
        self.assertEqual(sorted(await self.store.keys()), ["pg-1", "vu-1"])

    async def test_the_latest_session_is_read_even_when_clocks_go_back(self) -> None:
        await self.add("vu-1", SessionStarted(timestamp=2e9), *turn(1))
        await self.add("vu-1", SessionStarted(timestamp=1e9), *turn(2))
        read = await self.store.retrieve("vu-1")
        self.assertEqual(
            [event.text for event in read.events if isinstance(event, UserUttered)], ["message 2"]
        )

    async def test_what_a_turn_loads_stays_bounded_over_400_turns_and_slots_are_kept(self) -> None:
        await self.add("vu-1", SessionStarted(), SlotSet("language", "bi"), ActionExecuted("action_listen"))
        loaded = []
        for number in range(400):
            tracker = await self.add("vu-1", *turn(number))
            loaded.append(len(tracker.events) - len(turn(number)))
            self.assertEqual(tracker.get_slot("language"), "bi")
        self.assertLessEqual(max(loaded), EVENTS_PER_SESSION + len(turn(0)))
        self.assertGreater(max(loaded), EVENTS_PER_SESSION / 2)
        read = await self.store.retrieve("vu-1")
        self.assertEqual((read.get_slot("language"), read.get_slot("suggestions")), ("bi", [399]))
        self.assertIsNone(read.get_slot("origin"))
        self.assertEqual(read.latest_action_name, "action_listen")
        full = await self.store.retrieve_full_tracker("vu-1")
        said = [event.text for event in full.events if isinstance(event, UserUttered)]
        self.assertEqual(said, [f"message {number}" for number in range(400)])

    async def test_a_session_goes_on_while_a_form_is_filled_in(self) -> None:
        await self.add("vu-1", SessionStarted(), ActiveLoop("check_form"))
        for number in range(20):
            await self.add("vu-1", *turn(number))
        self.assertEqual(len((await self.store.retrieve("vu-1")).events), 2 + 20 * 5)
        await self.add("vu-1", ActiveLoop(None))
        self.assertLess(len((await self.store.retrieve("vu-1")).events), 6)

    async def test_an_erased_conversation_starts_anew(self) -> None:
        await self.add("vu-1", SessionStarted(), *turn(1))
        with self.store.engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM events"))
        self.assertIsNone(await self.store.retrieve("vu-1"))
        await self.add("vu-1", SessionStarted())
        self.assertEqual(self.rows("vu-1"), 1)

    async def test_errors_do_not_show_what_was_written(self) -> None:
        tracker = await self.add("vu-1", SessionStarted())
        with self.store.engine.begin() as connection:
            connection.execute(sa.text("ALTER TABLE events RENAME TO lost"))
        tracker.update(UserUttered("marked-words", {"name": "greet"}))
        with self.assertRaises(sa.exc.SQLAlchemyError) as raised:
            await self.store.save(tracker)
        self.assertNotIn("marked-words", str(raised.exception))
        self.assertIn("events", str(raised.exception))

    async def test_opens_what_rasas_own_store_wrote(self) -> None:
        theirs = SQLTrackerStore(domain=DOMAIN, host=self.rasas_address())
        self.addCleanup(theirs.engine.dispose)
        tracker = await theirs.get_or_create_tracker("vu-1", append_action_listen=False)
        tracker.update_with_events([SessionStarted(), *turn(1)], DOMAIN)
        await theirs.save(tracker)
        self.assertEqual(list((await self.open().retrieve("vu-1")).events), list(tracker.events))

    def rasas_address(self) -> str:
        return self.address


class OnSQLite(Conversations):
    def new_address(self, folder: Path) -> str:
        return f"sqlite:///{folder / 'tracker.sqlite'}"

    async def test_sqlite_logs_ahead_and_waits(self) -> None:
        with self.store.engine.connect() as connection:
            values = [
                connection.execute(sa.text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
            ]
        self.assertEqual(values, ["wal", 1, 5000, 1])

    async def test_the_latest_session_is_found_by_an_index(self) -> None:
        statement = _session_events.compile(self.store.engine, compile_kwargs={"render_postcompile": True})
        with self.store.engine.connect() as connection:
            plan = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", ("vu-1", 0, "vu-1", "session_started")
            )
            steps = " ".join(str(row[-1]) for row in plan)
        self.assertIn("ix_events_session", steps)
        self.assertNotIn("SCAN events", steps)


@unittest.skipUnless(os.environ.get("TOKSTRET_TEST_POSTGRESQL"), "no PostgreSQL address was given")
class OnPostgreSQL(Conversations):
    def new_address(self, folder: Path) -> str:
        address = os.environ["TOKSTRET_TEST_POSTGRESQL"]
        engine = sa.create_engine(address.replace("postgresql://", "postgresql+psycopg2://"))
        with engine.begin() as connection:
            connection.execute(sa.text("DROP TABLE IF EXISTS events, lost CASCADE"))
        engine.dispose()
        return address

    def rasas_address(self) -> str:
        return self.address.replace("postgresql://", "postgresql+psycopg2://")


del Conversations  # so that it is not run by itself
