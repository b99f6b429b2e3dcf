"""Rasa's own checks: the training data fit together, and whole conversations go as written."""

import json
import os
import subprocess
from pathlib import Path

import yaml

from tests.bot.nlu.processes import ENGINE_PYTHON, Engine

STORIES = Path("tests/stories")


def test_domain_data_and_library_fit_together(model: Path, library_data: Path) -> None:
    _rasa("data", "validate", "--fail-on-warnings", "--data", "data/nlu", "data/rules", str(library_data))


def test_conversations_go_as_written(model: Path, tmp_path: Path) -> None:
    wanted = sum(file.read_text(encoding="utf-8").count("- story:") for file in STORIES.glob("*.yml"))
    _rasa(
        "test", "core", "--stories", str(STORIES), "--model", str(model), "--out", str(tmp_path), "--no-plot"
    )
    report = json.loads((tmp_path / "story_report.json").read_text(encoding="utf-8"))
    failed = (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8")
    assert report["conversation_accuracy"] == {
        "accuracy": 1.0,
        "correct": wanted,
        "with_warnings": 0,
        "total": wanted,
    }, failed
    assert wanted >= 40


def test_every_sentence_of_the_conversations_is_understood_as_written(engine: Engine) -> None:
    # `rasa test core` takes the intents from the file; with --e2e it would want every entity marked too.
    turns = [
        (step["user"].strip(), step["intent"])
        for file in sorted(STORIES.glob("*.yml"))
        for story in yaml.safe_load(file.read_text(encoding="utf-8"))["stories"]
        for step in story["steps"]
        if "user" in step
    ]
    wrong = {
        text: (understood, intent)
        for text, intent in turns
        if not text.startswith("/") and (understood := engine.say(text)[0]["intent"]) != intent
    }
    assert len(turns) >= 200
    assert wrong == {}


def _rasa(*arguments: str) -> None:
    done = subprocess.run(
        [str(ENGINE_PYTHON), "-W", "ignore", "-m", "bot.nlu.cli", *arguments],
        env={**os.environ, "LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
