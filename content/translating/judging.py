"""What a file that came back would do, text by text, and why some of it is refused. Nothing is written.

Not here: reading the file (`content.translating.files`), writing the drafts (`content.translating.uploads`).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from content.editorial_rules import WorkflowError, checked_text, other_figures
from content.translating.texts import NOTHING, Place, Wording, WorkText
from content.translating.units import PARTS, UnitIn

Verdict = Literal["new", "changed", "confirmed", "unchanged", "refused"]
"""`confirmed`: the same words, which the translator says are the translation of the source as it is now."""

Reason = Literal[
    "unknown-unit", "unknown", "twice", "no-meaning", "source-changed", "empty", "text", "figures"
]
WRITES: frozenset[Verdict] = frozenset({"new", "changed", "confirmed"})
_TO_CONFIRM = frozenset({"missing", "outdated", "machine-drafted"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not taken: the unit, and the error where a rule of the library has one."""

    reason: Reason
    unit: UnitIn
    error: WorkflowError | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One text of a file. `text` is what the store has; None if it knows none such."""

    key: str
    variant: str
    line: int
    verdict: Verdict
    came: Wording = NOTHING
    text: WorkText | None = None
    refusal: Refusal | None = None

    @property
    def name(self) -> str:
        """Key and variant in one word."""
        return f"{self.key}/{self.variant}"

    @property
    def writes(self) -> bool:
        """Whether a draft would be written."""
        return self.verdict in WRITES


def judged(units: Iterable[UnitIn], texts: Mapping[Place, WorkText]) -> list[Judged]:
    """Every text of a file, in its order."""
    together: dict[Place, list[UnitIn]] = {}
    for unit in units:
        key, variant, _ = unit.place
        together.setdefault((key, variant), []).append(unit)
    return [_judged(place, found, texts.get(place)) for place, found in together.items()]


def fingerprint(found: Iterable[Judged]) -> str:
    """Tells whether a file would still do what somebody was shown."""
    shown = [
        f"{one.name} {one.verdict} {one.text.newest} {one.text.meaning}"
        if one.text
        else f"{one.name} {one.verdict}"
        for one in found
    ]
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()[:32]


def _judged(place: Place, units: Sequence[UnitIn], text: WorkText | None) -> Judged:
    key, variant = place
    line = units[0].line
    if refusal := _misplaced(units, text):
        return Judged(key, variant, line, "refused", text=text, refusal=refusal)
    if text is None:  # `_misplaced` has said so
        raise ValueError(place)
    parts = {unit.place[2]: unit for unit in units}
    came = Wording(
        parts["title"].target.strip() if "title" in parts else text.current.title,
        parts["body"].target if "body" in parts else text.current.body,
    )
    same = _same(came, text.current)
    if same and not _confirms(units, text):
        return Judged(key, variant, line, "unchanged", came, text)
    if refusal := _refusal(parts, came, text):
        return Judged(key, variant, line, "refused", came, text, refusal)
    verdict: Verdict = "confirmed" if same else "new" if text.state == "missing" else "changed"
    return Judged(key, variant, line, verdict, came, text)


def _misplaced(units: Sequence[UnitIn], text: WorkText | None) -> Refusal | None:
    """Units that are of no text, or twice of the same."""
    seen: set[str] = set()
    for unit in units:
        part = unit.place[2]
        if not part:
            return Refusal("unknown-unit", unit)
        if text is None:
            return Refusal("unknown", unit)
        if part in seen:
            return Refusal("twice", unit)
        seen.add(part)
    return None


def _same(came: Wording, current: Wording) -> bool:
    """Programs drop line breaks at the end."""
    return came.title == current.title and came.body.rstrip() == current.body.rstrip()


def _confirms(units: Sequence[UnitIn], text: WorkText) -> bool:
    return (
        text.state in _TO_CONFIRM
        and text.current != NOTHING
        and all(unit.finished and unit.meaning == text.meaning for unit in units)
    )


def _refusal(parts: Mapping[str, UnitIn], came: Wording, text: WorkText) -> Refusal | None:
    first = next(iter(parts.values()))
    for unit in parts.values():
        if unit.meaning != text.meaning:
            return Refusal("source-changed" if unit.meaning else "no-meaning", unit)
    for part, words in zip(PARTS, came, strict=True):
        if not words.strip():
            return Refusal("empty", parts.get(part, first))
    try:
        checked_text(came.title, came.body)
    except WorkflowError as error:
        return Refusal("text", parts.get("body", first), error)
    if other := other_figures("\n".join(text.source), "\n".join(came)):
        return Refusal("figures", parts.get("body", first), WorkflowError("workflow.figures", **other))
    return None
