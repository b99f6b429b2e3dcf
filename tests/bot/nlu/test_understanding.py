"""How well the engine tells kinds of turn apart, on sentences that are in no training file.

The bounds stand a little below what was measured (docs/decisions/0003-engine-adapters.md); they hold
the line, they are no aim. The phrase net before the engine is measured elsewhere.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.bot.nlu.processes import ENGINE_PYTHON
from tests.nlu.held_out import all_languages

ENGLISH = Path(__file__).parent / "held_out" / "en.yml"
QUESTION = "ask_question"
TO_THE_SEARCH = {QUESTION, "nlu_fallback"}  # both end in action_answer_question

LANGUAGES = [held_out.language for held_out in all_languages()]

Case = tuple[str, str, str]  # where from, the kind of turn, what was written


def _cases() -> Iterator[Case]:
    for held_out in all_languages():
        for questions in held_out.questions.values():
            for question in questions:
                kind = "privacy" if question.right[0].startswith("privacy.") else QUESTION
                yield held_out.language, kind, question.text
        yield from ((held_out.language, "danger", text) for text in held_out.danger)
        yield from ((held_out.language, "harmless", text) for text in held_out.harmless)
        yield from ((held_out.language, intent, text) for text, intent in held_out.smalltalk)
    for block in yaml.safe_load(ENGLISH.read_text(encoding="utf-8"))["nlu"]:
        for line in block["examples"].splitlines():
            yield "engine's en", block["intent"], line.removeprefix("- ")


@pytest.fixture(scope="module")
def understood(model: Path) -> list[tuple[Case, str]]:
    """Every case with the intent the engine gave it."""
    cases = list(_cases())
    command = [str(ENGINE_PYTHON), "-W", "ignore", "-m", "tests.bot.nlu.engine_side.understand", str(model)]
    texts = json.dumps([text for _, _, text in cases])
    done = subprocess.run(command, input=texts, capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("intents:"))
    found = json.loads(line.removeprefix("intents:"))
    return list(zip(cases, [str(one["name"]) for one in found], strict=True))


def _share(understood: list[tuple[Case, str]], kinds: set[str], right: set[str], where: str = "") -> float:
    of_kind = [(case, intent) for case, intent in understood if case[1] in kinds and where in ("", case[0])]
    assert len(of_kind) >= 20
    return sum(intent in right for _, intent in of_kind) / len(of_kind)


def test_questions_go_to_the_search(understood: list[tuple[Case, str]]) -> None:
    assert _share(understood, {QUESTION}, TO_THE_SEARCH) >= 0.94


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_go_to_the_search_in_every_language(
    understood: list[tuple[Case, str]], language: str
) -> None:
    assert _share(understood, {QUESTION}, TO_THE_SEARCH, language) >= 0.92


def test_some_danger_is_found_behind_the_alarm_too(understood: list[tuple[Case, str]]) -> None:
    # The second line: the alarm before the engine hears nearly all (tests/bot/test_ear.py).
    assert _share(understood, {"danger"}, {"danger"}) >= 0.18


def test_questions_are_hardly_ever_taken_for_danger(understood: list[tuple[Case, str]]) -> None:
    assert _share(understood, {QUESTION}, {"danger"}) <= 0.01


def test_what_only_sounds_like_danger_is_hardly_ever_taken_for_it(
    understood: list[tuple[Case, str]],
) -> None:
    assert _share(understood, {"harmless"}, {"danger"}) <= 0.05


def test_small_talk_and_navigation_are_understood(understood: list[tuple[Case, str]]) -> None:
    others = [
        one
        for one in understood
        if one[0][1] not in {QUESTION, "privacy", "danger", "harmless", "nlu_fallback"}
    ]
    assert len(others) > 100
    assert sum(case[1] == intent for case, intent in others) / len(others) >= 0.92


def test_no_sentence_held_out_is_learned_from(model: Path, library_data: Path) -> None:
    folders = (Path("data/nlu"), library_data)
    files = [file for folder in folders for file in folder.rglob("*.yml")]
    learned = {
        line.removeprefix("- ").strip().casefold()
        for file in files
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        for line in str(block.get("examples", "")).splitlines()
    }
    assert "hello" in learned
    assert len(learned) > 2000
    assert not [text for where, _, text in _cases() if where == "engine's en" and text.casefold() in learned]
