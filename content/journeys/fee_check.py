"""Fee check: what somebody is asked to pay, beside the rules in force on a day; item by item.

The origin's rules and the destination's both count: what either forbids is forbidden. Where no rule of the
library holds, there is no verified figure. Not here: words, and how facts are asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from content.journeys.amounts import Amount, Money, MonthsOfPay
from content.journeys.fee_limit import Compared, Missing, Pay, compared
from content.journeys.fee_rules_in_force import MightApply, RuleInForce, Way, in_force, rules_of
from content.records import FeeRules, SchemeFacts
from content.records.fee_rules import FeeItem

type Asked = FeeItem | Literal["processing", "unknown"]
type Asker = Literal["agency", "person", "employer", "public-office", "unknown"]
type Verdict = Literal[
    "forbidden", "above-limit", "within-limit", "allowed", "not-compared", "depends", "no-verified-figure"
]
type Doubt = Literal[
    "vague-item", "currency-not-said", "start-not-known", "other-rules-may-apply", "only-a-total",
    "no-limit-known",
]  # fmt: skip
type AskFor = Literal["what-it-is-for", "written-contract", "official-receipt", "pay-the-office-itself"]

# What "processing" and the like may be, in the words of the rules.
_VAGUE: tuple[FeeItem, ...] = ("placement", "service", "registration")
_OFFICE_ITEMS = frozenset({"visa", "permit", "passport", "documents", "medical", "test", "levy"})
_WORST_FIRST: tuple[Verdict, ...] = (
    "forbidden", "above-limit", "not-compared", "within-limit", "allowed"
)  # fmt: skip
_MORE_ANSWERS = ("fees.receipts", "fees.report-scam")
_PAID_ANSWERS = ("fees.refund",)


@dataclass(frozen=True, slots=True)
class Fee:
    """One thing that money is asked for. `paid` if it was paid already."""

    item: Asked
    amount: Amount | None = None
    asked_by: Asker = "unknown"
    paid: bool = False


@dataclass(frozen=True, slots=True)
class FeeFacts:
    """What a person told: the way, the fees one by one, and what limits may count by."""

    way: Way
    fees: tuple[Fee, ...]
    pay: Pay = field(default_factory=Pay)


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What one rule says of one fee."""

    rule: RuleInForce
    verdict: Verdict
    over: Money | MonthsOfPay | None = None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class FeeOutcome:
    """What can be said of one fee on a day.

    `decisive` are the rules that made the verdict, with their sources; `might_apply` those that hold if
    more were known; `scheme_says` who pays for it in the scheme, where its record tells.
    """

    fee: Fee
    verdict: Verdict
    on: date
    over: Money | MonthsOfPay | None = None
    decisive: tuple[RuleOutcome, ...] = ()
    others: tuple[RuleOutcome, ...] = ()
    might_apply: tuple[MightApply, ...] = ()
    missing: tuple[Missing, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    scheme_says: Literal["worker", "employer", "both"] | None = None
    ask_for: tuple[AskFor, ...] = ()


@dataclass(frozen=True, slots=True)
class FeesOutcome:
    """All fees, their sum beside limits on a total, and where to read on and to complain (ids)."""

    fees: tuple[FeeOutcome, ...]
    totals: tuple[RuleOutcome, ...]
    answers: tuple[str, ...]
    complain: tuple[str, ...]


def check_fees(
    facts: FeeFacts, rules: Sequence[FeeRules], schemes: Iterable[SchemeFacts], day: date
) -> FeesOutcome:
    """What can be said of everything that a person is asked to pay."""
    scheme = next((each for each in schemes if each.scheme == facts.way.scheme), None)
    facts = replace(facts, way=_with_destination(facts.way, scheme))
    records = [record for record, _ in rules_of(rules, facts.way)]
    fees = tuple(_checked(fee, facts, rules, scheme, day) for fee in facts.fees)
    forbidden = any(each.verdict in ("forbidden", "above-limit") for each in fees)
    paid = _PAID_ANSWERS if forbidden and any(fee.paid for fee in facts.fees) else ()
    answers = [key for record in records for key in record.answers]
    return FeesOutcome(
        fees=fees,
        totals=_totals(facts, rules, day),
        answers=tuple(dict.fromkeys((*answers, *paid, *_MORE_ANSWERS))),
        complain=tuple(dict.fromkeys(id_ for record in records for id_ in record.complain)),
    )


def _with_destination(way: Way, scheme: SchemeFacts | None) -> Way:
    """A scheme leads to its own country."""
    if scheme is None or scheme.destination is None or way.destination is not None:
        return way
    return replace(way, destination=scheme.destination)


def _checked(
    fee: Fee, facts: FeeFacts, rules: Sequence[FeeRules], scheme: SchemeFacts | None, day: date
) -> FeeOutcome:
    way, pay, items = facts.way, facts.pay, _items(fee)
    holds, might = in_force(rules, way, items, day)
    told = [_said(rule, fee, pay) for rule in holds]
    over_total = [each for each in _totals_of(fee, way, pay, rules, day) if each.verdict == "above-limit"]
    verdict = _combined(fee, told, over_total)
    decisive = [each for each in (*told, *over_total) if each.verdict == verdict]
    might = tuple(each for each in might if _would_change(each, verdict))
    return FeeOutcome(
        fee=fee,
        verdict=verdict,
        on=day,
        over=_excess(decisive),
        decisive=tuple(decisive),
        others=tuple(each for each in told if each not in decisive),
        might_apply=might,
        missing=_missing(verdict, told, might, way),
        doubts=_doubts(fee, decisive, might, verdict),
        scheme_says=_scheme_says(items, scheme),
        ask_for=_ask_for(fee, verdict),
    )


def _items(fee: Fee) -> tuple[FeeItem, ...]:
    if fee.item == "processing":
        return _VAGUE
    return () if fee.item == "unknown" else (fee.item,)


def _said(rule: RuleInForce, fee: Fee, pay: Pay) -> RuleOutcome:
    """What a rule says: a limit of nothing at all is a ban."""
    limit = rule.period.limit
    if limit is None:
        return RuleOutcome(rule, "forbidden" if rule.period.verdict == "forbidden" else "allowed")
    if limit.value == 0:
        return RuleOutcome(rule, "forbidden")
    return _beside(rule, compared(fee.amount, limit, pay))


def _beside(rule: RuleInForce, beside: Compared) -> RuleOutcome:
    if beside.within is None:
        return RuleOutcome(rule, "not-compared", missing=beside.missing)
    return RuleOutcome(rule, "within-limit" if beside.within else "above-limit", over=beside.over)


def _combined(fee: Fee, told: Sequence[RuleOutcome], over_total: Sequence[RuleOutcome]) -> Verdict:
    """The strictest counts. A vague name is settled only if all that it may be comes to the same."""
    said = {each.verdict for each in told}
    if fee.item == "processing" and said:
        covered = {each.rule.rule.item for each in told}
        if len(said) > 1 or (said != {"forbidden"} and covered != set(_VAGUE)):
            return "depends"
    said |= {each.verdict for each in over_total}
    return next((verdict for verdict in _WORST_FIRST if verdict in said), "no-verified-figure")


def _would_change(might: MightApply, verdict: Verdict) -> bool:
    """A rule that forbids what is forbidden already, or allows what is allowed, changes nothing."""
    return verdict not in ("forbidden", might.rule.period.verdict)


def _excess(decisive: Sequence[RuleOutcome]) -> Money | MonthsOfPay | None:
    """By how much the amount is above the lowest limit, where the excesses can be put in order."""
    over = [each.over for each in decisive if each.over is not None]
    money = [each for each in over if isinstance(each, Money)]
    months = [each for each in over if isinstance(each, MonthsOfPay)]
    if money and len({each.currency for each in money}) == 1:
        return max(money, key=lambda each: each.value)
    return max(months, key=lambda each: each.months) if months else next(iter(over), None)


def _missing(
    verdict: Verdict, told: Sequence[RuleOutcome], might: Sequence[MightApply], way: Way
) -> tuple[Missing, ...]:
    """What to ask for: first what a limit needs, then what decides which rule holds."""
    wanted: dict[Missing, None] = {}
    if verdict == "not-compared":
        wanted |= {name: None for each in told for name in each.missing}
    names: tuple[Missing, ...] = ("scheme", "destination", "origin", "work")
    wanted |= {name: None for name in names if any(name in each.unknown for each in might)}
    if verdict == "no-verified-figure":
        unknown: tuple[tuple[Missing, str | None], ...] = (
            ("origin", way.origin),
            ("destination", way.destination),
        )
        wanted |= {name: None for name, known in unknown if known is None}
    return tuple(wanted)


def _doubts(
    fee: Fee, decisive: Sequence[RuleOutcome], might: Sequence[MightApply], verdict: Verdict
) -> tuple[Doubt, ...]:
    amount = fee.amount
    not_said = isinstance(amount, Money) and not amount.sure
    found: tuple[tuple[Doubt, bool], ...] = (
        ("vague-item", fee.item in ("processing", "unknown")),
        ("currency-not-said", not_said and verdict in ("above-limit", "within-limit")),
        ("start-not-known", any(each.rule.started_unknown for each in decisive)),
        ("other-rules-may-apply", bool(might)),
        ("no-limit-known", verdict == "allowed"),
        ("only-a-total", bool(decisive) and all(each.rule.rule.item == "total" for each in decisive)),
    )
    return tuple(doubt for doubt, holds in found if holds)


def _scheme_says(
    items: Sequence[FeeItem], scheme: SchemeFacts | None
) -> Literal["worker", "employer", "both"] | None:
    if scheme is None or len(items) != 1:
        return None
    worker, employer = items[0] in scheme.worker_pays, items[0] in scheme.employer_pays
    if worker and employer:
        return "both"
    return "worker" if worker else "employer" if employer else None


def _ask_for(fee: Fee, verdict: Verdict) -> tuple[AskFor, ...]:
    found: tuple[tuple[AskFor, bool], ...] = (
        ("what-it-is-for", fee.item in ("processing", "unknown")),
        ("written-contract", verdict != "forbidden" and fee.asked_by != "public-office"),
        ("pay-the-office-itself", fee.item in _OFFICE_ITEMS and fee.asked_by in ("agency", "person")),
        ("official-receipt", verdict != "forbidden" or fee.paid),
    )
    return tuple(what for what, holds in found if holds)


def _totals_of(fee: Fee, way: Way, pay: Pay, rules: Sequence[FeeRules], day: date) -> tuple[RuleOutcome, ...]:
    """One fee alone beside limits on everything together: it may be above them, never within them."""
    if fee.item == "total" or fee.amount is None:
        return ()
    holds, _ = in_force(rules, way, ("total",), day)
    return tuple(_said(rule, fee, pay) for rule in holds)


def _totals(facts: FeeFacts, rules: Sequence[FeeRules], day: date) -> tuple[RuleOutcome, ...]:
    """The sum of all fees in one currency beside limits on a total."""
    asked = [fee.amount for fee in facts.fees]
    money = [amount for amount in asked if isinstance(amount, Money) and amount.per is None]
    if len(money) != len(asked) or len({amount.currency for amount in money}) != 1:
        return ()
    value = sum((amount.value for amount in money), Decimal(0))
    together = Money(value, money[0].currency, sure=all(amount.sure for amount in money))
    holds, _ = in_force(rules, facts.way, ("total",), day)
    return tuple(_said(rule, Fee("total", together), facts.pay) for rule in holds)
