"""Rules with dates: what held from one day until another, and where that is written.

A kind of rules has its own periods and conditions; that they do not overlap, that ids differ, and what may
never change of days gone by is the same for all.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from content.fields import Id, wrong
from content.records.record import Record
from content.schema import Part, SourceEntry
from content.words import Saying


class Period(Part):
    """From one day until another; `until: null` is still in force.

    `starts` is `by-then` where the source does not say since when it holds: then `from` is the day
    the source bears, or on which it was read.
    """

    since: date = Field(alias="from")
    until: date | None
    starts: Literal["then", "by-then"]
    if TYPE_CHECKING:  # kinds of periods declare it last, as it stands in their files
        source: SourceEntry

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise wrong(Saying("fault.ends-before", until=self.until, since=self.since), at="until")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def held_on[Held: Period](periods: Sequence[Held], day: date) -> Held | None:
    """What holds on a day; None where nothing verified is known."""
    return next((period for period in periods if period.holds_on(day)), None)


class DatedRule(Part):
    """One rule with its periods, in order. `fixed` are the keys that say what it is a rule of."""

    fixed: ClassVar[tuple[str, ...]]
    id: Id
    if TYPE_CHECKING:  # each kind declares its own, after what they are periods of
        periods: list[Any]

    @model_validator(mode="after")
    def _periods_do_not_overlap(self) -> Self:
        for earlier, later in zip(self.periods, self.periods[1:], strict=False):
            if earlier.until is None or earlier.until >= later.since:
                raise wrong(Saying("fault.periods-overlap", since=later.since), at="periods")
        return self


class DatedRules(Record):
    """A record of rules. `fixed` are the keys that say for whom they are."""

    about: ClassVar[str | None] = None
    fixed: ClassVar[tuple[str, ...]]
    if TYPE_CHECKING:  # each kind declares its own
        rules: list[Any]

    @model_validator(mode="after")
    def _ids_are_different(self) -> Self:
        ids = [rule.id for rule in self.rules]
        if len(set(ids)) != len(ids):
            raise wrong(Saying("fault.ids-twice"), at="rules")
        return self
