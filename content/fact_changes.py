"""What changed between two states of the facts of a record, key by key.

Not here: what changed in a text (`content.differences`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_NAMING = ("id", "from", "url", "value")


@dataclass(frozen=True, slots=True)
class FactChange:
    """A value that is another than before; empty where there was or is none."""

    path: tuple[str, ...]
    before: str
    after: str


def fact_changes(before: Any, after: Any) -> list[FactChange]:
    """Every value that differs; those of lists are told apart by what names them."""
    old, new = dict(_flat(before, ())), dict(_flat(after, ()))
    paths = [*old, *(path for path in new if path not in old)]
    return [
        FactChange(path, old.get(path, ""), new.get(path, ""))
        for path in paths
        if old.get(path, "") != new.get(path, "")
    ]


def _flat(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _flat(each, (*path, str(key)))
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for number, each in enumerate(value):
            yield from _flat(each, (*path, _name(each, number)))
    elif isinstance(value, list):
        yield path, ", ".join(str(each) for each in value)
    elif value is not None:
        yield path, str(value)


def _name(part: Any, number: int) -> str:
    told = part if isinstance(part, dict) else {}
    return next((str(told[key]) for key in _NAMING if told.get(key)), str(number + 1))
