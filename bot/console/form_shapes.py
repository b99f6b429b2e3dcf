"""The shapes of values that a schema allows, as a form shows them: read from pydantic's own models.

So a form always has the fields of its model, and no second description of it can grow old.
Not here: a form with its values (`record_form`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from content.fields import Country, Markdown
from content.records.references import AnswerKey, CountryCode, SchemeCode, ServiceId

type ShapeKind = Literal[
    "text", "long", "day", "number", "choice", "switch", "part", "parts", "list", "checks", "pairs", "span"
]
YES_OR_NO = ("yes", "no")
_NAMED: tuple[tuple[Any, str], ...] = (
    (AnswerKey, "answer"),
    (ServiceId, "service"),
    (CountryCode, "country"),
    (SchemeCode, "scheme"),
    (Country, "country"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a value is asked for.

    `options` are what may be chosen, or is offered in a text; `names` says what a text names. `item` is
    the shape of each value of a list, `model` the schema of a part. `optional`: nothing is a value too;
    `default`: what is left out has one.
    """

    kind: ShapeKind
    options: tuple[str, ...] = ()
    names: str = ""
    item: "Shape | None" = None
    model: type[BaseModel] | None = None
    size: int = 0
    is_bool: bool = False
    optional: bool = False
    default: bool = False


@cache
def shapes_of(model: type[BaseModel]) -> Mapping[str, Shape]:
    """The shapes of a model's values by their keys in its file; its own before those it inherits."""
    hints = get_type_hints(model, include_extras=True)
    own_first = sorted(model.model_fields, key=lambda name: (name != "id", name not in model.__annotations__))
    return {
        model.model_fields[name].alias or name: replace(
            _shape(hints[name]), default=not model.model_fields[name].is_required()
        )
        for name in own_first
    }


def _shape(hint: Any) -> Shape:
    """The shape of a type; TypeError for one that no form can ask for yet."""
    for named, what in _NAMED:
        if hint == named:
            return Shape("text", names=what)
    if hint == Markdown:
        return Shape("long")
    read = _READERS.get(get_origin(hint))
    return read(get_args(hint)) if read else _plain(hint)


def _plain(hint: Any) -> Shape:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return Shape("part", model=hint)
    kinds: dict[type, ShapeKind] = {
        str: "text",
        bool: "switch",
        int: "number",
        Decimal: "number",
        date: "day",
    }
    if hint not in kinds:
        raise TypeError(f"no form asks for {hint!r}")
    return Shape(kinds[hint])


def _one_of(hints: tuple[Any, ...]) -> Shape:
    """Something or nothing, or a text for which there are proposals."""
    shapes = [_shape(hint) for hint in hints if hint is not NoneType]
    optional = NoneType in hints
    if [shape.kind for shape in shapes] == ["switch"]:
        return Shape("choice", options=YES_OR_NO, is_bool=True, optional=True)
    if len(shapes) == 1:
        return replace(shapes[0], optional=optional)
    options = tuple(option for shape in shapes for option in shape.options)
    return Shape("text", options=options, optional=optional)


def _many(arguments: tuple[Any, ...]) -> Shape:
    item = _shape(arguments[0])
    if len(arguments) > 1 and arguments[-1] is not Ellipsis:
        return Shape("span", item=item, size=len(arguments))
    if item.kind == "part":
        return Shape("parts", item=item)
    return Shape("checks", options=item.options) if item.kind == "choice" else Shape("list", item=item)


_READERS: Mapping[Any, Callable[[tuple[Any, ...]], Shape]] = {
    Union: _one_of,
    UnionType: _one_of,
    Annotated: lambda arguments: _shape(arguments[0]),
    Literal: lambda arguments: Shape("choice", options=tuple(str(each) for each in arguments)),
    list: _many,
    tuple: _many,
    dict: lambda arguments: Shape("pairs", item=_shape(arguments[1]), names=_shape(arguments[0]).names),
}
