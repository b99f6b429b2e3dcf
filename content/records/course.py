"""The pre-departure orientation: lessons of short screens, each with one question."""

from collections.abc import Iterator
from typing import ClassVar, Self

from pydantic import Field, model_validator

from content.fields import Id, wrong
from content.records.record import Reviewed
from content.records.references import AnswerKey, SchemeCode
from content.schema import Part
from content.words import Saying


class Lesson(Part):
    """Two or three short screens and a question with choices, of which `right` counts from 1."""

    id: Id
    screens: int = Field(ge=1, le=4)
    choices: int = Field(ge=2, le=4)
    right: int
    answers: tuple[AnswerKey, ...] = ()

    @model_validator(mode="after")
    def _right_is_a_choice(self) -> Self:
        if not 1 <= self.right <= self.choices:
            raise wrong(Saying("fault.no-choice", value=self.right, number=self.choices), at="right")
        return self

    def slots(self) -> Iterator[str]:
        """Its title, screens, question, choices, and why the right one is right."""
        yield f"{self.id}.title"
        yield from (f"{self.id}.screen-{number}" for number in range(1, self.screens + 1))
        yield f"{self.id}.question"
        yield from (f"{self.id}.choice-{number}" for number in range(1, self.choices + 1))
        yield f"{self.id}.why"


class Course(Reviewed):
    """`orientation/<id>/course.yml`: the pre-departure orientation for a scheme, or for anyone."""

    folder: ClassVar[str] = "orientation"
    about: ClassVar[str | None] = "course"
    scheme: SchemeCode | None
    lessons: list[Lesson] = Field(min_length=1)

    def slots(self) -> Iterator[str]:
        """`title`, and those of each lesson."""
        yield "title"
        for lesson in self.lessons:
            yield from lesson.slots()
