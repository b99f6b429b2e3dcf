"""Phrases that say nearly the same and lead to another answer: one of the two will be answered wrongly.

Compared word by word, whatever their order (rapidfuzz). Not here: what a phrase changes (`trial`).
"""

from rapidfuzz import fuzz, process

from content.search.normalise import normalise
from content.snapshot import Snapshot
from content.texts import PhraseText

_TOO_LIKE = 88  # of 100
_SHOWN = 5


class TooLike:
    """Looks for phrases in what is published; what it has read it keeps until that changes."""

    def __init__(self) -> None:
        self._version = -1
        self._phrases: dict[str, tuple[list[PhraseText], list[str]]] = {}

    def phrases(self, published: Snapshot, answer: str, language: str, text: str) -> list[PhraseText]:
        """The phrases of other answers that are too like a text, the likest first."""
        phrases, plain = self._of(published, language)
        wanted = normalise(text)
        found = process.extract(
            wanted, plain, scorer=fuzz.token_sort_ratio, score_cutoff=_TOO_LIKE, limit=4 * _SHOWN
        )
        others = [phrases[place] for _, _, place in found if phrases[place].answer != answer]
        return others[:_SHOWN]

    def _of(self, published: Snapshot, language: str) -> tuple[list[PhraseText], list[str]]:
        if self._version != published.version:
            self._version, self._phrases = published.version, {}
        found = self._phrases.get(language)
        if found is None:
            phrases = [phrase for phrase in published.phrases() if phrase.language == language]
            found = self._phrases[language] = (phrases, [normalise(phrase.text) for phrase in phrases])
        return found
