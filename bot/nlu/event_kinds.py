"""Finding the class of an event by its name at once.

Rasa's `Event.resolve_by_type` walks through all subclasses of `Event`, whenever an event is read from
the tracker store or from an action's answer: it took a quarter of a turn. Here each name is looked
up by Rasa once and remembered; names without a class are not remembered.
Figures: docs/decisions/0003-engine-adapters.md.
"""

from __future__ import annotations

from rasa.shared.core.events import Event


def remember() -> None:
    """Make this process remember the classes of events."""
    known: dict[str, type[Event]] = {}
    look_up = Event.resolve_by_type

    def resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
        kind = known.get(type_name)
        if kind is None:
            kind = look_up(type_name, default)
            if kind is not None and kind is not default:
                known[type_name] = kind
        return kind

    Event.resolve_by_type = staticmethod(resolve_by_type)
