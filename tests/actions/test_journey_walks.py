"""Journeys walked at random through all that can be chosen: nothing that is asked or told lacks its words."""

import re
from collections import Counter
from random import Random

import pytest

from actions.journeys import BY_FORM, Journey, State
from actions.person import Person
from actions.resources import Resources
from content.journeys.steps import SKIPPED, Question, one_back
from content.repository import Corridor

_CODE = re.compile("[A-Z]{2}")  # a country without its name
WALKS = 150
MOST_STEPS = 60
JOURNEYS = sorted(BY_FORM.values(), key=lambda journey: journey.name)
# What is told where there is nothing to choose from, or more than is offered.
TOLD = {
    "country": ("VU", "PH", "TL", "AU", "QA"),
    "place": ("scheme.PALM", "scheme.EPS", "country.AU", "country.QA", "country.TW"),
    "amount": ("500-AUD", "30-AUD-hour", "50000-VUV-month", "90-XXX", "20000-PHP"),
    "currency": ("90-AUD", "90-USD"),
    "number": ("1", "12", "30"),
    "percent": ("10", "10-month"),
    "months": ("9",),
    "name": ("Blue Lagoon Overseas Jobs",),
    "day": ("2027-03-15", "2026-01-02"),
}


def answer(asked: Question, random: Random) -> str:
    """A value that the question takes."""
    free = TOLD[asked.wanted] if asked.wanted != "choice" else asked.also
    if asked.can_skip and random.random() < 0.15:
        return SKIPPED
    return random.choice([*asked.choices, *free])


def anybody(language: str) -> Person:
    """Somebody of whom nothing is known but the language."""
    return Person("", language, True, None, None, language, Corridor(), None, (), None, "web")


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.name)
def test_whatever_is_chosen_every_question_and_result_has_words(shared: Resources, journey: Journey) -> None:
    random, seen = Random(journey.name), Counter[str]()
    for walk in range(WALKS):
        person = anybody(shared.words.languages()[walk % len(shared.words.languages())])
        told: dict[str, str] = {}
        for _ in range(MOST_STEPS):
            asked = journey.next(shared, told)
            if asked is None or asked.stays_open:
                break
            for note in ("", "why", "hint"):
                message = journey.asks(shared, person, State(told=told, note=note))
                assert message is not None
                assert "{" not in message.text
                assert not [button for button in message.buttons if _CODE.fullmatch(button.title)]
            seen[asked.about] += 1
            back = told and random.random() < 0.05
            told = one_back(told) if back else {**told, asked.step: answer(asked, random)}
        else:
            continue
        result = journey.result(shared, person.writer(shared), told)
        assert result.text
        assert "{" not in result.text
        seen["result"] += 1
    assert seen["result"] > WALKS / 2
    assert len(seen) >= 2
