"""Making messages: library texts and catalogue words put together, the same for every channel.

`actions` uses it for the engine's replies, `bot` for those that must work without the engine.
"""

from content.compose.answers import answer, clarify, fallback
from content.compose.corridor import corridor
from content.compose.danger import danger
from content.compose.navigation import greeting, languages, menu, notice, smalltalk, topic
from content.compose.people import confirm_erase, erased, handover, privacy
from content.compose.writer import Writer

__all__ = [
    "Writer",
    "answer",
    "clarify",
    "confirm_erase",
    "corridor",
    "danger",
    "erased",
    "fallback",
    "greeting",
    "handover",
    "languages",
    "menu",
    "notice",
    "privacy",
    "smalltalk",
    "topic",
]
