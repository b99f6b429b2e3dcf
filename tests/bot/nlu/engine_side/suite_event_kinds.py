"""bot.nlu.event_kinds"""

from __future__ import annotations

import unittest

from bot.nlu import event_kinds
from rasa.shared.core.events import BotUttered, Event, SlotSet
from rasa.shared.utils.common import all_subclasses


class EventKinds(unittest.TestCase):
    def setUp(self) -> None:
        self.rasas = Event.resolve_by_type
        self.addCleanup(setattr, Event, "resolve_by_type", staticmethod(self.rasas))
        event_kinds.remember()
        self.assertIsNot(Event.resolve_by_type, self.rasas)

    def test_every_kind_of_event_is_found_as_rasa_finds_it(self) -> None:
        names = {kind.type_name for kind in all_subclasses(Event) if kind.type_name}
        self.assertGreater(len(names), 20)
        for name in names:
            for _ in range(2):
                self.assertIs(Event.resolve_by_type(name), self.rasas(name))

    def test_an_unknown_name_is_an_error_unless_there_is_a_default(self) -> None:
        self.assertIs(Event.resolve_by_type("nonsense", BotUttered), BotUttered)
        with self.assertRaisesRegex(ValueError, "nonsense"):
            Event.resolve_by_type("nonsense")
        self.assertIsNone(Event.resolve_by_type("topic"))

    def test_events_are_read_through_it(self) -> None:
        event = Event.from_parameters({"event": "slot", "name": "language", "value": "bi"})
        self.assertEqual(event, SlotSet("language", "bi"))
