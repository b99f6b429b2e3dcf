"""Pasted offers: what they tell is read, what they deny or do not say is not."""

from dataclasses import fields
from pathlib import Path

import pytest

from content.journeys.amount_words import amount_words
from content.journeys.offer_check import OfferFacts
from content.journeys.offer_text import offer_steps, offer_words
from content.journeys.reading import Names
from content.words import Words

HOTEL = """Dear applicant, CONGRATULATIONS!! You are selected as room attendant in a hotel in Auckland, New
Zealand, salary 5,800 NZD monthly with free accommodation. Kindly pay the processing fee 350 USD by
Western Union to Mr. Collins and send your passport copy on WhatsApp +44 7700 900123. Hurry, last
slots!"""
FARM = """We need 20 workers for a farm in Australia. No processing fee, never pay anybody. Interviews are at
the labour office on Monday. Bring your birth certificate and a reference of your last job with you
please."""
DUBAI = """Hiring waiters in Dubai! Visit visa first, the company will change your visa after arrival. Free
ticket. Message us on telegram only, we deploy within 48 hours, deposit of 20000 pesos required."""
BISLAMA = """Halo, mi gat wok long Ostrelia long fam. Yu mas pem fastaem 30000 vatu blong pepa, sendem paspot
foto long fesbuk. Hariap, smol ples nomo i stap, flaet i fri."""


NAMES = Names(
    language="en",
    countries={"AU": ("Australia", "Ostrelia"), "NZ": ("New Zealand",), "AE": ("Dubai",)},
    schemes={"PALM": ("PALM",)},
    sectors={},
    leads_to={"PALM": "AU"},
    amounts=amount_words(()),
)


def test_a_false_offer_tells_its_signs_and_where_it_leads() -> None:
    assert offer_steps(HOTEL, {}, NAMES) == {
        "place": "country.NZ",
        "contact": "chat-only",
        "money-first": "yes",
        "account": "person",
        "passport-asked": "yes",
        "hurry": "yes",
    }
    read = offer_steps(DUBAI, {}, NAMES)
    assert read | {"visa": "tourist", "ticket-free": "yes", "money-first": "yes", "hurry": "yes"} == read


def test_what_is_denied_is_no_sign() -> None:
    assert offer_steps(FARM, {}, NAMES) == {}


def test_an_offer_in_another_language_is_read_as_well() -> None:
    read = offer_steps(BISLAMA, {}, NAMES)
    assert read | {"money-first": "yes", "passport-asked": "yes", "hurry": "yes"} == read


def test_what_was_told_before_is_not_read_again() -> None:
    read = offer_steps(HOTEL, {"place": "country.AU", "hurry": "no"}, NAMES)
    assert not {"place", "hurry"} & set(read)
    assert "money-first" in read


@pytest.mark.parametrize(
    "text",
    [
        "they want a deposit on whatsapp today",
        "my sister works in a hotel in Auckland and likes it there very much, how can I go there too",
        "",
    ],
)
def test_a_short_text_or_one_without_signs_is_no_offer(text: str) -> None:
    assert offer_steps(text, {}, NAMES) == {}


def test_every_step_that_is_read_is_one_that_the_check_asks_for() -> None:
    asked = {field.name for field in fields(OfferFacts)}
    read = {step for file in offer_words().values() for step in file.steps}
    assert len(read) >= 6
    assert {step.replace("-", "_") for step in read} <= asked


def test_every_language_has_its_words() -> None:
    assert set(offer_words()) == set(Words(Path("locales")).languages())
