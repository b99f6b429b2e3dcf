"""Questions held out for measuring: written by somebody who had not seen the phrases, in no training file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
SHAPES = ("plain", "short", "story")
NONE = "none"  # of a turn of a dialogue that no answer fits


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the answers that are right for it, the best first; none if no answer fits."""

    text: str
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """All that is held out in one language."""

    language: str
    questions: dict[str, list[Question]]
    out_of_scope: list[str]
    danger: list[str]
    harmless: list[str]
    smalltalk: list[tuple[str, str]]
    dialogues: list[list[Question]]

    @classmethod
    def read(cls, path: Path) -> "HeldOut":
        """Read one language's file."""
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(
            language=content["language"],
            questions={shape: _questions(content["questions"][shape]) for shape in SHAPES},
            out_of_scope=content["out_of_scope"],
            danger=[case["text"] for case in content["danger"]],
            harmless=content["harmless"],
            smalltalk=[(case["text"], case["intent"]) for case in content["smalltalk"]],
            dialogues=[_questions(talk["turns"]) for talk in content["dialogues"]],
        )


def _questions(cases: list[dict[str, Any]]) -> list[Question]:
    return [
        Question(case["text"], tuple(key for key in (case["answer"], *case.get("also", ())) if key != NONE))
        for case in cases
    ]


def all_languages() -> list[HeldOut]:
    """Every language that has questions held out."""
    return [HeldOut.read(path) for path in sorted(FOLDER.glob("*.yml"))]
