"""The dated figures of a job, and of sending money home, that hold on a day.

Where none does, nothing is known.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from content.records import Figure, MoneyFigures, MoneyPeriod, MoneyRule, SchemeFacts, Terms

_EITHER: tuple[tuple[Terms, Terms], ...] = (
    ("short-stay", "long-stay"),
    ("first-seasons", "later-seasons"),
    ("household", "other-work"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that holds, with the rule that says it."""

    rule: MoneyRule
    period: MoneyPeriod


@dataclass(frozen=True, slots=True)
class FiguresInForce:
    """The figures of one record on a day; `record` is None where the library has none."""

    record: MoneyFigures | None
    day: date

    def known(self, figure: Figure, terms: str | None = None) -> Known | None:
        """A figure for a job with such terms; what holds for all jobs holds for it too."""
        for rule in self.record.rules if self.record else ():
            period = rule.on(self.day)
            if period is not None and rule.figure == figure and rule.terms in (None, terms):
                return Known(rule, period)
        return None

    def terms(self) -> tuple[Terms, ...]:
        """What kinds of job some figure tells apart; empty if none does."""
        named = {rule.terms for rule in (self.record.rules if self.record else ()) if rule.on(self.day)}
        return next((either for either in _EITHER if not named.isdisjoint(either)), ())


def figures_of_work(
    records: Sequence[MoneyFigures],
    schemes: Iterable[SchemeFacts],
    *,
    scheme: str | None,
    country: str | None,
    day: date,
) -> FiguresInForce:
    """The figures of a scheme; of one without its own, those of its country."""
    there = next((each.destination for each in schemes if each.scheme == scheme), None) or country
    own = next((each for each in records if scheme and each.scheme == scheme), None)
    return FiguresInForce(own or _of_country(records, there), day)


def figures_of_sending(records: Sequence[MoneyFigures], country: str | None, day: date) -> FiguresInForce:
    """What sending money to a country costs; of the world where the country is not known."""
    about = [each for each in records if each.about_sending]
    return FiguresInForce(next((each for each in about if country and each.country == country), None), day)


def figures_of_the_world(records: Sequence[MoneyFigures], day: date) -> FiguresInForce:
    """What sending money costs in the world, and what it should cost."""
    return FiguresInForce(
        next((each for each in records if each.about_sending and each.country is None), None), day
    )


def _of_country(records: Sequence[MoneyFigures], country: str | None) -> MoneyFigures | None:
    found: Iterator[MoneyFigures] = (
        each
        for each in records
        if country and each.country == country and not each.about_sending and each.scheme is None
    )
    return next(found, None)
