"""The words of a record in one language, and how far they can be trusted."""

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from content.fields import Line, Markdown, Pinned
from content.schema import Part, TranslationState

Slot = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]


class RecordTranslation(Part):
    """How far the words of a language can be trusted, and which source words they were made from."""

    state: TranslationState
    of: Pinned
    reviewed_by: Line | None = None
    reviewed_on: date | None = None


class RecordWords(Part):
    """`<lang>.yml` beside a record: its words in one language, by slot."""

    words: dict[Slot, Markdown]
    translation: RecordTranslation | None = None

    @property
    def fingerprint(self) -> str:
        """What a translation of these words is pinned to: 12 hex digits."""
        return words_fingerprint(self.words)


def words_fingerprint(words: Mapping[str, str]) -> str:
    """12 hex digits of words by slot, their layout put aside."""
    lines = (f"{slot}\n{' '.join(text.split())}" for slot, text in sorted(words.items()))
    plain = unicodedata.normalize("NFC", "\n\n".join(lines))
    return hashlib.sha256(plain.encode()).hexdigest()[:12]
