"""bot.training and bot.training_data: what is learned from the library, and when the model is made anew."""

import shutil
from pathlib import Path

import pytest
import yaml

from bot import training
from bot.ear_lessons import ear_lessons
from bot.training_data import TrainingData, TrainingDataError, training_data
from content.ear import Ear
from content.words import Words

ANSWER = """\
title: Who pays the ticket?
body: "First the employer."
phrases:
  plain: [who pays the ticket, "is it true, who pays?"]
  short: ["/menu [x](y)", "ticket"]
  story: [main menu]
"""
PRIVACY = "phrases: {plain: [do you keep my name, 'private?']}\n"
COUNTRIES = """\
entity: country
values:
  - value: VU
    names: {en: Vanuatu, bi: Vanuatu}
    aliases: {en: [ni-vanuatu], bi: [Port Vila]}
"""
HANDWRITTEN = """\
version: "3.1"
nlu:
  - intent: menu
    examples: |
      - Main Menu
"""
CRIES = """\
version: "3.1"
nlu:
  - intent: danger
    examples: |
      - he locked me in
      - they locked [me](person) in and went
      - /danger
  - intent: ask_question
    examples: |
      - i locked my keys in
"""
CATALOGUE = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"

msgid "language.name"
msgstr "{}"
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small checkout as the working folder, with the real configuration."""
    files = {
        "content/library/answers/palm/airfare/en.yml": ANSWER,
        "content/library/answers/palm/airfare/answer.yml": "topic: palm\n",
        "content/library/answers/privacy/what-is-kept/en.yml": PRIVACY,
        "content/library/gazetteers/country.yml": COUNTRIES,
        "data/nlu/en/navigation.yml": HANDWRITTEN,
        "data/nlu/en/danger.yml": CRIES,
        "locales/en/LC_MESSAGES/messages.po": CATALOGUE.format("English"),
        "locales/bi/LC_MESSAGES/messages.po": CATALOGUE.format("Bislama"),
        "requirements/engine.txt": "rasa==3.6.21\n",
        "bot/nlu/intents.py": "# code\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in ("config.yml", "domain.yml"):
        shutil.copy(name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _learned() -> TrainingData:
    return training_data(Path("content/library"), Words(Path("locales")))


def _fingerprint() -> str:
    _learned().write(Path("var/training"))
    return training.fingerprint(Path("var/training"))


def test_a_phrase_of_each_kind_is_a_question_less_those_written_by_hand(checkout: Path) -> None:
    assert dict(_learned().phrases) == {
        "who pays the ticket": "ask_question",
        "menu (x)(y)": "ask_question",
        "do you keep my name": "privacy",
        "private?": "privacy",
    }


def test_gazetteers_and_languages_become_a_table_a_value(checkout: Path) -> None:
    assert dict(_learned().tables) == {
        "country/VU": ("Vanuatu", "ni-vanuatu", "Port Vila"),
        "language/bi": ("Bislama",),
        "language/en": ("English",),
    }


def test_the_files_are_what_rasa_reads(checkout: Path) -> None:
    _learned().write(Path("var/training"))
    phrases = yaml.safe_load(Path("var/training/phrases.yml").read_text(encoding="utf-8"))
    tables = yaml.safe_load(Path("var/training/gazetteers.yml").read_text(encoding="utf-8"))
    assert phrases["nlu"][1] == {"intent": "privacy", "examples": "- do you keep my name\n- private?\n"}
    assert tables["nlu"][0] == {"lookup": "country/VU", "examples": "- Vanuatu\n- ni-vanuatu\n- Port Vila\n"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("phrases: [a, b]", "phrases must be lists by kind"),
        ("phrases: {plain: [1]}", "phrases.plain: 1 is not a text"),
        ("- a", "must hold keys and values"),
        ("phrases: {plain: [", "while parsing"),
    ],
)
def test_a_faulty_file_is_named_with_what_is_wrong(checkout: Path, text: str, reason: str) -> None:
    faulty = checkout / "content/library/answers/palm/airfare/bi.yml"
    faulty.write_text(text, encoding="utf-8")
    with pytest.raises(TrainingDataError, match=reason) as raised:
        _learned()
    assert "answers/palm/airfare/bi.yml" in str(raised.value)


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("content/library/answers/palm/airfare/en.yml", "who pays the ticket", "who buys the ticket"),
        ("content/library/gazetteers/country.yml", "ni-vanuatu", "nivan"),
        ("locales/bi/LC_MESSAGES/messages.po", "Bislama", "Bislama blong mi"),
        ("data/nlu/en/navigation.yml", "Main Menu", "the menu"),
        ("bot/nlu/intents.py", "# code", "# other code"),
        ("requirements/engine.txt", "3.6.21", "3.6.20"),
        ("config.yml", "threshold", "other_threshold"),
        ("domain.yml", "greet", "salute"),
    ],
)
def test_the_fingerprint_changes_with_what_is_learned_from(
    checkout: Path, file: str, before: str, after: str
) -> None:
    first = _fingerprint()
    path = checkout / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    second = _fingerprint()
    path.write_text(text, encoding="utf-8")
    assert first != second
    assert _fingerprint() == first


def test_the_text_of_an_answer_changes_nothing(checkout: Path) -> None:
    first = _fingerprint()
    path = checkout / "content/library/answers/palm/airfare/en.yml"
    path.write_text(ANSWER.replace("First the employer", "You do"), encoding="utf-8")
    assert _fingerprint() == first


def test_a_model_that_is_there_is_used_again(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = checkout / "models" / f"{_fingerprint()}.tar.gz"
    made.parent.mkdir()
    made.write_bytes(b"")
    assert training.main() == 0
    assert (checkout / "models/current").read_text(encoding="ascii").strip() == made.name.removesuffix(
        ".tar.gz"
    )
    assert "up to date" in capsys.readouterr().out


@pytest.mark.parametrize(
    "file",
    [
        "content/library/answers/palm/airfare/en.yml",
        "content/library/gazetteers/country.yml",
        "locales/bi/LC_MESSAGES/messages.po",
        "data/nlu/en/navigation.yml",
        "config.yml",
        "var/training/phrases.yml",
    ],
)
def test_the_library_is_read_again_only_when_a_file_was_touched(
    checkout: Path, file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = checkout / "models" / f"{_fingerprint()}.tar.gz"
    made.parent.mkdir()
    made.write_bytes(b"")
    assert training.main() == 0

    def read(*_: object) -> TrainingData:
        raise TrainingDataError("it was read")

    monkeypatch.setattr(training, "training_data", read)
    assert training.main() == 0
    path = checkout / file
    path.write_text(path.read_text(encoding="utf-8") + "# \n", encoding="utf-8")
    assert training.main() == 1
    assert "it was read" in capsys.readouterr().err


def test_a_model_that_was_thrown_away_is_made_again(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = checkout / "models" / f"{_fingerprint()}.tar.gz"
    made.parent.mkdir()
    made.write_bytes(b"")
    assert training.main() == 0
    made.unlink()
    assert training.main() == 1
    assert ".venv-engine/bin/python cannot be started" in capsys.readouterr().err


def test_a_training_that_cannot_start_says_why(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert training.main() == 1
    assert ".venv-engine/bin/python cannot be started" in capsys.readouterr().err
    assert not (checkout / "models/current").exists()


def test_a_training_that_fails_leaves_the_present_model(
    checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (checkout / "models").mkdir()
    (checkout / "models/current").write_text("older\n", encoding="ascii")
    python = checkout / training.ENGINE_PYTHON
    python.parent.mkdir(parents=True)
    python.write_text(
        "#!/bin/sh\necho 'InvalidConfigException: no such component' >&2\nexit 1\n", encoding="utf-8"
    )
    python.chmod(0o755)
    assert training.main() == 1
    assert "no such component" in capfd.readouterr().err
    assert (checkout / "models/current").read_text(encoding="ascii") == "older\n"


def test_only_the_latest_models_are_kept(checkout: Path) -> None:
    folder = checkout / "models"
    folder.mkdir()
    for number in range(5):
        (folder / f"old{number}.tar.gz").write_bytes(b"")
    (folder / f"{_fingerprint()}.tar.gz").write_bytes(b"")
    assert training.main() == 0
    kept = {path.name for path in folder.glob("*.tar.gz")}
    assert f"{_fingerprint()}.tar.gz" in kept
    assert len(kept) == training.KEPT_MODELS


def test_the_ear_learns_from_cries_look_alikes_and_every_phrase(checkout: Path) -> None:
    lessons = ear_lessons(_learned())
    assert list(lessons.cries) == ["he locked me in", "they locked me in and went"]
    assert list(lessons.look_alikes) == ["i locked my keys in"]
    (checkout / "data/ear").mkdir()
    (checkout / "data/ear/en.yml").write_text(
        "cries: [help us]\nlook_alikes: [help me pack]\n", encoding="utf-8"
    )
    more = ear_lessons(_learned())
    assert (more.cries[-1], more.look_alikes[-1]) == ("help us", "help me pack")
    assert {"who pays the ticket", "is it true, who pays?", "private?"} <= set(lessons.ordinary)
    assert list(lessons.talk) == ["Main Menu"]


def test_the_ear_is_learnt_once_and_again_when_its_lessons_change(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    training.learn_ear_if_needed(_learned())
    assert "The ear learns from 2 cries" in capsys.readouterr().out
    training.learn_ear_if_needed(_learned())
    assert "up to date" in capsys.readouterr().out
    path = checkout / "content/library/answers/palm/airfare/en.yml"
    path.write_text(ANSWER.replace("is it true, who pays?", "will they pay?"), encoding="utf-8")
    training.learn_ear_if_needed(_learned())
    assert "The ear learns" in capsys.readouterr().out
    assert Ear.load(checkout / "models/ear.npz").figures("they locked me in")


def test_without_cries_training_says_what_is_missing(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "data/nlu/en/danger.yml").unlink()
    made = checkout / "models" / f"{_fingerprint()}.tar.gz"
    made.parent.mkdir()
    made.write_bytes(b"")
    assert training.main() == 1
    assert "there must be cries" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["cries: [a]", "cries: a\nlook_alikes: [b]", "cries: [1]\nlook_alikes: [b]"])
def test_a_faulty_file_of_lessons_is_named(checkout: Path, text: str) -> None:
    (checkout / "data/ear").mkdir()
    (checkout / "data/ear/en.yml").write_text(text, encoding="utf-8")
    with pytest.raises(TrainingDataError, match=r"ear/en\.yml: (cries|look_alikes) must be a list of texts"):
        ear_lessons(_learned())
