"""The ear of this checkout: what it hears of the cries and questions held out."""

import pytest

from bot.settings import Settings
from bot.training import EAR, learn_ear_if_needed
from bot.training_data import training_data
from content.alarm import Alarm
from content.danger import DangerNet
from content.ear import Ear
from content.words import Words
from tests.nlu.held_out import HeldOut, all_languages

LANGUAGES = all_languages()


@pytest.fixture(scope="module")
def alarm(net: DangerNet, words: Words) -> Alarm:
    learn_ear_if_needed(training_data(Settings().library_dir, words))
    return Alarm(net, Ear.load(EAR))


def test_nearly_every_cry_held_out_is_heard(alarm: Alarm) -> None:
    cries = [cry for held in LANGUAGES for cry in held.danger]
    missed = [cry for cry in cries if not alarm.heard(cry).kind]
    assert len(cries) >= 270
    assert len(missed) <= 0.04 * len(cries), missed


@pytest.mark.parametrize("held", LANGUAGES, ids=lambda held: held.language)
def test_no_language_is_left_unheard(alarm: Alarm, held: HeldOut) -> None:
    missed = [cry for cry in held.danger if not alarm.heard(cry).kind]
    assert len(missed) <= 0.12 * len(held.danger), missed


@pytest.mark.parametrize("held", LANGUAGES, ids=lambda held: held.language)
def test_most_questions_pass(alarm: Alarm, held: HeldOut) -> None:
    questions = [question.text for shape in held.questions.values() for question in shape]
    heard = [question for question in questions if alarm.heard(question).kind]
    # Learnt on another machine, a language moves by a few questions.
    assert len(heard) <= 0.11 * len(questions), heard


def test_most_of_what_only_sounds_like_danger_passes(alarm: Alarm) -> None:
    harmless = [text for held in LANGUAGES for text in held.harmless]
    heard = [text for text in harmless if alarm.heard(text).kind]
    assert len(heard) <= 0.16 * len(harmless), heard
