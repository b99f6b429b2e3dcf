"""What a worker may be asked to pay for: the rules of a country, since when, until when, by which law."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from content.fields import Id, Line, wrong
from content.records.dated_rules import DatedRule, DatedRules, Period, held_on
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


class FeePeriod(Period):
    """What held from one day until another."""

    verdict: Literal["forbidden", "limited", "allowed"]
    limit: FeeLimit | None = None
    source: SourceEntry

    @model_validator(mode="after")
    def _limit_goes_with_the_verdict(self) -> Self:
        if (self.verdict == "limited") != (self.limit is not None):
            raise wrong(Saying("fault.limit-and-verdict"), at="limit")
        return self


class FeeRule(DatedRule):
    """What a worker may be asked to pay for one thing. Without conditions it holds for everybody.

    `law` is the name of the law or rule, as it is called there.
    """

    fixed: ClassVar[tuple[str, ...]] = ("item", "other_side", "scheme", "work", "law")
    item: FeeItem
    other_side: tuple[CountryCode, ...] = ()
    scheme: SchemeCode | None = None
    work: tuple[Id, ...] = ()
    law: Line
    periods: list[FeePeriod] = Field(min_length=1)

    def on(self, day: date) -> FeePeriod | None:
        """What holds on a day; None where nothing verified is known."""
        return held_on(self.periods, day)


class FeeRules(DatedRules):
    """`rules/fee_check/<cc>.yml`: what workers from a country, or going to it, may be asked to pay.

    `role` says which: of an `origin`, rules for its workers; of a `destination`, for those who come.
    `complain` are the services to turn to.
    """

    folder: ClassVar[str] = "rules/fee_check"
    fixed: ClassVar[tuple[str, ...]] = ("country", "role")
    country: CountryCode
    role: list[Role] = Field(min_length=1)
    answers: tuple[AnswerKey, ...] = ()
    complain: tuple[ServiceId, ...] = ()
    rules: list[FeeRule] = Field(min_length=1)
