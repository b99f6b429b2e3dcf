"""Which rules on fees hold for a person's way on a day: of the origin and of the destination.

In one country a rule for a special case takes the place of the one for everybody (lex specialis). Not here:
what they come to for an amount (`content.journeys.fee_check`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from content.records import FeePeriod, FeeRule, FeeRules
from content.schema import Role, SourceEntry


@dataclass(frozen=True, slots=True)
class Way:
    """What is known of a person's way: countries, scheme, and the sector of the work."""

    origin: str | None = None
    destination: str | None = None
    scheme: str | None = None
    work: str | None = None


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule of a country, and what it says on the day that was asked for."""

    country: str
    role: Role
    rule: FeeRule
    period: FeePeriod

    @property
    def id(self) -> str:
        """The id of the rule in the library."""
        return self.rule.id

    @property
    def source(self) -> SourceEntry:
        """Where it is written."""
        return self.period.source

    @property
    def started_unknown(self) -> bool:
        """Whether the source does not say since when it holds."""
        return self.period.starts == "by-then"


@dataclass(frozen=True, slots=True)
class MightApply:
    """A rule that holds if a fact is as it wants; `unknown` are the facts to ask for."""

    rule: RuleInForce
    unknown: tuple[str, ...]


def rules_of(records: Iterable[FeeRules], way: Way) -> tuple[tuple[FeeRules, Role], ...]:
    """The records of the person's countries, and as which of them they count."""
    found: list[tuple[FeeRules, Role]] = []
    for record in records:
        if record.country == way.origin and "origin" in record.role:
            found.append((record, "origin"))
        if record.country == way.destination and "destination" in record.role:
            found.append((record, "destination"))
    return tuple(found)


def in_force(
    records: Sequence[FeeRules], way: Way, items: Collection[str], day: date
) -> tuple[tuple[RuleInForce, ...], tuple[MightApply, ...]]:
    """The rules on some items that hold for a way on a day, and those that may, if more were known."""
    holds: list[RuleInForce] = []
    might: list[MightApply] = []
    for record, role in rules_of(records, way):
        here: list[RuleInForce] = []
        for rule, period in _on(record, items, day):
            told = RuleInForce(record.country, role, rule, period)
            unknown = _unknown(rule, role, way)
            if unknown:
                might.append(MightApply(told, unknown))
            elif unknown is not None:
                here.append(told)
        holds += _most_special(here)
    return tuple(holds), tuple(might)


def _on(record: FeeRules, items: Collection[str], day: date) -> Iterator[tuple[FeeRule, FeePeriod]]:
    for rule in record.rules:
        period = rule.on(day)
        if rule.item in items and period is not None:
            yield rule, period


def _unknown(rule: FeeRule, role: Role, way: Way) -> tuple[str, ...] | None:
    """Which facts the rule wants that are not known; None if it is not for this way."""
    other = way.destination if role == "origin" else way.origin
    other_name = "destination" if role == "origin" else "origin"
    conditions: tuple[tuple[str, Collection[str], str | None], ...] = (
        (other_name, rule.other_side, other),
        ("scheme", (rule.scheme,) if rule.scheme else (), way.scheme),
        ("work", rule.work, way.work),
    )
    if any(wanted and known is not None and known not in wanted for _, wanted, known in conditions):
        return None
    return tuple(name for name, wanted, known in conditions if wanted and known is None)


def _most_special(rules: Sequence[RuleInForce]) -> list[RuleInForce]:
    """Less those in whose place a rule with all their conditions and more stands."""
    return [
        rule
        for rule in rules
        if not any(
            other.rule.item == rule.rule.item and _conditions(other.rule) > _conditions(rule.rule)
            for other in rules
        )
    ]


def _conditions(rule: FeeRule) -> frozenset[str]:
    wants = {"other_side": rule.other_side, "scheme": rule.scheme, "work": rule.work}
    return frozenset(name for name, wanted in wants.items() if wanted)
