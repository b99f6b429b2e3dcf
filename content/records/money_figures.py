"""Dated figures that a sum of money needs: the lowest pay, hours, tax, rent, what sending costs."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from content.fields import Line
from content.records.dated_rules import DatedRule, DatedRules, Period, held_on
from content.records.fee_rules import Currency
from content.records.references import AnswerKey, CountryCode, SchemeCode, ServiceId
from content.schema import SourceEntry

Figure = Literal[
    "least-pay",
    "paid-hours",
    "income-tax",
    "insurance",
    "most-rent",
    "left-at-least",
    "advance-weeks",
    "employer-pays-travel",
    "fund-on-top",
    "transfer-average",
    "transfer-cheapest",
    "transfer-goal",
]
Terms = Literal["short-stay", "long-stay", "first-seasons", "later-seasons", "household", "other-work"]


class MoneyPeriod(Period):
    """What a figure was from one day until another: so much of a unit, for an hour, a week …"""

    value: Decimal = Field(ge=0)
    unit: Literal["percent", "hours", "weeks"] | Currency
    per: Literal["job", "hour", "day", "week", "month", "year"] = "job"
    source: SourceEntry


class MoneyRule(DatedRule):
    """One figure; `terms` are those of the job for which it holds, if not for all.

    `law` is the name of the law or rule, as it is called there.
    """

    fixed: ClassVar[tuple[str, ...]] = ("figure", "terms", "law")
    figure: Figure
    terms: Terms | None = None
    law: Line
    periods: list[MoneyPeriod] = Field(min_length=1)

    def on(self, day: date) -> MoneyPeriod | None:
        """What holds on a day; None where nothing verified is known."""
        return held_on(self.periods, day)


class MoneyFigures(DatedRules):
    """`rules/money/<id>.yml`: the figures of a scheme, of work in a country, or of sending money to one.

    `about_sending`: the country is where the money goes; without a country it is the whole world.
    """

    folder: ClassVar[str] = "rules/money"
    shelf: ClassVar[str] = "figures"
    fixed: ClassVar[tuple[str, ...]] = ("scheme", "country", "about_sending")
    scheme: SchemeCode | None = None
    country: CountryCode | None = None
    about_sending: bool = False
    answers: tuple[AnswerKey, ...] = ()
    services: tuple[ServiceId, ...] = ()
    rules: list[MoneyRule] = Field(min_length=1)
