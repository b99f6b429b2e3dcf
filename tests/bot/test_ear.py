"""Hearing a cry for help without the engine, with what the engine has learnt."""

from pathlib import Path

import pytest
import yaml

from bot.ear import Ear
from content.danger import DangerNet
from tests.nlu.held_out import HeldOut, all_languages

LANGUAGES = all_languages()


@pytest.fixture(scope="module")
def ear() -> Ear:
    return Ear()


@pytest.mark.parametrize("held", LANGUAGES, ids=lambda held: held.language)
def test_with_the_net_it_hears_nearly_every_cry_held_out(ear: Ear, net: DangerNet, held: HeldOut) -> None:
    heard = [cry for cry in held.danger if net.kind_of(cry) or ear.hears(cry)]
    assert len(held.danger) >= 40
    assert len(heard) >= 0.93 * len(held.danger), set(held.danger) - set(heard)


@pytest.mark.parametrize("held", LANGUAGES, ids=lambda held: held.language)
def test_it_lets_most_questions_pass(ear: Ear, held: HeldOut) -> None:
    questions = [question.text for shape in held.questions.values() for question in shape]
    assert sum(map(ear.hears, questions)) <= 0.07 * len(questions)


def test_without_a_model_it_hears_nothing_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ear = Ear(tmp_path)
    assert not ear.hears("he is beating me now")
    assert not ear.hears("he is beating me now")
    assert caplog.text.count("only the danger net hears cries") == 1


def test_a_damaged_model_is_no_model(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "current").write_text("broken\n", encoding="ascii")
    (tmp_path / "broken.tar.gz").write_bytes(b"not a model")
    assert not Ear(tmp_path).hears("he is beating me now")
    assert "only the danger net hears cries" in caplog.text


def test_it_goes_by_the_engines_own_threshold(tmp_path: Path) -> None:
    pipeline = [{"name": "bot.nlu.danger.DangerFirst", "threshold": 1.1}]
    (tmp_path / "config.yml").write_text(yaml.dump({"pipeline": pipeline}), encoding="utf-8")
    assert not Ear(config=tmp_path / "config.yml").hears("he is beating me now")
    assert Ear().hears("he is beating me now")
