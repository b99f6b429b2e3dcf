"""What every record has: an id, and slots of words that each language must fill."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Self

from pydantic import Field, model_validator

from content.faults import review_too_early
from content.fields import Id, wrong
from content.schema import Part, SourceEntry


class Record(Part):
    """Facts of one record. `folder` is where its kind stands in the library, `about` its file there.

    `shelf` is how staff find its kind; if none is named, the first part of the folder.
    """

    folder: ClassVar[str]
    shelf: ClassVar[str] = ""
    about: ClassVar[str | None]
    id: Id

    def slots(self) -> Iterator[str]:
        """The slots of words that every language must fill."""
        return iter(())


class Reviewed(Record):
    """A record with words: where its facts come from, and when they must be looked at again."""

    review_date: date
    sources: list[SourceEntry] = Field(min_length=1)

    @model_validator(mode="after")
    def _review_follows_the_checks(self) -> Self:
        last = max(source.checked_on for source in self.sources)
        if self.review_date <= last:
            raise wrong(review_too_early(self.review_date, last), at="review_date")
        return self
