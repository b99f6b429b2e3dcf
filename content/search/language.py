"""Which language a message is written in, learnt from our own phrases and answers.

Public identifiers fail on Tok Pisin, Bislama, Samoan and on short messages (docs/decisions),
and a language added as files must be known without code. Immutable; built with the index.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from content.search.learners import naive_bayes, vectorizer
from content.search.normalise import normalise
from content.search.terms import words_of
from content.search.weighing import weighed

_SURE = 0.80
_FEW_WORDS = 3
_SURE_OF_FEW = 0.93
_LIKELY, _LIKELY_WORDS = 0.5, 4


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest language of a message, and whether the message alone decides it.

    `likely` if it decides it where nothing else is known.
    """

    language: str | None
    probability: float
    sure: bool
    likely: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Tongues:
    """What is known of languages: words, the rarity of each, and how much it speaks for each language.

    `speaks_for` has a row for each word and a column for each language: logarithms of probabilities.
    """

    languages: tuple[str, ...]
    words: tuple[str, ...]
    rarity: NDArray[np.float32]
    speaks_for: NDArray[np.float32]

    @classmethod
    def learnt(cls, texts: Iterable[tuple[str, str]]) -> "Tongues":
        """Learn from pairs of language code and normalised text."""
        pairs = sorted({(language, plain) for language, plain in texts if plain})
        languages = sorted({language for language, _ in pairs})
        if len(languages) < 2:  # noqa: PLR2004 - one language needs no choice
            none = np.zeros(0, dtype=np.float32)
            return cls(tuple(languages), (), none, none.reshape(0, len(languages)))
        words, model = vectorizer(words_of), naive_bayes()
        model.fit(words.fit_transform([plain for _, plain in pairs]), [each for each, _ in pairs])
        return cls(
            tuple(languages),
            tuple(words.get_feature_names_out().tolist()),
            words.idf_.astype(np.float32),
            np.ascontiguousarray(model.feature_log_prob_.T, dtype=np.float32),
        )


class LanguageIdentifier:
    """Naive Bayes over words. Thread-safe.

    Measured on a fifth of 2,700 texts in three languages held out, against linear models over
    letter groups: 98.9% against 97.7% at four words or more, and built in 0.2 s against 2 to 5.
    """

    def __init__(self, tongues: Tongues) -> None:
        self.tongues = tongues
        self._columns = {word: column for column, word in enumerate(tongues.words)}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it can tell apart."""
        return self.tongues.languages

    def guess(self, text: str) -> Guess:
        """The likeliest language; not sure for a message of loan words, names or one word."""
        plain = normalise(text)
        if not plain or not self.languages:
            return Guess(None, 0.0, sure=False)
        if len(self.languages) == 1:
            return Guess(self.languages[0], 1.0, sure=False)
        chances = self._chances(plain)
        best = int(np.argmax(chances))
        probability = float(chances[best])
        words = len(plain.split())
        sure = probability >= (_SURE if words >= _FEW_WORDS else _SURE_OF_FEW)
        likely = sure or (probability >= _LIKELY and words >= _LIKELY_WORDS)
        return Guess(self.languages[best], probability, sure, likely)

    def _chances(self, plain: str) -> NDArray[np.float64]:
        """The probability of each language; all alike where no word is known."""
        columns, weights = weighed(words_of(plain), self._columns, self.tongues.rarity)
        likelihood = weights @ self.tongues.speaks_for[columns]
        chances = np.exp(likelihood - likelihood.max())
        whole: NDArray[np.float64] = chances / chances.sum()
        return whole
