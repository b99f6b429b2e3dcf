"""Real questions of all languages: those held out for `make evaluate`, which stand in no training file."""

from pathlib import Path
from typing import Any

import yaml

_HELD_OUT = Path(__file__).parents[1] / "nlu"


def held_out() -> list[str]:
    """All held-out questions, languages taking turns."""
    by_language = [_questions(path) for path in sorted(_HELD_OUT.glob("*.yml"))]
    longest = max(map(len, by_language), default=0)
    mixed = [some[n % len(some)] for n in range(longest) for some in by_language]
    if len(mixed) < 50:
        raise SystemExit(
            f"{_HELD_OUT}: fewer than 50 held-out questions; the bench would measure nothing real"
        )
    return mixed


def _questions(path: Path) -> list[str]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [str(case["text"]) for cases in content["questions"].values() for case in cases]
