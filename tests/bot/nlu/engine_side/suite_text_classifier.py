"""bot.nlu.text_classifier"""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from typing import Any

import numpy as np
from bot.nlu.text_classifier import TextClassifier
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

OPTIONS = {"max_words": 2, "max_letters": 4, "strength": 20.0, "max_iterations": 200}
TEXTS = [
    "hello there",
    "hi friend",
    "good morning",
    "thanks a lot",
    "thank you",
    "many thanks",
    "go home",
    "bye bye",
]
COMMON: dict[str, Any] = {"lowercase": False, "sublinear_tf": True, "min_df": 2}
CLASSES = ["greet"] * 3 + ["thanks"] * 3 + ["goodbye"] * 2
QUESTIONS = ["hello friend thanks", "thank", "bye my friend", "good good good morning", "home"]


class Learning(unittest.TestCase):
    def test_chances_are_those_of_scikit_learn(self) -> None:
        for classes in (CLASSES, ["one"] * 4 + ["two"] * 4):
            with self.subTest(number=len(set(classes))):
                self._compare(classes)

    def _compare(self, classes: list[str]) -> None:
        vectorizers = [
            TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", **COMMON),
            TfidfVectorizer(ngram_range=(2, 4), analyzer="char_wb", **COMMON),
        ]
        features = hstack([vectorizer.fit_transform(TEXTS) for vectorizer in vectorizers])
        theirs = LogisticRegression(C=20.0, class_weight="balanced", max_iter=200).fit(features, classes)
        expected = theirs.predict_proba(
            hstack([vectorizer.transform(QUESTIONS) for vectorizer in vectorizers])
        )
        ours = TextClassifier.learn(TEXTS, classes, **OPTIONS)
        for question, row in zip(QUESTIONS, expected, strict=True):
            chances = ours.chances(question)
            np.testing.assert_allclose([chances[name] for name in theirs.classes_], row, atol=1e-6)

    def test_the_likeliest_comes_first(self) -> None:
        chances = TextClassifier.learn(TEXTS, CLASSES, **OPTIONS).chances("thank you friend")
        self.assertEqual(next(iter(chances)), "thanks")
        self.assertEqual(list(chances.values()), sorted(chances.values(), reverse=True))

    def test_a_text_of_nothing_known_has_no_chances(self) -> None:
        learned = TextClassifier.learn(TEXTS, CLASSES, **OPTIONS)
        self.assertEqual(learned.chances("∎∎"), {})
        self.assertEqual(learned.chances(""), {})

    def test_what_was_kept_answers_as_what_was_learned(self) -> None:
        learned = TextClassifier.learn(TEXTS, CLASSES, **OPTIONS)
        with tempfile.TemporaryDirectory() as folder:
            learned.save(Path(folder))
            kept = TextClassifier.load(Path(folder))
        for question in QUESTIONS:
            before, after = learned.chances(question), kept.chances(question)
            np.testing.assert_allclose([after[name] for name in before], list(before.values()), atol=1e-5)
