"""Amounts as people type them, in six languages."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest

from content.journeys.amount_words import AmountWords, amount_words, languages
from content.journeys.amounts import Amount, Between, Money, MonthsOfPay, Unclear, settled, understood
from content.schema import GazetteerFile
from content.yaml_text import load

GAZETTEER = Path("content/library/gazetteers/currency.yml")


@cache
def words(language: str | None = None) -> AmountWords:
    file = GazetteerFile.model_validate(load(GAZETTEER.read_text(encoding="utf-8")))
    return amount_words(file.values, language)


def read(text: str, language: str = "en", countries: str = "") -> Amount:
    return understood(text, words(language), countries.split())


def test_all_six_languages_have_their_words() -> None:
    assert set(languages()) >= {"en", "bi", "tpi", "tet", "fil", "sm"}


@pytest.mark.parametrize(
    ("text", "language", "countries", "value", "currency"),
    [
        ("P50,000", "en", "", 50000, "PHP"),
        ("₱50k", "fil", "", 50000, "PHP"),
        ("US$ 1,200", "en", "", 1200, "USD"),
        ("1,200.50 usd", "en", "", "1200.50", "USD"),
        ("1.200,50 eur", "en", "", "1200.50", "EUR"),
        ("1 200 euro", "en", "", 1200, "EUR"),
        ("vt 20000", "bi", "", 20000, "VUV"),
        ("20000vt", "bi", "", 20000, "VUV"),
        ("50.000 vatu", "bi", "", 50000, "VUV"),
        ("tu taosen vatu", "bi", "", 2000, "VUV"),
        ("tausen kina", "tpi", "", 1000, "PGK"),
        ("K200", "tpi", "PG AU", 200, "PGK"),
        ("200k kina", "tpi", "", 200000, "PGK"),
        ("faiv handet kina", "tpi", "", 500, "PGK"),
        ("$500", "en", "VU AU", 500, "AUD"),
        ("$ 500 AUD", "en", "", 500, "AUD"),
        ("S$500", "en", "", 500, "SGD"),
        ("$500", "en", "KH", 500, "USD"),
        ("rihun rua atus lima dolar", "tet", "TL", 2500, "USD"),
        ("rihun sanulu dolar", "tet", "TL", 10000, "USD"),
        ("lua afe tala", "sm", "WS", 2000, "WST"),
        ("lua sefulu ma le lima tala", "sm", "WS", 25, "WST"),
        ("dalawang libo at limang daang piso", "fil", "PH", 2500, "PHP"),
        ("singkwenta mil pesos", "fil", "PH", 50000, "PHP"),
        ("one hundred and fifty thousand pesos", "en", "PH", 150000, "PHP"),
        ("Rs. 15,000", "en", "PK", 15000, "PKR"),
        ("1,00,000 rupees", "en", "IN", 100000, "INR"),
        ("1500 pa'anga", "en", "", 1500, "TOP"),
    ],
)
def test_money_is_understood(text: str, language: str, countries: str, value: float, currency: str) -> None:
    assert read(text, language, countries) == Money(Decimal(value), currency)


@pytest.mark.parametrize(
    ("text", "language", "country", "value", "currency"),
    [
        ("3k", "en", "PH", 3000, "PHP"),
        ("50 libo", "fil", "PH", 50000, "PHP"),
        ("50.000", "id", "ID", 50000, "IDR"),
        ("50.000", "tet", "TL", 50000, "USD"),
        ("12.50", "en", "PG", "12.50", "PGK"),
    ],
)
def test_a_currency_that_was_not_said_is_marked(
    text: str, language: str, country: str, value: float, currency: str
) -> None:
    assert read(text, language, country) == Money(Decimal(value), currency, sure=False)


@pytest.mark.parametrize(
    ("text", "language", "months"),
    [
        ("two month salary", "en", 2),
        ("1 month's pay", "en", 1),
        ("pei blong tu manis", "bi", 2),
        ("pe bilong tupela mun", "tpi", 2),
        ("salariu fulan rua", "tet", 2),
        ("totogi o le lua masina", "sm", 2),
        ("isang buwang sahod", "fil", 1),
    ],
)
def test_months_of_pay_are_understood(text: str, language: str, months: int) -> None:
    assert read(text, language) == MonthsOfPay(Decimal(months))


@pytest.mark.parametrize(
    ("text", "language"),
    [("500 vatu a month", "en"), ("500 vatu long wan manis", "bi"), ("vatu 500 fulan ida", "tet")],
)
def test_an_amount_for_each_month_is_no_months_of_pay(text: str, language: str) -> None:
    assert read(text, language) == Money(Decimal(500), "VUV", per="month")


def test_a_range_shares_its_thousand() -> None:
    low, high = Money(Decimal(3000), "PGK"), Money(Decimal(5000), "PGK")
    assert read("3-5 thousand kina") == Between(low, high)
    assert read("3k-5k kina") == Between(low, high)
    assert read("1-2 months salary") == Between(MonthsOfPay(Decimal(1)), MonthsOfPay(Decimal(2)))


def test_a_dot_before_three_digits_is_asked_about() -> None:
    unclear = read("50.000", "en", "PH")
    assert unclear == Unclear("which-number", (Decimal(50000), Decimal(50)), ("PHP",))
    assert settled(unclear, number=Decimal(50000)) == Money(Decimal(50000), "PHP")


def test_a_sign_of_several_currencies_is_asked_about_between_those_that_fit() -> None:
    unclear = read("$500", "tet", "TL AU")
    assert unclear == Unclear("which-currency", (Decimal(500),), ("USD", "AUD"))
    assert settled(unclear, currency="AUD") == Money(Decimal(500), "AUD")


def test_a_range_in_an_unclear_currency_keeps_its_upper_end() -> None:
    unclear = read("$300-500")
    assert isinstance(unclear, Unclear)
    assert settled(unclear, currency="AUD") == Between(Money(Decimal(300), "AUD"), Money(Decimal(500), "AUD"))


@pytest.mark.parametrize("text", ["", "nothing", "a lot of money", "kina", "-", "k", "???"])
def test_what_has_no_number_says_so(text: str) -> None:
    outcome = read(text, "en", "PG")
    assert isinstance(outcome, Unclear)
    assert outcome.why == "no-number"


def test_several_amounts_are_not_added_up() -> None:
    unclear = read("500 kina for the visa and 300 for the medical")
    assert unclear == Unclear("several-numbers", (Decimal(500), Decimal(300)), ("PGK",))


def test_nothing_that_can_be_typed_breaks_it() -> None:
    chance = Random(7)
    pieces = [
        *"0123456789.,-' $kKpPm/",
        "taosen ",
        "rihun ",
        "month ",
        "pay ",
        "lua ",
        "sefulu ",
        "to ",
        "€",
        "²",
        "٣",
    ]
    for _ in range(500):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 12)))
        for language in languages():
            outcome = read(text, language, "TL AU")
            assert isinstance(outcome, Money | MonthsOfPay | Between | Unclear)
