"""Which language a message is written in, learnt from our own phrases and answers.

Public identifiers fail on Tok Pisin, Bislama, Samoan and on short messages (docs/decisions),
and a language added as files must be known without code. Immutable; built with the index.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB

from content.search.normalise import normalise
from content.search.weighing import weighed

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
    """Naive Bayes over words. Thread-safe.

    Measured on a fifth of 2,700 texts in three languages held out, against linear models over
    letter groups: 98.9% against 97.7% at four words or more, and built in 0.2 s against 2 to 5.
    """

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """Learn from pairs of language code and text."""
        pairs = sorted({(language, normalise(text)) for language, text in texts} - {("", "")})
        pairs = [(language, text) for language, text in pairs if text]
        self._languages = sorted({language for language, _ in pairs})
        if len(self._languages) < 2:  # noqa: PLR2004 - one language needs no choice
            return
        plain = [text for _, text in pairs]
        words = TfidfVectorizer(analyzer="word", token_pattern=_WORD, sublinear_tf=True)
        model = MultinomialNB(alpha=0.1, fit_prior=False)
        model.fit(words.fit_transform(plain), [language for language, _ in pairs])
        self._words_of = words.build_analyzer()
        self._columns: dict[str, int] = words.vocabulary_
        self._rarity: NDArray[np.float32] = words.idf_
        # Of every word, how much it speaks for each language, in the order of `_languages`.
        self._speaks_for = np.ascontiguousarray(model.feature_log_prob_.T)

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
        chances = self._chances(plain)
        best = int(np.argmax(chances))
        probability = float(chances[best])
        needed = _SURE if len(plain.split()) >= _FEW_WORDS else _SURE_OF_FEW
        return Guess(self._languages[best], probability, sure=probability >= needed)

    def _chances(self, plain: str) -> NDArray[np.float64]:
        """The probability of each language; all alike where no word is known."""
        columns, weights = weighed(self._words_of(plain), self._columns, self._rarity)
        likelihood = weights @ self._speaks_for[columns]
        chances = np.exp(likelihood - likelihood.max())
        whole: NDArray[np.float64] = chances / chances.sum()
        return whole
