"""Which language a message is written in, learnt from our own phrases and answers.

Public identifiers fail on Tok Pisin, Bislama, Samoan and on short messages (docs/decisions),
and a language added as files must be known without code. Immutable; built with the index.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from content.search.normalise import normalise

_WORD = r"\w+"
_SURE = 0.80
_FEW_WORDS = 3
_SURE_OF_FEW = 0.93


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest language of a message, and whether the message alone decides it."""

    language: str | None
    probability: float
    sure: bool


class LanguageIdentifier:
    """A linear classifier over words and letter groups. Thread-safe."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """Learn from pairs of language code and text."""
        pairs = sorted({(language, normalise(text)) for language, text in texts} - {("", "")})
        pairs = [(language, text) for language, text in pairs if text]
        self._languages = sorted({language for language, _ in pairs})
        if len(self._languages) < 2:  # noqa: PLR2004 - one language needs no choice
            return
        plain = [text for _, text in pairs]
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, min_df=2)
        self._words = TfidfVectorizer(analyzer="word", token_pattern=_WORD, sublinear_tf=True)
        vectors = sparse.hstack(
            [self._letters.fit_transform(plain), self._words.fit_transform(plain)]
        ).tocsr()
        self._model = LogisticRegression(C=20.0, class_weight="balanced", max_iter=300)
        self._model.fit(vectors, [language for language, _ in pairs])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it can tell apart."""
        return tuple(self._languages)

    def guess(self, text: str) -> Guess:
        """The likeliest language; not sure for a message of loan words, names or one word."""
        plain = normalise(text)
        if not plain or not self._languages:
            return Guess(None, 0.0, sure=False)
        if len(self._languages) == 1:
            return Guess(self._languages[0], 1.0, sure=False)
        vector = sparse.hstack([self._letters.transform([plain]), self._words.transform([plain])]).tocsr()
        chances = self._model.predict_proba(vector)[0]
        best = int(np.argmax(chances))
        probability = float(chances[best])
        needed = _SURE if len(plain.split()) >= _FEW_WORDS else _SURE_OF_FEW
        return Guess(str(self._model.classes_[best]), probability, sure=probability >= needed)
