"""By what names a record leads to the rest of the library.

The type of a value says what it refers to, so nothing else has to know in which fields of which record
references stand. A validation that is given a context of `Meets` meets every one.
"""

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticOmit

from content.fields import Country, Id, Key, Scheme
from content.records.record import Record

type Referred = Literal["answer", "service", "country", "scheme"]
type Meets = Callable[[Referred, str], bool]
"""Told what a reference refers to and its name; says whether to keep it."""


def _refers_to(what: Referred) -> AfterValidator:
    def meet(name: str, info: ValidationInfo) -> str:
        if info.context is not None and not info.context(what, name):
            raise PydanticOmit
        return name

    return AfterValidator(meet)


AnswerKey = Annotated[Key, _refers_to("answer")]
ServiceId = Annotated[Id, _refers_to("service")]
CountryCode = Annotated[Country, _refers_to("country")]
SchemeCode = Annotated[Scheme, _refers_to("scheme")]


def references(record: Record) -> tuple[tuple[Referred, str], ...]:
    """Everything that a record refers to, once each, in the order of its fields."""
    met: dict[tuple[Referred, str], None] = {}

    def note(what: Referred, name: str) -> bool:
        met[what, name] = None
        return True

    record.model_validate(record.model_dump(by_alias=True), context=note)
    return tuple(met)


def less_references[Kind: Record](record: Kind, keeps: Meets) -> Kind:
    """The record less those names in its lists that are not to be kept."""
    return record.model_validate(record.model_dump(by_alias=True), context=keeps)
