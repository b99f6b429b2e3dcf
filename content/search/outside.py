"""Examples of what people type that no answer of ours is for: football, recipes, a tourist visa.

A machine learns from them as it does from the phrases of an answer, so that a question about something
else is not told the least unlike answer. One file a language, a line each.
"""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("outside_texts")


@cache
def outside() -> tuple[tuple[str, str], ...]:
    """Pairs of language and text."""
    return tuple(
        (path.stem, line.strip())
        for path in sorted(FOLDER.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    )
