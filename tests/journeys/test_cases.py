"""The cases of `tests/journeys/*.yml`, which staff can read and write, against the real library."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from content.folder import Library
from content.journeys.agency_check import AgencyFacts, check_agency
from content.journeys.amount_words import amount_words
from content.journeys.amounts import Amount, Money, understood
from content.journeys.fee_check import Fee, FeeFacts, check_fees
from content.journeys.fee_limit import Pay
from content.journeys.fee_rules_in_force import Way
from content.journeys.offer_check import OfferFacts, check_offer
from content.journeys.offer_signs import offer_signs
from content.journeys.service_finder import NEEDS, find_services
from content.records import AgencyCheck, FeeRules, SchemeFacts
from content.registers import Registers
from content.yaml_text import load
from tests.journeys.conftest import records_of

CASES = Path("tests/journeys")
LEAST = 12


def read(journey: str) -> list[dict[str, Any]]:
    found = load((CASES / f"{journey}.yml").read_text(encoding="utf-8"))
    listed: list[dict[str, Any]] = found["cases"] if isinstance(found, dict) else found
    return listed


def cases(journey: str) -> list[Any]:
    """The cases of a journey, named by their sentences."""
    found = read(journey)
    return [pytest.param(case, id=case["case"]) for case in found]


def amount_in(library: Library, text: str | None, facts: Mapping[str, Any]) -> Amount | None:
    if text is None:
        return None
    countries = [facts[name] for name in ("origin", "destination") if name in facts]
    return understood(str(text), amount_words(library.gazetteers["currency"].values), countries)


@pytest.mark.parametrize("journey", ["fee_check", "agency_check", "offer_check", "service_finder"])
def test_each_journey_has_its_cases(journey: str) -> None:
    found = read(journey)
    assert len(found) >= LEAST
    assert len({case["case"] for case in found}) == len(found)


@pytest.mark.parametrize("case", cases("fee_check"))
def test_fee_check(case: dict[str, Any], library: Library) -> None:
    facts, expected = case["facts"], case["outcome"]
    known = {"origin", "destination", "scheme", "work", "item", "amount", "monthly_pay", "asked_by",
             "contract_months", "paid"}  # fmt: skip
    assert set(facts) <= known
    assert set(expected) <= {"verdict", "over", "rules", "missing", "complain", "scheme_says"}
    monthly = amount_in(library, facts.get("monthly_pay"), facts)
    assert monthly is None or isinstance(monthly, Money)
    fee = Fee(
        facts["item"],
        amount_in(library, facts.get("amount"), facts),
        asked_by=facts.get("asked_by", "unknown"),
        paid=facts.get("paid", False),
    )
    way = Way(*(facts.get(name) for name in ("origin", "destination", "scheme", "work")))
    told = FeeFacts(
        way, (fee,), Pay(monthly, int(facts["contract_months"]) if "contract_months" in facts else None)
    )
    rules, schemes = records_of(library, FeeRules), records_of(library, SchemeFacts)
    outcome = check_fees(told, rules, schemes, date.fromisoformat(case["on"]))
    (of_fee,) = outcome.fees
    assert of_fee.verdict == expected["verdict"]
    assert {each.rule.id for each in of_fee.decisive} == set(expected["rules"])
    assert of_fee.over == amount_in(library, expected.get("over"), facts)
    assert list(of_fee.missing) == expected.get("missing", [])
    assert of_fee.scheme_says == expected.get("scheme_says")
    if "complain" in expected:
        assert sorted(outcome.complain) == sorted(expected["complain"])
    assert all(each.rule.source.url for each in of_fee.decisive)


def test_every_rule_holds_on_its_first_and_last_day_and_not_beside_them(library: Library) -> None:
    looked = 0
    for record in records_of(library, FeeRules):
        for rule in record.rules:
            for period in rule.periods:
                assert rule.on(period.since) == period
                assert rule.on(period.since - timedelta(days=1)) != period
                if period.until is not None:
                    assert rule.on(period.until) == period
                    assert rule.on(period.until + timedelta(days=1)) != period
                looked += 1
    assert looked > 100


def test_every_rule_decides_for_a_way_that_it_names(library: Library) -> None:
    """No rule of the library is out of reach: for its own case, it or a stricter one makes the verdict."""
    records, schemes = records_of(library, FeeRules), records_of(library, SchemeFacts)
    looked = 0
    for record in records:
        for rule in record.rules:
            here, there = record.country, (rule.other_side or (None,))[0]
            origin, destination = (here, there) if "origin" in record.role else (there, here)
            way = Way(origin, destination, rule.scheme, (rule.work or (None,))[0])
            outcome = check_fees(FeeFacts(way, (Fee(rule.item),)), records, schemes, rule.periods[-1].since)
            told = [each.rule.id for each in (*outcome.fees[0].decisive, *outcome.fees[0].others)]
            assert rule.id in told, rule.id
            looked += 1
    assert looked > 100


def test_what_fee_check_leads_to_is_in_the_library(library: Library) -> None:
    way = Way("PH", "SA", None, "domestic-work")
    facts = FeeFacts(way, (Fee("placement", paid=True),))
    outcome = check_fees(facts, records_of(library, FeeRules), [], date(2026, 11, 23))
    services = {service.id for file in library.services.values() for service in file.services}
    assert "fees.refund" in outcome.answers
    assert set(outcome.answers) <= set(library.answers)
    assert set(outcome.complain) <= services


@pytest.mark.parametrize("case", cases("agency_check"))
def test_agency_check(case: dict[str, Any], library: Library, registers: Engine) -> None:
    facts, expected = case["facts"], case["outcome"]
    assert set(expected) <= {"verdict", "found", "doubts", "way", "services"}
    told = AgencyFacts(facts.get("country"), facts.get("name", ""), facts.get("licence", ""))
    ways, day = records_of(library, AgencyCheck), date.fromisoformat(case["on"])
    outcome = check_agency(told, Registers(registers), ways, day)
    assert outcome.verdict == expected["verdict"]
    assert [each.agency.licence for each in outcome.found] == expected["found"]
    assert list(outcome.doubts) == expected["doubts"]
    assert (outcome.way.id if outcome.way else None) == expected["way"]
    assert list(outcome.services) == expected.get("services", list(outcome.services))
    assert set(outcome.answers) <= set(library.answers)


@pytest.mark.parametrize("case", cases("offer_check"))
def test_offer_check(case: dict[str, Any], library: Library) -> None:
    facts, expected = case["facts"], case["outcome"]
    assert set(expected) <= {"level", "signs", "not_told"}
    told = {name: {"true": True, "false": False}.get(value, value) for name, value in facts.items()}
    schemes, day = records_of(library, SchemeFacts), date.fromisoformat(case["on"])
    outcome = check_offer(OfferFacts(**told), offer_signs(), schemes, day)
    assert outcome.level == expected["level"]
    assert sorted(each.id for each in outcome.signs) == sorted(expected["signs"])
    assert list(outcome.not_told) == expected.get("not_told", list(outcome.not_told))
    assert all(each.answers for each in outcome.signs)
    assert set(outcome.answers) <= set(library.answers)


@pytest.mark.parametrize("case", cases("service_finder"))
def test_service_finder(case: dict[str, Any], library: Library) -> None:
    told, expected = case["told"], case["outcome"]
    assert set(expected) <= {"first", "also", "never", "fits"}
    file = library.services.get(told["country"].lower())
    found = find_services(told, file.services if file else [])
    assert found.fits is (expected.get("fits", "true") == "true")
    assert found.services[: len(expected["first"])] == tuple(expected["first"])
    assert set(expected.get("also", [])) <= set(found.services)
    assert not set(expected.get("never", [])) & set(found.services)
    assert set(found.answers) <= set(library.answers)


def test_every_need_has_a_case() -> None:
    assert {case["told"].get("need") for case in read("service_finder")} == {*NEEDS, ""}


def test_every_sign_has_a_case_and_answers_with_sources(library: Library) -> None:
    seen = {sign for case in read("offer_check") for sign in case["outcome"]["signs"]}
    signs = offer_signs().signs
    assert set(signs) - seen == {"no-contract"}
    looked = 0
    for sign in signs.values():
        for key in sign.answers:
            assert all(variant.sources for variant in library.answers[key].about.variants), key
            looked += 1
    assert looked > 20


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("japan.skill-development", "1 April 2027"),
        ("pathways.care-uk-closed", "22 July 2025"),
        ("fees.online-offers", "Cambodia, Myanmar, Laos, the Philippines and Malaysia"),
    ],
)
def test_days_and_countries_of_the_signs_are_those_of_the_answers(
    answer: str, said: str, library: Library
) -> None:
    signs = offer_signs()
    named = {signs.compounds.answer, *(way.answer for way in signs.closed)}
    assert answer in named
    assert said in library.answers[answer].texts["en"].body
