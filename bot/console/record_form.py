"""A form of facts: made of a model and values, read from what was posted, its errors put where they belong.

Facts are as their file has them (texts, lists, mappings), so that what cannot be kept is shown again as it
was typed. Not here: how a field looks (`_facts.html`), what may be kept (`content.record_rules`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from starlette.datastructures import FormData

from bot.console.form_shapes import YES_OR_NO, Shape, shapes_of

ROOT = "facts"
_BLANKS = 2
_NOTHING: Any = object()
_NAMING = ("id", "title", "from", "country", "origin", "destination", "name")


@dataclass(slots=True)
class Field:
    """One field with what stands in it. `name` is its name in the form, `key` the one its words go by."""

    shape: Shape
    name: str
    key: str
    value: str = ""
    number: int = 0
    chosen: tuple[str, ...] = ()
    children: list["Field"] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """How it looks."""
        return self.shape.kind

    @property
    def options(self) -> tuple[str, ...]:
        """What may be ticked; what is ticked first, in its own order, which is the order of telling."""
        ticked = tuple(option for option in self.chosen if option in self.shape.options)
        return (*ticked, *(option for option in self.shape.options if option not in ticked))

    @property
    def is_wrong(self) -> bool:
        """Whether something is wrong with it or in it."""
        return bool(self.errors) or any(child.is_wrong for child in self.children)

    @property
    def place(self) -> str:
        """Where it stands in the facts, as `changed` is told."""
        return self.name.removeprefix(f"{ROOT}.")

    @property
    def summary(self) -> str:
        """What a part is known by among others."""
        told = {child.key: child.value for child in self.children if child.value}
        return next((told[key] for key in _NAMING if key in told), "")

    def attach(self, path: Sequence[str], text: str) -> None:
        """Put an error where it belongs, or as near as the form has a place."""
        for child in self.children:
            if path and path[0] in (child.name.rpartition(".")[2], child.chosen[0] if child.chosen else None):
                child.attach(path[1:], text)
                return
        self.errors.append(text)


def form_of(
    model: type[BaseModel],
    facts: Mapping[str, Any],
    *,
    wrong: Iterable[tuple[str, str]] = (),
    without: Iterable[str] = (),
) -> Field:
    """The form of a model with its values and what is wrong with them."""
    form = _part(Shape("part", model=model), ROOT, ROOT, facts, without=frozenset(without))
    for key, text in wrong:
        form.attach(key.split(".") if key else [], text)
    return form


def facts_of(model: type[BaseModel], form: FormData, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """What was posted, as a file would have it."""
    tree = _tree(form).get(ROOT, {})
    return _read_part(model, tree, frozenset(without))


def changed(facts: dict[str, Any], command: str) -> dict[str, Any]:
    """Facts with a part more (`add:rules`), less (`remove:rules.2`), or further up (`up:rules.2`)."""
    do, _, place = command.partition(":")
    *path, last = place.split(".")
    try:
        holder: Any = facts
        for step in path:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        if do == "add":
            holder.setdefault(last, []).append({})
        elif do == "remove":
            del holder[int(last)]
        elif do == "up" and int(last) > 0:
            holder.insert(int(last) - 1, holder.pop(int(last)))
    except (LookupError, ValueError, AttributeError, TypeError):
        return facts  # a button of a form that was changed by hand
    return facts


# --- values into a form -------------------------------------------------------------------------


def _field(shape: Shape, name: str, key: str, value: Any) -> Field:
    if shape.kind == "part":
        return _part(shape, name, key, value or {})
    if shape.kind == "checks":
        return Field(shape, name, key, chosen=tuple(value or ()))
    children: list[Field] = []
    if shape.kind == "pairs":
        children = list(_pairs(shape, name, key, value or {}))
    elif shape.kind in ("parts", "list", "span"):
        values = [*(value or []), *([""] * _blanks(shape, value, key))]
        children = [_numbered(shape, name, key, number, each) for number, each in enumerate(values)]
    return Field(shape, name, key, value="" if children else _shown(shape, value), children=children)


def _shown(shape: Shape, value: Any) -> str:
    """A single value as its field shows it."""
    if shape.kind == "switch":
        return "yes" if value else ""
    if isinstance(value, bool):
        return YES_OR_NO[not value]
    return "" if value in (None, "", [], {}) else str(value)


def _part(
    shape: Shape, name: str, key: str, facts: Mapping[str, Any], without: frozenset[str] = frozenset()
) -> Field:
    if shape.model is None:
        raise TypeError(f"{name} has no model")
    children = [
        _field(each, f"{name}.{below}", below, facts.get(below, _first(each)))
        for below, each in shapes_of(shape.model).items()
        if below not in without
    ]
    return Field(shape, name, key, children=children)


def _first(shape: Shape) -> Any:
    """What a field shows that nothing was said of."""
    return shape.options[0] if shape.kind == "choice" and shape.default and not shape.optional else None


def _blanks(shape: Shape, value: Any, key: str) -> int:
    """How many empty fields wait for one more value."""
    if shape.kind == "span":
        return max(0, shape.size - len(value or []))
    return (1 if "." in key else _BLANKS) if shape.kind == "list" else 0


def _numbered(shape: Shape, name: str, key: str, number: int, value: Any) -> Field:
    if shape.item is None:
        raise TypeError(f"{name} has no items")
    made = _field(shape.item, f"{name}.{number}", key, value)
    made.number = number + 1
    return made


def _pairs(shape: Shape, name: str, key: str, value: Mapping[str, Any]) -> Iterator[Field]:
    if shape.item is None:
        raise TypeError(f"{name} has no items")
    entries = [*value.items(), ("", None)]
    for number, (word, told) in enumerate(entries):
        place = f"{name}.{number}"
        left = Field(Shape("text", names=shape.names), f"{place}.key", f"{key}.key", value=word)
        right = _field(shape.item, f"{place}.value", f"{key}.value", told)
        pair = Field(Shape("part"), place, key, children=[left, right], number=number + 1)
        pair.chosen = (word,) if word else ()
        yield pair


# --- what was posted into values ----------------------------------------------------------------


def _tree(form: FormData) -> dict[str, Any]:
    """`a.0.b=x` as {"a": {"0": {"b": ["x"]}}}."""
    tree: dict[str, Any] = {}
    for name, value in form.multi_items():
        if not isinstance(value, str):
            continue
        *path, last = name.split(".")
        node = tree
        for step in path:
            below = node.setdefault(step, {})
            node = below if isinstance(below, dict) else {}
        told = node.setdefault(last, [])
        if isinstance(told, list):
            told.append(value.replace("\r\n", "\n").strip())
    return tree


def _read_part(model: type[BaseModel], node: Any, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    node = node if isinstance(node, dict) else {}
    read = {key: _read(shape, node.get(key)) for key, shape in shapes_of(model).items() if key not in without}
    return {key: value for key, value in read.items() if value is not _NOTHING}


def _read(shape: Shape, node: Any) -> Any:
    if shape.kind == "part" and shape.model is not None:
        facts = _read_part(shape.model, node)
        return None if shape.optional and _is_blank(shape.model, facts) else facts
    if shape.kind == "pairs":
        return _read_pairs(shape, node)
    if shape.kind in ("parts", "list", "span"):
        return _read_many(shape, node)
    told = node if isinstance(node, list) else []
    return told if shape.kind == "checks" else _read_one(shape, told[-1] if told else "")


def _read_one(shape: Shape, text: str) -> Any:
    if shape.kind == "switch" or (shape.is_bool and text in YES_OR_NO):
        return text == "yes"
    if not text and (shape.optional or shape.default):
        return None if shape.optional else _NOTHING
    return text


def _is_blank(model: type[BaseModel], facts: Mapping[str, Any]) -> bool:
    """Whether nothing was said of a part: what its form chose beforehand does not count."""
    return not any(facts.get(key) for key, shape in shapes_of(model).items() if _first(shape) is None)


def _read_many(shape: Shape, node: Any) -> Any:
    below = _in_order(node)
    if shape.item is None:
        return []
    read = [_read(shape.item, each) for each in below]
    if shape.kind == "parts":
        return read
    told = [each for each in read if each not in ("", None)]
    if shape.kind == "span" and not told:
        return None if shape.optional else []
    return told if shape.kind == "list" else read


def _read_pairs(shape: Shape, node: Any) -> dict[str, Any]:
    read = {}
    for each in _in_order(node):
        if shape.item is None or not isinstance(each, dict):
            continue
        word, value = (each.get("key") or [""])[-1], _read(shape.item, each.get("value"))
        if word or value not in ("", None, []):
            read[word] = value
    return read


def _in_order(node: Any) -> list[Any]:
    if not isinstance(node, dict):
        return []
    return [node[key] for key in sorted((key for key in node if key.isdecimal()), key=int)]
