"""Reading the questions held out for measuring."""

from pathlib import Path

import pytest

from content.evaluation import Evaluation, EvaluationError


def test_the_questions_of_the_checkout_are_read() -> None:
    held = Evaluation.read(Path("tests/nlu"), "bi")
    assert held is not None
    assert len(held.asked) > 400
    assert len(held.outside) >= 50
    assert all(asked.right and asked.right[0] != "none" for asked in held.asked)


def test_a_language_without_questions_has_none(tmp_path: Path) -> None:
    assert Evaluation.read(tmp_path, "en") is None
    assert Evaluation.read(tmp_path / "nowhere", "en") is None


@pytest.mark.parametrize(
    "text", ["", "questions: [", "questions: {plain: [{text: a}]}", "- a", "language: en"]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "en.yml").write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"en\.yml"):
        Evaluation.read(tmp_path, "en")
