"""The parts of a message that may ask two things: cut at its marks, and at its language's words for "and".

Not here: whether both parts ask something (`live`).
"""

import json
import re
from functools import cache
from pathlib import Path

JOINING = Path(__file__).with_name("joining.json")
_MARKS = r"[.?!;\n]+"
_FEWEST_WORDS = 3
_MOST_WAYS = 4  # each is two searches


def halves(text: str, language: str | None) -> list[tuple[str, str]]:
    """The ways to cut a text into two parts of three words or more; of many, those that cut most evenly."""
    cuts = _cut(language).finditer(text)
    found = [(text[: cut.start()].strip(), text[cut.end() :].strip()) for cut in cuts]
    whole = [parts for parts in found if _words_of_shorter(parts) >= _FEWEST_WORDS]
    return sorted(whole, key=_words_of_shorter, reverse=True)[:_MOST_WAYS]


def _words_of_shorter(parts: tuple[str, str]) -> int:
    return min(len(part.split()) for part in parts)


@cache
def _cut(language: str | None) -> re.Pattern[str]:
    words = json.loads(JOINING.read_text(encoding="utf-8")).get(language, [])
    joining = rf"|\b(?:{'|'.join(map(re.escape, words))})\b" if words else ""
    return re.compile(_MARKS + joining, re.IGNORECASE)
