"""Reading the content store: one immutable snapshot per version, so that a read costs microseconds.

Every call first asks for the store's version (one small select); an edit is seen at the next call.
Not here: writing (`content.workflow`, `content.importer`) and personal data (`content.people`).
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Engine

from content.clock import today
from content.texts import (
    ANYWHERE,
    AnswerText,
    Corridor,
    GazetteerValue,
    PhraseKind,
    PhraseText,
    ServiceText,
    SourceText,
    Topic,
)

__all__ = [
    "ANYWHERE",
    "AnswerText",
    "Corridor",
    "GazetteerValue",
    "PhraseKind",
    "PhraseText",
    "Repository",
    "ServiceText",
    "SourceText",
    "Topic",
    "today",
]


class Repository:
    """All reads of published content. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def version(self) -> int:
        """A number that grows with every change that readers can see."""
        raise NotImplementedError

    def languages(self) -> tuple[str, ...]:
        """Languages that have a published answer, the source language first."""
        raise NotImplementedError

    def topics(self) -> tuple[Topic, ...]:
        """Topics that have published answers."""
        raise NotImplementedError

    def answer(self, key: str, language: str, corridor: Corridor = ANYWHERE) -> AnswerText | None:
        """The most specific variant that fits the corridor; in the language, else in English."""
        raise NotImplementedError

    def answers(self, language: str) -> tuple[AnswerText, ...]:
        """Default variants of all answers, in the language, else in English."""
        raise NotImplementedError

    def variants(self, key: str, language: str) -> tuple[AnswerText, ...]:
        """All variants of one answer, in the language, else in English."""
        raise NotImplementedError

    def phrases(self) -> tuple[PhraseText, ...]:
        """Phrases of published answers, in all languages."""
        raise NotImplementedError

    def services(
        self,
        language: str,
        *,
        country: str | None = None,
        ids: Sequence[str] | None = None,
        kinds: Collection[str] | None = None,
        danger: bool | None = None,
    ) -> tuple[ServiceText, ...]:
        """Services that fit every condition given; in the order of `ids` if those are given."""
        raise NotImplementedError

    def gazetteer(self, entity: str) -> tuple[GazetteerValue, ...]:
        """All values of one entity."""
        raise NotImplementedError
