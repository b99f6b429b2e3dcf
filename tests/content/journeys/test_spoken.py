"""How people say what buttons say, in every language of the catalogues."""

from pathlib import Path

import pytest

from bot.settings import Settings
from bot.training import EAR, learn_ear_if_needed
from bot.training_data import training_data
from content.alarm import Alarm
from content.danger import DangerNet
from content.ear import Ear
from content.journeys.spoken import CONTROLS, is_asking, is_short_answer, spoken
from content.search.normalise import normalise
from content.words import SOURCE_LANGUAGE, Words

LANGUAGES = Words(Path("locales")).languages()
CRIES = {"unsafe": "need", "police": "obstacle"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_and_every_choice_can_be_said(language: str) -> None:
    file, source = spoken(language), spoken(SOURCE_LANGUAGE)
    assert all(file.controls[control] for control in CONTROLS)
    assert {step: set(ways) for step, ways in file.steps.items()} == {
        step: set(ways) for step, ways in source.steps.items()
    }
    assert all(ways for step in file.steps.values() for ways in step.values())
    assert file.asking
    assert file.small


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_is_said_means_two_things(language: str) -> None:
    file = spoken(language)
    looked = 0
    for step in (file.controls, *file.steps.values()):
        seen: dict[str, str] = {}
        for value, ways in step.items():
            for way in ways:
                plain = normalise(way)
                assert plain
                assert seen.setdefault(plain, value) == value, (language, way)
                looked += 1
    assert looked > 120


@pytest.mark.parametrize("text", ["stop", "P50,000", "3k", "US$ 1500", "yes", "1 and 2", "1, 4, 5"])
def test_a_word_or_an_amount_alone_is_a_short_answer(text: str) -> None:
    assert is_short_answer(text)


@pytest.mark.parametrize("text", ["911", "112", "he is here", "2 men", "", "!", "1 2 help", "911 and 2"])
def test_what_may_be_a_cry_is_none(text: str) -> None:
    assert not is_short_answer(text)


def test_no_short_answer_rings_the_alarm_unless_the_net_knows_it(net: DangerNet, words: Words) -> None:
    learn_ear_if_needed(training_data(Settings().library_dir, words))
    alarm, looked = Alarm(net, Ear.load(EAR)), 0
    for language in LANGUAGES:
        file = spoken(language)
        for step in (file.controls, *file.steps.values()):
            told = (way for value, ways in step.items() if value not in CRIES for way in ways)
            for way in told:
                assert net.kind_of(way) is None, (language, way)
                assert alarm.heard(way).kind is None, (language, way)
                looked += 1
    assert looked > 1000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", CRIES)
def test_what_may_be_a_cry_is_heard_by_the_alarm_like_any_text(language: str, value: str) -> None:
    ways = spoken(language).steps[CRIES[value]][value]
    assert ways
    assert not any(map(is_short_answer, ways))


@pytest.mark.parametrize(
    ("text", "asking"), [("what is palm", True), ("the visa?", True), ("it is for the visa", False)]
)
def test_a_question_is_known_by_its_mark_or_its_first_word(text: str, asking: bool) -> None:
    assert is_asking(text, "en") is asking
