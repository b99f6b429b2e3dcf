"""Edges of the fee check, with rules made for the test."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from content.journeys.amounts import Amount, Between, Money, MonthsOfPay, Unclear
from content.journeys.fee_check import Fee, FeeFacts, FeesOutcome, Verdict, check_fees
from content.journeys.fee_limit import Compared, Pay, compared
from content.journeys.fee_rules_in_force import Way
from content.records import FeeLimit, FeeRules

DAY = date(2026, 6, 1)
SOURCE = {
    "title": "A law",
    "publisher": "A ministry",
    "url": "https://example.org",
    "as_of": "2025",
    "checked_on": "2026-01-01",
}


def rule(
    id_: str, item: str, verdict: str, limit: dict[str, str] | None = None, **more: Any
) -> dict[str, Any]:
    period = {
        "from": "2026-01-01",
        "until": None,
        "starts": "then",
        "verdict": verdict,
        "limit": limit,
        "source": SOURCE,
    }
    return {"id": id_, "item": item, "law": "A law", "periods": [period], **more}


def rules(country: str, role: str, *each: dict[str, Any]) -> FeeRules:
    return FeeRules.model_validate(
        {"id": country.lower(), "country": country, "role": [role], "rules": list(each)}
    )


def outcome(way: Way, fee: Fee, *records: FeeRules, pay: Pay | None = None) -> FeesOutcome:
    return check_fees(FeeFacts(way, (fee,), pay or Pay()), records, [], DAY)


def kina(value: float, **more: Any) -> Money:
    return Money(Decimal(value), "PGK", **more)


HUNDRED_KINA = {"value": "100", "unit": "PGK"}


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        (kina(99.99), "within-limit"),
        (kina(100), "within-limit"),
        (kina(100.01), "above-limit"),
        (Between(kina(50), kina(100)), "within-limit"),
        (Between(kina(101), kina(200)), "above-limit"),
        (Between(kina(50), kina(200)), "not-compared"),
        (Money(Decimal(1), "AUD"), "not-compared"),
        (MonthsOfPay(Decimal(1)), "not-compared"),
        (Unclear("no-number"), "not-compared"),
        (None, "not-compared"),
    ],
)
def test_an_amount_beside_a_limit(asked: Amount | None, verdict: Verdict) -> None:
    record = rules("PG", "origin", rule("pg-service", "service", "limited", HUNDRED_KINA))
    (fee,) = outcome(Way("PG"), Fee("service", asked), record).fees
    assert fee.verdict == verdict


def test_what_one_country_forbids_is_forbidden_though_the_other_allows_it() -> None:
    origin = rules("PG", "origin", rule("pg-visa", "visa", "allowed"))
    destination = rules("AU", "destination", rule("au-visa", "visa", "forbidden"))
    (fee,) = outcome(Way("PG", "AU"), Fee("visa", kina(1)), origin, destination).fees
    assert fee.verdict == "forbidden"
    assert [each.rule.id for each in fee.decisive] == ["au-visa"]
    assert [each.rule.id for each in fee.others] == ["pg-visa"]


def test_a_rule_for_those_who_come_is_none_for_those_who_leave() -> None:
    record = rules("AU", "destination", rule("au-visa", "visa", "forbidden"))
    (fee,) = outcome(Way("AU", "NZ"), Fee("visa"), record).fees
    assert fee.verdict == "no-verified-figure"


def test_a_special_rule_takes_the_place_of_the_general_one_in_its_country() -> None:
    record = rules(
        "PG",
        "origin",
        rule("pg-service", "service", "forbidden"),
        rule("pg-service-sea", "service", "limited", HUNDRED_KINA, work=["seafaring"]),
    )
    (fee,) = outcome(Way("PG", work="seafaring"), Fee("service", kina(50)), record).fees
    assert fee.verdict == "within-limit"
    (unknown,) = outcome(Way("PG"), Fee("service", kina(50)), record).fees
    assert unknown.verdict == "forbidden"


def test_an_unknown_fact_that_would_change_the_verdict_is_asked_for() -> None:
    record = rules("PG", "origin", rule("pg-service", "service", "forbidden", scheme="PALM", work=["dairy"]))
    (fee,) = outcome(Way("PG", "AU"), Fee("service"), record).fees
    assert fee.verdict == "no-verified-figure"
    assert fee.missing == ("scheme", "work")
    assert fee.doubts == ("other-rules-may-apply",)


def test_a_limit_of_nothing_forbids() -> None:
    record = rules("PG", "origin", rule("pg-service", "service", "limited", {"value": "0", "unit": "PGK"}))
    (fee,) = outcome(Way("PG"), Fee("service"), record).fees
    assert fee.verdict == "forbidden"


def test_what_is_allowed_says_nothing_of_how_much() -> None:
    record = rules("PG", "origin", rule("pg-visa", "visa", "allowed"))
    (fee,) = outcome(Way("PG"), Fee("visa", kina(100000), asked_by="agency"), record).fees
    assert fee.verdict == "allowed"
    assert "no-limit-known" in fee.doubts
    assert fee.ask_for == ("written-contract", "pay-the-office-itself", "official-receipt")


def test_the_sum_of_fees_is_held_to_the_limit_of_all_costs() -> None:
    record = rules("PG", "origin", rule("pg-total", "total", "limited", HUNDRED_KINA))
    fees = (Fee("visa", kina(60)), Fee("medical", kina(60)))
    told = check_fees(FeeFacts(Way("PG"), fees), [record], [], DAY)
    assert [fee.verdict for fee in told.fees] == ["no-verified-figure", "no-verified-figure"]
    assert [(each.verdict, each.over) for each in told.totals] == [("above-limit", kina(20))]


def test_fees_in_two_currencies_are_not_added_up() -> None:
    record = rules("PG", "origin", rule("pg-total", "total", "limited", HUNDRED_KINA))
    fees = (Fee("visa", kina(60)), Fee("medical", Money(Decimal(60), "AUD")))
    assert check_fees(FeeFacts(Way("PG"), fees), [record], [], DAY).totals == ()


def test_a_currency_that_was_not_said_is_a_doubt() -> None:
    record = rules("PG", "origin", rule("pg-service", "service", "limited", HUNDRED_KINA))
    (fee,) = outcome(Way("PG"), Fee("service", kina(200, sure=False)), record).fees
    assert fee.verdict == "above-limit"
    assert "currency-not-said" in fee.doubts


def limit(value: str, unit: str, per: str = "job") -> FeeLimit:
    return FeeLimit.model_validate({"value": value, "unit": unit, "per": per})


def test_a_limit_for_each_year_needs_the_length_of_the_contract() -> None:
    most = limit("1", "months-of-pay", "year")
    two, three = MonthsOfPay(Decimal(2)), MonthsOfPay(Decimal(3))
    assert compared(two, most, Pay()).missing == ("contract-length",)
    assert compared(two, most, Pay(contract_months=24)) == Compared(within=True)
    assert compared(three, most, Pay(contract_months=24)).over == MonthsOfPay(Decimal(1))


def test_a_limit_for_each_month_beside_an_amount_for_the_whole_job() -> None:
    most = limit("100", "PGK", "month")
    assert compared(kina(100), most, Pay()).within
    assert compared(kina(1000), most, Pay()).missing == ("contract-length",)
    assert compared(kina(1000), most, Pay(contract_months=12)).within
    assert compared(kina(1300), most, Pay(contract_months=12)).over == kina(100)
    assert compared(kina(101, per="month"), most, Pay()).over == kina(1, per="month")


def test_a_share_of_the_months_pay() -> None:
    most, pay = limit("10", "percent-of-monthly-pay"), Pay(monthly=kina(1000, per="month"))
    assert compared(kina(100), most, pay).within
    assert compared(kina(101), most, pay).over == kina(1)
    assert compared(kina(100), most, Pay()).missing == ("monthly-pay",)
    assert compared(MonthsOfPay(Decimal(1)), most, Pay()).over == MonthsOfPay(Decimal("0.9"))
    other = Pay(monthly=replace(kina(1000), currency="AUD"))
    assert compared(kina(100), most, other).missing == ("same-currency",)


def test_a_share_of_the_pay_of_the_whole_contract() -> None:
    most = limit("10", "percent-of-contract-pay")
    pay = Pay(monthly=kina(1000), contract_months=12)
    assert compared(kina(1200), most, pay).within
    assert compared(kina(1201), most, pay).over == kina(1)
    assert compared(kina(1), most, Pay(monthly=kina(1000))).missing == ("contract-length",)
