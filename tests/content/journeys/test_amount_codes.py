"""Codes of amounts: what a button carries is the amount that was meant."""

from decimal import Decimal

import pytest

from content.journeys.amount_codes import amount_of, code_of, has_currency, with_currency
from content.journeys.amounts import Amount, Between, Money, MonthsOfPay, Unclear


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (Money(Decimal(5000), "PGK"), "5000-PGK"),
        (Money(Decimal("49.5"), "AUD", "month"), "49.5-AUD-month"),
        (Money(Decimal(300), "VUV", sure=False), "300-VUV-unsaid"),
        (Money(Decimal(12000), "PHP", "year", sure=False), "12000-PHP-year-unsaid"),
        (MonthsOfPay(Decimal(2)), "2-months"),
        (MonthsOfPay(Decimal("1.5")), "1.5-months"),
        (Between(Money(Decimal(500), "USD"), Money(Decimal(600), "USD")), "500-600-USD"),
        (Between(MonthsOfPay(Decimal(1)), MonthsOfPay(Decimal(2))), "1-2-months"),
    ],
)
def test_an_amount_comes_back_from_its_code(amount: Amount, code: str) -> None:
    assert code_of(amount) == code
    assert amount_of(code) == amount


def test_an_amount_without_a_currency_waits_for_one() -> None:
    code = code_of(Unclear("which-currency", (Decimal(5000),), ("PGK", "AUD")))
    assert not has_currency(code)
    assert with_currency(code, "PGK") == "5000-PGK"


def test_a_range_gets_its_currency_at_both_ends() -> None:
    assert with_currency("500-600-XXX", "USD") == "500-600-USD"


@pytest.mark.parametrize("code", ["", "visa", "5000", "5000-pgk", "-PGK", "5000-PGK-decade", "1-2-3-PGK"])
def test_what_is_no_code_is_no_amount(code: str) -> None:
    assert amount_of(code) is None
