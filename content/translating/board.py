"""The board of translations: how far each language is, and which text to do next.

Made of the rows that editors see (`content.editorial`). Not here: how it looks.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from content.answer_rows import AnswerRow, TextRow, TextState
from content.fields import SOURCE_LANGUAGE
from content.schema import DEFAULT

TO_DO: tuple[TextState, ...] = ("missing", "outdated", "machine-drafted")
"""What a translator has to do, the most urgent first."""

STATES: tuple[TextState, ...] = (*TO_DO, "reviewed")


@dataclass(frozen=True, slots=True)
class Totals:
    """How many texts of a language, further variants among them, are in each state."""

    language: str
    counts: Counter[str]

    @property
    def has_more_to_do(self) -> bool:
        """Whether any text waits for a translator."""
        return any(self.counts[state] for state in TO_DO)


def totals(rows: Iterable[AnswerRow], languages: Iterable[str]) -> list[Totals]:
    """The totals of each language but the source language."""
    counts: dict[str, Counter[str]] = {language: Counter() for language in languages}
    for row in rows:
        for text in row.texts.values():
            if text.language in counts:
                counts[text.language][text.state] += 1
    return [Totals(language, count) for language, count in counts.items() if language != SOURCE_LANGUAGE]


def lagging(row: AnswerRow, language: str) -> list[TextRow]:
    """Further variants that are behind: to be translated, or less far than the default one."""
    default = _urgency(row.texts[DEFAULT, language])
    further = [row.texts[name, language] for name in row.variants if name != DEFAULT]
    return [
        text
        for text in further
        if text.state in ("missing", "outdated") or (text.state == "machine-drafted" and not default)
    ]


def next_text(rows: Iterable[AnswerRow], language: str, after: str = "") -> TextRow | None:
    """The next text to do, the most urgent kind first, in the order of keys; None if nothing is left.

    Texts with an open draft are somebody's already. `after` is the one just done or left (`key/variant`):
    it goes on behind that, and begins again at the end.
    """
    waiting = [
        text
        for row in rows
        for name in row.variants
        if (text := row.texts[name, language]).state in TO_DO and text.open is None
        if _place(text) != after
    ]
    if not waiting:
        return None
    most = max(_urgency(text) for text in waiting)
    urgent = sorted((text for text in waiting if _urgency(text) == most), key=_place)
    return next((text for text in urgent if _place(text) > after), urgent[0])


def _place(text: TextRow) -> str:
    return f"{text.key}/{text.variant}"


def _urgency(text: TextRow) -> int:
    return len(TO_DO) - TO_DO.index(text.state) if text.state in TO_DO else 0
