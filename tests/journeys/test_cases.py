"""The cases of `tests/journeys/*.yml`, which staff can read and write, against the real library."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlalchemy import Engine

from content.folder import Library
from content.journeys.agency_check import AgencyFacts, check_agency
from content.journeys.amount_codes import code_of
from content.journeys.amount_words import amount_words
from content.journeys.amounts import Amount, Money, understood
from content.journeys.career_guide import Against, guide
from content.journeys.career_guide_steps import facts_of
from content.journeys.checklist import begun_plan, due_reminder, next_reminder, things_of
from content.journeys.fee_check import Fee, FeeFacts, check_fees
from content.journeys.fee_limit import Pay
from content.journeys.fee_rules_in_force import Way
from content.journeys.money_loan import Loan
from content.journeys.money_steps import MoneySums, loan
from content.journeys.money_take_home import TakeHome
from content.journeys.money_transfer import Transfer
from content.journeys.offer_check import OfferFacts, check_offer
from content.journeys.offer_signs import offer_signs
from content.journeys.service_finder import NEEDS, OF_OWN_PEOPLE, find_services
from content.records import AgencyCheck, Checklist, FeeRules, MoneyFigures, OccupationFacts, SchemeFacts
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


@pytest.mark.parametrize(
    "journey",
    ["fee_check", "agency_check", "offer_check", "service_finder", "career_guide", "money", "checklist"],
)
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
    assert set(expected) <= {"level", "signs", "not_told", "contract_lacks"}
    is_so = {"true": True, "false": False}
    told: dict[str, Any] = {
        name: is_so.get(value, value) if isinstance(value, str) else value for name, value in facts.items()
    }
    schemes, day = records_of(library, SchemeFacts), date.fromisoformat(case["on"])
    outcome = check_offer(OfferFacts(**told), offer_signs(), schemes, day)
    assert outcome.level == expected["level"]
    assert sorted(each.id for each in outcome.signs) == sorted(expected["signs"])
    assert list(outcome.contract_lacks) == expected.get("contract_lacks", list(outcome.contract_lacks))
    assert list(outcome.not_told) == expected.get("not_told", list(outcome.not_told))
    assert all(each.answers for each in outcome.signs)
    assert set(outcome.answers) <= set(library.answers)


@pytest.mark.parametrize("case", cases("service_finder"))
def test_service_finder(case: dict[str, Any], library: Library) -> None:
    told, expected = case["told"], case["outcome"]
    assert set(expected) <= {"first", "also", "never", "fits"}
    at = datetime.fromisoformat(case["at"]) if "at" in case else None
    file, home = (library.services.get(told.get(step, "").lower()) for step in ("country", "passport"))
    abroad = [each for each in home.services if each.kind == OF_OWN_PEOPLE] if home and home != file else []
    there = [*(file.services if file else []), *abroad]
    found = find_services(told, there, language=case.get("language", "en"), at=at)
    assert found.fits is (expected.get("fits", "true") == "true")
    assert found.services[: len(expected["first"])] == tuple(expected["first"])
    assert set(expected.get("also", [])) <= set(found.services)
    assert not set(expected.get("never", [])) & set(found.services)
    assert set(found.answers) <= set(library.answers)


@pytest.mark.parametrize("case", cases("career_guide"))
def test_career_guide(case: dict[str, Any], library: Library) -> None:
    told, expected = case["told"], case["outcome"]
    assert set(expected) <= {"fits", "never", "against", "missing", "notes", "jobs", "thoughts", "steps",
                             "services", "answers"}  # fmt: skip
    facts = facts_of(
        {
            step: value
            for name, values in told.items()
            for step, value in (
                [(f"{name.rstrip('s')}-{n}", each) for n, each in enumerate(values, start=1)]
                if isinstance(values, list)
                else [(name, values)]
            )
        }
    )
    file = library.services.get(told.get("origin", "").lower())
    outcome = guide(
        facts,
        records_of(library, SchemeFacts),
        records_of(library, OccupationFacts),
        file.services if file else [],
    )
    fits = [fit.scheme.scheme for fit in outcome.fits]
    against = {fit.scheme.scheme: list(fit.against) for fit in outcome.not_now}
    assert fits[: len(expected.get("fits", []))] == expected.get("fits", [])
    assert not set(expected.get("never", [])) & {*fits, *against}
    assert expected.get("against", {}).items() <= against.items()
    assert not outcome.fits or set(expected.get("notes", [])) <= set(outcome.fits[0].notes)
    assert list(outcome.fits[0].missing if outcome.fits else ()) == expected.get(
        "missing", list(outcome.fits[0].missing if outcome.fits else ())
    )
    assert {job.occupation.id for job in outcome.jobs} >= set(expected.get("jobs", []))
    for name in ("thoughts", "steps", "services", "answers"):
        found = list(getattr(outcome, name))
        assert found[: len(expected.get(name, found))] == expected.get(name, found), name
    assert set(outcome.answers) <= set(library.answers)


def test_every_thing_against_a_programme_has_a_case() -> None:
    seen = {
        reason
        for case in read("career_guide")
        for reasons in case["outcome"].get("against", {}).values()
        for reason in reasons
    }
    assert {*get_args(Against.__value__)} - seen == {"not-yet-open"}


def money_told(case: dict[str, Any], library: Library) -> dict[str, str]:
    """The steps as the journey keeps them: amounts as codes."""
    amounts = {"wage", "rent", "deducted", "food", "send", "loan", "repay", "sent", "sending-fee", "got"}
    told = dict(case["told"])
    for step in amounts & set(told):
        there = PLACES.get(told.get("place", ""))
        amount = amount_in(library, told[step] or None, {"destination": there} if there else {})
        told[step] = code_of(amount) if amount is not None else ""
    return told


PLACES = {"scheme.PALM": "AU", "country.AU": "AU", "scheme.RSE": "NZ"}


@pytest.mark.parametrize("case", cases("money"))
def test_money(case: dict[str, Any], library: Library) -> None:
    told, expected = money_told(case, library), case["outcome"]
    day = date.fromisoformat(case["on"])
    sums = MoneySums(records_of(library, MoneyFigures), records_of(library, SchemeFacts), (), day)
    outcome: TakeHome | Loan | Transfer | None
    if told["sum"] == "take-home":
        outcome = sums.take_home(told)
    else:
        outcome = loan(told) if told["sum"] == "loan" else sums.transfer(told)
    assert (outcome is None) is (expected.get("none") == "true")
    if outcome is not None:
        found = money_found(outcome)
        assert set(expected) <= set(found)
        assert {name: found[name] for name in expected} == expected


def money_found(outcome: TakeHome | Loan | Transfer) -> dict[str, Any]:
    """What a sum came to, as the cases write it."""

    def text(value: Decimal | None, digits: str = "0.01") -> str:
        return "unknown" if value is None else str(value.quantize(Decimal(digits)))

    if isinstance(outcome, Loan):
        months = "never" if outcome.months is None else str(outcome.months)
        return {"months": months, "paid": text(outcome.paid), "yearly": str(outcome.yearly)}
    if isinstance(outcome, Transfer):
        average = str(outcome.average.period.value) if outcome.average else "unknown"
        good = "unknown" if outcome.is_good is None else str(outcome.is_good).lower()
        return {"percent": text(outcome.percent, "0.1"), "good": good, "average": average}
    return {
        "time": outcome.time,
        "pay": text(outcome.pay),
        "left": text(outcome.left),
        "kept": text(outcome.kept),
        "send": str(outcome.send),
        "for_stay": text(outcome.for_stay),
        "guessed": list(outcome.guessed),
        "not_told": list(outcome.not_told),
        "below": str(outcome.is_below_least).lower(),
        "rent_too_high": str(outcome.too_high_rent is not None).lower(),
    }


def test_every_figure_of_money_holds_on_its_first_and_last_day_and_not_beside_them(library: Library) -> None:
    looked = 0
    for record in records_of(library, MoneyFigures):
        for rule in record.rules:
            for period in rule.periods:
                assert rule.on(period.since) == period
                assert rule.on(period.since - timedelta(days=1)) != period
                if period.until is not None:
                    assert rule.on(period.until + timedelta(days=1)) != period
                looked += 1
    assert looked > 30


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


@pytest.mark.parametrize("case", cases("checklist"))
def test_checklist(case: dict[str, Any], library: Library) -> None:
    checklist = next(each for each in records_of(library, Checklist) if each.id == case["list"])
    day = date.fromisoformat(case["day"])
    departure = date.fromisoformat(case["departure"]) if "departure" in case else None
    done = case.get("done", [])
    is_done = frozenset(item.id for item in checklist.items if done == "all" or item.id in done)
    assert len(is_done) == (len(checklist.items) if done == "all" else len(done))
    things = [thing for thing in things_of(checklist, departure, is_done) if not thing.is_done]
    found: dict[str, Any] = {
        when: [thing.item.id for thing in things if thing.when(day) == when] for when in ("late", "soon")
    }
    plan = begun_plan(checklist, departure, is_done, day) if departure else None
    upcoming = next_reminder(checklist, plan) if plan else None
    found["next"] = upcoming.isoformat() if upcoming else None
    if plan and upcoming:
        told, after = due_reminder(checklist, plan, upcoming)
        found["of"] = [thing.item.id for thing in told]
        later = next_reminder(checklist, after)
        assert later is None or later > upcoming
    assert {name: found.get(name) for name in case["outcome"]} == case["outcome"]
