"""What to do by when before departure and after it."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from content.fields import Id
from content.records.record import Reviewed
from content.records.references import AnswerKey, SchemeCode
from content.schema import Part


class ChecklistItem(Part):
    """One thing to do, so many days before departure (after it, if below 0)."""

    id: Id
    days_before: int = Field(ge=-400, le=400)
    answers: tuple[AnswerKey, ...] = ()


class Checklist(Reviewed):
    """`checklists/<id>/checklist.yml`: what to do by when, for a scheme or for anyone."""

    folder: ClassVar[str] = "checklists"
    about: ClassVar[str | None] = "checklist"
    scheme: SchemeCode | None
    items: list[ChecklistItem] = Field(min_length=1)

    def slots(self) -> Iterator[str]:
        """`title`, and one for each item."""
        yield "title"
        yield from (f"item.{item.id}" for item in self.items)
