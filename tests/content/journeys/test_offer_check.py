"""Edges of the offer check."""

from datetime import date

import pytest

from content.journeys.offer_check import OfferFacts, check_offer
from content.journeys.offer_signs import offer_signs

DAY = date(2026, 11, 23)


def test_nothing_told_is_too_little_and_every_question_is_left() -> None:
    outcome = check_offer(OfferFacts(), offer_signs(), [], DAY)
    assert outcome.level == "too-little"
    assert len(outcome.not_told) == 8


def test_signs_that_stop_are_told_first() -> None:
    facts = OfferFacts(contract=False, hurry=True, visa="tourist")
    outcome = check_offer(facts, offer_signs(), [], DAY)
    assert [each.id for each in outcome.signs] == ["tourist-visa", "hurry", "no-contract"]


@pytest.mark.parametrize("work", [None, "construction"])
def test_a_closed_way_is_closed_only_for_its_work(work: str | None) -> None:
    facts = OfferFacts(origin="PH", destination="GB", work=work)
    assert check_offer(facts, offer_signs(), [], DAY).signs == ()
