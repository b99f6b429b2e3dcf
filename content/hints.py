"""Hints to a writer: what makes a text hard to read on a phone, or differ from its source.

They stop nobody. Not here: what stops a text from being published (`content.editorial_rules`).
"""

import re
from dataclasses import dataclass

from content.figures import differing_figures

MOST_WORDS = 120
LONGEST_SENTENCE = 20
# Bislama and Tok Pisin say with many short words what English says with one.
_ROOM_OF_TRANSLATIONS = 1.4
_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
_MARKUP = re.compile(r"\*\*|^\s*(?:[-*]|\d+\.)\s+|\[([^\]]*)\]\([^)]*\)", re.MULTILINE)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint: the words are in the catalogue under `console.hint.<name>`, `values` fill their blanks."""

    name: str
    values: dict[str, object]


def hints(title: str, body: str, source: str | None = None) -> list[Hint]:
    """Everything worth a second look; `source` is title and body of the text that is translated."""
    text = _MARKUP.sub(r"\1", body)
    room = 1 if source is None else _ROOM_OF_TRANSLATIONS
    most, longest = round(MOST_WORDS * room), round(LONGEST_SENTENCE * room)
    words = len(text.split())
    found = [Hint("too-long", {"words": words, "most": most})] if words > most else []
    for sentence in _ENDS.split(text):
        if (length := len(sentence.split())) > longest:
            shown = sentence.strip()[:_SHOWN]
            found.append(Hint("long-sentence", {"words": length, "most": longest, "sentence": shown}))
    if source is not None:
        missing, added = differing_figures(source, f"{title}\n{body}")
        found += [Hint("figure-missing", {"figure": figure}) for figure in missing]
        found += [Hint("figure-added", {"figure": figure}) for figure in added]
    return found


def length_of(body: str) -> int:
    """How many words a person reads."""
    return len(_MARKUP.sub(r"\1", body).split())
