"""Every field that a form of the console asks for has words, and so has everything it lets one choose."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from bot.console.form_shapes import Shape, shapes_of
from content.catalogues import console_path
from content.sheets import SHEET_KINDS
from content.words import read_catalogue

_NUMBERED = ("parts", "list", "span", "pairs")


def words_wanted(model: type[BaseModel]) -> Iterator[str]:
    """The messages that a form of a model says (`_facts.html`)."""
    for key, shape in shapes_of(model).items():
        yield f"console.fact.{key}"
        yield from words_of_shape(key, shape)


def words_of_shape(key: str, shape: Shape) -> Iterator[str]:
    """The messages of one field beyond its label."""
    yield from (f"console.choice.{option}" for option in shape.options)
    if shape.kind in (*_NUMBERED, "checks"):
        yield f"console.fact.{key}.all"
    if shape.kind == "pairs":
        yield f"console.fact.{key}.key"
        yield f"console.fact.{key}.value"
    if shape.item:
        yield from words_of_shape(f"{key}.value" if shape.kind == "pairs" else key, shape.item)
    if shape.model:
        yield from words_wanted(shape.model)


def test_every_field_and_every_choice_of_a_form_has_words() -> None:
    said = {str(message.id) for message in read_catalogue(console_path(Path("locales"))) if message.string}
    wanted = {words for kind in SHEET_KINDS for words in words_wanted(kind.form)}
    wanted |= {f"console.kind.{kind.name}" for kind in SHEET_KINDS}
    assert len(wanted) > 150
    assert sorted(wanted - said) == []
