"""Questions held out for measuring, of one language: what staff see a new phrase break before they add it.

They stand in a folder, `<language>.yml` each, and are in no training file. Not here: measuring with them
(`content.search.trial`, `make evaluate`).
"""

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from yaml import YAMLError

from content.yaml_text import load

_NONE = "none"  # of a question that no answer fits


class EvaluationError(Exception):
    """The questions of a language cannot be read; the message names the file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the answers that are right for it, the best first."""

    text: str
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is held out of a language: questions with an answer, and questions that no answer fits."""

    asked: tuple[Asked, ...]
    outside: tuple[str, ...]

    @classmethod
    def read(cls, folder: Path, language: str) -> "Evaluation | None":
        """Read a language's file; None if there is none."""
        path = folder / f"{language}.yml"
        if not path.is_file():
            return None
        try:
            file = _File.model_validate(load(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, YAMLError) as error:
            raise EvaluationError(f"{path}: {type(error).__name__}") from error
        cases = [case for shape in file.questions.values() for case in shape]
        asked = [Asked(case.text, (case.answer, *case.also)) for case in cases]
        return cls(tuple(each for each in asked if each.right[0] != _NONE), tuple(file.out_of_scope))


class _Case(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: str
    answer: str
    also: list[str] = []


class _File(BaseModel):
    model_config = ConfigDict(extra="ignore")

    questions: dict[str, list[_Case]]
    out_of_scope: list[str] = []
