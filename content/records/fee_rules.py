"""What a worker may be asked to pay for: the rules of a country, since when, until when, by which law."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from content.fields import Id, Line, wrong
from content.records.record import Record
from content.records.references import AnswerKey, CountryCode, SchemeCode, ServiceId
from content.schema import Part, Role, SourceEntry
from content.words import Saying

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
FeeItem = Literal[
    "placement",
    "service",
    "registration",
    "visa",
    "permit",
    "medical",
    "training",
    "test",
    "passport",
    "documents",
    "ticket",
    "insurance",
    "deposit",
    "levy",
    "total",
]


class FeeLimit(Part):
    """The most that may be asked: an amount of a currency, months of pay, or a percentage of a month's pay.

    `per` says of what: of the whole job, or of each month.
    """

    value: Decimal = Field(ge=0)
    unit: Literal["months-of-pay", "percent-of-monthly-pay", "percent-of-contract-pay"] | Currency
    per: Literal["job", "month", "year"] = "job"


class FeePeriod(Part):
    """What held from one day until another; `until: null` is still in force.

    `starts` is `by-then` where the source does not say since when it holds: then `from` is the day
    the source bears, or on which it was read.
    """

    since: date = Field(alias="from")
    until: date | None
    starts: Literal["then", "by-then"]
    verdict: Literal["forbidden", "limited", "allowed"]
    limit: FeeLimit | None = None
    source: SourceEntry

    @model_validator(mode="after")
    def _limit_goes_with_the_verdict(self) -> Self:
        if (self.verdict == "limited") != (self.limit is not None):
            raise wrong(Saying("fault.limit-and-verdict"), at="limit")
        if self.until is not None and self.until < self.since:
            raise wrong(Saying("fault.ends-before", until=self.until, since=self.since), at="until")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class FeeRule(Part):
    """What a worker may be asked to pay for one thing. Without conditions it holds for everybody.

    `law` is the name of the law or rule, as it is called there.
    """

    id: Id
    item: FeeItem
    other_side: tuple[CountryCode, ...] = ()
    scheme: SchemeCode | None = None
    work: tuple[Id, ...] = ()
    law: Line
    periods: list[FeePeriod] = Field(min_length=1)

    @model_validator(mode="after")
    def _periods_do_not_overlap(self) -> Self:
        for earlier, later in zip(self.periods, self.periods[1:], strict=False):
            if earlier.until is None or earlier.until >= later.since:
                raise wrong(Saying("fault.periods-overlap", since=later.since), at="periods")
        return self

    def on(self, day: date) -> FeePeriod | None:
        """What holds on a day; None where nothing verified is known."""
        return next((period for period in self.periods if period.holds_on(day)), None)


class FeeRules(Record):
    """`rules/fee_check/<cc>.yml`: what workers from a country, or going to it, may be asked to pay.

    `role` says which: of an `origin`, rules for its workers; of a `destination`, for those who come.
    `complain` are the services to turn to.
    """

    folder: ClassVar[str] = "rules/fee_check"
    about: ClassVar[str | None] = None
    country: CountryCode
    role: list[Role] = Field(min_length=1)
    answers: tuple[AnswerKey, ...] = ()
    complain: tuple[ServiceId, ...] = ()
    rules: list[FeeRule] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_different(self) -> Self:
        ids = [rule.id for rule in self.rules]
        if len(set(ids)) != len(ids):
            raise wrong(Saying("fault.ids-twice"), at="rules")
        return self
