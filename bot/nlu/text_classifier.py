"""Logistic regression over sequences of words and of letters, learned by scikit-learn.

Learning is scikit-learn's alone. Answering needs only the learned figures: a text is cut into its
sequences, each known one has a weight per class, and the sum decides. scikit-learn does the same sum
through checks and sparse matrices that take most of a short text's time.
What was learned is kept as plain JSON and NumPy arrays. Nothing of Rasa here.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

_TEXT_FILE = "classifier.json"
_FIGURES_FILE = "classifier.npz"
_FEWEST_TEXTS = 2  # of a sequence: those in one alone are half of all, double the time, and tell least


@dataclass(frozen=True)
class _Sequences:
    """One way of cutting a text, with what was learned of each sequence."""

    options: dict[str, Any]
    vocabulary: dict[str, int]
    rarity: np.ndarray
    weights: np.ndarray  # a row per sequence, a column per class

    def __post_init__(self) -> None:
        object.__setattr__(self, "_cut", _vectorizer(self.options).build_analyzer())

    def sum(self, text: str) -> np.ndarray | None:
        """What the known sequences of a text say for each class; None if it has none."""
        known = Counter(
            self.vocabulary[sequence]
            for sequence in self._cut(text)  # type: ignore[attr-defined]
            if sequence in self.vocabulary
        )
        if not known:
            return None
        places = np.fromiter(known.keys(), dtype=np.int64)
        values = (1.0 + np.log(np.fromiter(known.values(), dtype=float))) * self.rarity[places]
        said: np.ndarray = (values / np.linalg.norm(values)) @ self.weights[places]
        return said


class TextClassifier:
    """Tells how likely each class is for a text."""

    def __init__(self, names: list[str], intercepts: np.ndarray, parts: list[_Sequences]) -> None:
        self._names = names
        self._intercepts = intercepts
        self._parts = parts

    @classmethod
    def learn(
        cls,
        texts: list[str],
        classes: list[str],
        *,
        max_words: int,
        max_letters: int,
        strength: float,
        max_iterations: int,
    ) -> TextClassifier:
        """Learn from texts and their classes, of which there must be two at least."""
        options: list[dict[str, Any]] = [
            {"analyzer": "word", "ngram_range": [1, max_words], "token_pattern": r"(?u)\b\w+\b"},
            {"analyzer": "char_wb", "ngram_range": [2, max_letters]},
        ]
        vectorizers = [_vectorizer(option) for option in options]
        features = hstack([vectorizer.fit_transform(texts) for vectorizer in vectorizers], format="csr")
        learned = LogisticRegression(C=strength, class_weight="balanced", max_iter=max_iterations)
        learned.fit(features, classes)
        weights, intercepts = learned.coef_.T, learned.intercept_
        if len(learned.classes_) == 2:  # noqa: PLR2004 - scikit-learn gives two classes one column
            weights, intercepts = np.hstack([-weights, weights]) / 2, np.hstack([-intercepts, intercepts]) / 2
        ends = np.cumsum([len(vectorizer.vocabulary_) for vectorizer in vectorizers])[:-1]
        parts = [
            _Sequences(option, _plain(vectorizer.vocabulary_), vectorizer.idf_, rows)
            for option, vectorizer, rows in zip(options, vectorizers, np.split(weights, ends), strict=True)
        ]
        return cls([str(name) for name in learned.classes_], intercepts, parts)

    def chances(self, text: str) -> dict[str, float]:
        """The likelihood of each class, likeliest first; empty if nothing of the text is known."""
        sums = [found for found in (part.sum(text) for part in self._parts) if found is not None]
        if not sums:
            return {}
        scores = np.sum(sums, axis=0) + self._intercepts
        powers = np.exp(scores - scores.max())
        chances = powers / powers.sum()
        return {self._names[place]: float(chances[place]) for place in np.argsort(-chances)}

    def save(self, folder: Path) -> None:
        """Keep what was learned in `folder`."""
        texts = {
            "names": self._names,
            "parts": [{"options": part.options, "vocabulary": part.vocabulary} for part in self._parts],
        }
        (folder / _TEXT_FILE).write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        figures: dict[str, Any] = {"intercepts": self._intercepts}
        for number, part in enumerate(self._parts):
            figures |= {f"rarity{number}": part.rarity, f"weights{number}": part.weights.astype(np.float32)}
        np.savez_compressed(folder / _FIGURES_FILE, **figures)

    @classmethod
    def load(cls, folder: Path) -> TextClassifier:
        """What `save` kept."""
        texts = json.loads((folder / _TEXT_FILE).read_text(encoding="utf-8"))
        with np.load(folder / _FIGURES_FILE, allow_pickle=False) as figures:
            parts = [
                _Sequences(**part, rarity=figures[f"rarity{number}"], weights=figures[f"weights{number}"])
                for number, part in enumerate(texts["parts"])
            ]
            return cls(texts["names"], figures["intercepts"], parts)


def _vectorizer(options: dict[str, Any]) -> TfidfVectorizer:
    lengths = tuple(options["ngram_range"])
    return TfidfVectorizer(
        lowercase=False, sublinear_tf=True, min_df=_FEWEST_TEXTS, **{**options, "ngram_range": lengths}
    )


def _plain(vocabulary: dict[str, Any]) -> dict[str, int]:
    return {sequence: int(place) for sequence, place in vocabulary.items()}
