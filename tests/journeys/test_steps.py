"""The steps of the checks: what is asked next, and what going back forgets."""

from datetime import date

import pytest

from content.folder import Library
from content.journeys.fee_check_steps import FeeCheck
from content.journeys.offer_check_steps import CONTRACT_POINTS, OfferJourney
from content.journeys.offer_signs import offer_signs
from content.journeys.steps import one_back
from content.records import FeeRules, SchemeFacts
from tests.journeys.conftest import records_of

DAY = date(2026, 11, 23)


@pytest.fixture
def fees(library: Library) -> FeeCheck:
    return FeeCheck(records_of(library, FeeRules), records_of(library, SchemeFacts), ("AU", "NZ", "JP"), DAY)


@pytest.fixture
def offers(library: Library) -> OfferJourney:
    return OfferJourney(offer_signs(), records_of(library, SchemeFacts), ("AU", "NZ", "KH"), DAY)


def step(asked: object) -> str | None:
    return getattr(asked, "step", None)


def test_the_fee_check_asks_each_thing_once(fees: FeeCheck) -> None:
    told: dict[str, str] = {}
    answers = {
        "origin": "PH", "place": "country.SA", "fee-1": "placement", "amount-1": "50000-PHP",
        "asker": "agency", "more-1": "yes", "fee-2": "medical", "amount-2": "", "more-2": "no",
        "work": "construction", "pay": "30000-PHP", "paid": "no",
    }  # fmt: skip
    asked = []
    while (question := fees.next(told)) is not None:
        asked.append(question.step)
        told = {**told, question.step: answers[question.step]}
    assert asked == list(answers)
    first, second = fees.outcome(told).fees
    assert (first.verdict, second.fee.amount) == ("above-limit", None)


def test_the_amount_of_each_fee_is_asked_for_after_several_were_named_at_once(fees: FeeCheck) -> None:
    told = {"origin": "VU", "place": "scheme.PALM", "fee-1": "visa", "fee-2": "ticket"}
    asked = fees.next(told)
    assert asked is not None
    assert (asked.step, asked.of) == ("amount-1", "fee-1")
    assert step(fees.next({**told, "amount-1": ""})) == "amount-2"


def test_a_currency_is_asked_for_where_it_is_not_clear(fees: FeeCheck) -> None:
    told = {"origin": "VU", "place": "country.AU", "fee-1": "visa", "amount-1": "500-XXX"}
    asked = fees.next(told)
    assert asked is not None
    assert (asked.step, asked.wanted) == ("amount-1", "currency")


def test_the_schemes_of_the_origin_are_offered_before_countries(fees: FeeCheck) -> None:
    asked = fees.next({"origin": "VU"})
    assert asked is not None
    assert {"scheme.PALM", "scheme.RSE"} <= set(asked.choices[:2])
    assert "country.JP" in asked.choices


def test_going_back_forgets_what_the_last_message_told() -> None:
    assert one_back({"origin": "VU", "fee-1": "visa", "fee-2": "ticket"}) == {"origin": "VU"}
    assert one_back({}) == {}


def test_the_offer_check_asks_only_what_can_tell_something(offers: OfferJourney) -> None:
    told = {"origin": "VU", "place": "country.AU", "contact": "office", "money-first": "no"}
    assert step(offers.next(told)) == "visa"
    assert step(offers.next({**told, "money-first": "yes"})) == "account"
    assert step(offers.next({**told, "visa": "work", "pay": "usual"})) == "passport-asked"
    there = {**told, "place": "country.KH", "visa": "work", "pay": "usual"}
    assert step(offers.next(there)) == "ticket-free"
    assert step(offers.next({"origin": "TL", "place": "scheme.EPS"})) == "through-agent"


def test_a_skipped_question_is_not_known_and_not_asked_again(offers: OfferJourney) -> None:
    told = {"origin": "", "place": "", "contact": "", "money-first": ""}
    assert step(offers.next(told)) == "visa"
    assert offers.facts(told).money_first is None


def test_the_contract_is_gone_through_point_by_point_only_for_who_wants_it(offers: OfferJourney) -> None:
    told = dict.fromkeys(("origin", "place", "contact", "money-first", "visa", "pay"), "")
    told |= {"passport-asked": "no", "address-known": "yes", "hurry": "no"}
    assert offers.next({**told, "contract": "no"}) is None
    asked = offers.next({**told, "contract": "yes"})
    assert step(asked) == "contract-check"
    assert offers.next({**told, "contract": "yes", "contract-check": "no"}) is None
    told |= {"contract": "yes", "contract-check": "yes"}
    points = []
    while (question := offers.next(told)) is not None:
        points.append(question.step)
        told = {**told, question.step: "no" if question.step == "contract-pay" else "yes"}
    assert points == [f"contract-{point}" for point in CONTRACT_POINTS]
    assert offers.outcome(told).contract_lacks == ("pay",)
