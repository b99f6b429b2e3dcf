"""What the ear learns from: `data/ear`, the examples of `data/nlu` and every phrase of the library.

`data/ear/<lang>.yml` has `cries` and `look_alikes`, which the engine need not learn. Of the engine's
examples, those of the intent `danger` are cries and those of `ask_question` written by hand, which are
kept for that, look-alikes; those of the other intents are talk. Not here: the learning
(`content.ear`).
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.training_data import QUESTION, TrainingData, TrainingDataError, examples, read_yaml
from content.ear import Lessons
from content.search.outside import outside

_CRY = "danger"
_PAYLOAD = "/"
_ENTITY = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


def ear_lessons(learned: TrainingData, data: Path = Path("data")) -> Lessons:
    """Those of the library and those written by hand; raises TrainingDataError for a file of no use."""
    by_intent: dict[str, list[str]] = {}
    for intent, text in examples(data / "nlu"):
        if not text.startswith(_PAYLOAD):
            by_intent.setdefault(intent, []).append(_ENTITY.sub(r"\1", text))
    cries, look_alikes = by_intent.pop(_CRY, []), by_intent.pop(QUESTION, [])
    for path in sorted((data / "ear").glob("*.yml")):
        written = read_yaml(path)
        cries += _texts(path, written, "cries")
        look_alikes += _texts(path, written, "look_alikes")
    talk = [text for texts in by_intent.values() for text in texts]
    ordinary = [*learned.every_phrase, *(text for _, text in outside())]
    return Lessons(cries, look_alikes, ordinary, talk)


def _texts(path: Path, written: Mapping[str, Any], kind: str) -> list[str]:
    texts = written.get(kind)
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise TrainingDataError(f"{path}: {kind} must be a list of texts.")
    return texts
