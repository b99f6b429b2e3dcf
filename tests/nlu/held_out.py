"""Questions held out for measuring: written by somebody who had not seen the phrases, in no training file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
SHAPES = ("plain", "short", "story")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the answers that are right for it, the best first."""

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

    @classmethod
    def read(cls, path: Path) -> "HeldOut":
        """Read one language's file."""
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(
            language=content["language"],
            questions={
                shape: [
                    Question(case["text"], (case["answer"], *case.get("also", ())))
                    for case in content["questions"][shape]
                ]
                for shape in SHAPES
            },
            out_of_scope=content["out_of_scope"],
            danger=[case["text"] for case in content["danger"]],
            harmless=content["harmless"],
            smalltalk=[(case["text"], case["intent"]) for case in content["smalltalk"]],
        )


def all_languages() -> list[HeldOut]:
    """Every language that has questions held out."""
    return [HeldOut.read(path) for path in sorted(FOLDER.glob("*.yml"))]
