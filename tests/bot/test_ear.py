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


@pytest.mark.parametrize("held", LANGUAGES, ids=lambda held: held.language)
def test_nearly_every_cry_held_out_is_heard(alarm: Alarm, held: HeldOut) -> None:
    heard = [cry for cry in held.danger if alarm.kind_of(cry)]
    assert len(held.danger) >= 40
    assert len(heard) >= 0.95 * len(held.danger), set(held.danger) - set(heard)


@pytest.mark.parametrize("held", LANGUAGES, ids=lambda held: held.language)
def test_most_questions_pass(alarm: Alarm, held: HeldOut) -> None:
    questions = [question.text for shape in held.questions.values() for question in shape]
    heard = [question for question in questions if alarm.kind_of(question)]
    assert len(heard) <= 0.05 * len(questions), heard
