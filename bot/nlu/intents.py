"""The intent classifier: logistic regression over word and letter sequences of the one spelling.

Runs in the engine. Compared with Rasa's own count vectors and logistic regression it weighs rare
sequences up and long messages down, which understands more and answers sooner (figures:
docs/decisions/0003-engine-adapters.md).
Not here: which intents win below the top (`danger`), entities (`gazetteer`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME, INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.nlu.spelling import spell

# What may come out of the file besides scikit-learn's own kinds: the weights of the sequences.
_TRUSTED = ["scipy.sparse._csr.csr_matrix"]
Ranking = list[dict[str, Any]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Tells what kind of turn a message is, from what was written alone.

    Examples that are payloads (`/…`) teach nothing: only buttons and commands carry such intents.
    """

    FILE_NAME = "intents.skops"

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._sequences: tuple[TfidfVectorizer, ...] = ()
        self._classifier: LogisticRegression | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Longest sequences of words and letters, inverse strength of regularisation, patience."""
        return {"max_words": 2, "max_letters": 4, "C": 20.0, "max_iter": 200}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """Make the component, not yet trained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """Make the component as it was trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            learned = skops.io.load(folder / cls.FILE_NAME, trusted=_TRUSTED)
        *component._sequences, component._classifier = learned
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and keep what was learned with the model."""
        examples = [example for example in training_data.intent_examples if not _is_payload(example)]
        texts = [_text(example) for example in examples]
        self._sequences = tuple(vectorizer.fit(texts) for vectorizer in self._new_sequences())
        self._classifier = LogisticRegression(
            C=self._config["C"], class_weight="balanced", max_iter=self._config["max_iter"]
        )
        self._classifier.fit(self._features(texts), [example.get(INTENT) for example in examples])
        with self._model_storage.write_to(self._resource) as folder:
            skops.io.dump([*self._sequences, self._classifier], folder / self.FILE_NAME)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of each message.

        A payload carries its intent itself, which Rasa reads after this; until then, and for good
        if Rasa does not know it, it counts as not understood. So does a message of nothing known.
        """
        for message in messages:
            ranking = [] if _is_payload(message) else self._ranking(_text(message))
            ranking = ranking or [_row(DEFAULT_NLU_FALLBACK_INTENT_NAME, 1.0)]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, text: str) -> Ranking:
        if self._classifier is None:
            return []
        features = self._features([text])
        if not features.nnz:
            return []
        names = self._classifier.classes_
        chances: Sequence[float] = self._classifier.predict_proba(features)[0]
        rows = [_row(str(name), float(chance)) for name, chance in zip(names, chances, strict=True)]
        return sorted(rows, key=lambda row: -row[PREDICTED_CONFIDENCE_KEY])

    def _features(self, texts: list[str]) -> csr_matrix:
        return hstack([vectorizer.transform(texts) for vectorizer in self._sequences], format="csr")

    def _new_sequences(self) -> list[TfidfVectorizer]:
        shared = {"lowercase": False, "sublinear_tf": True}
        words = (1, self._config["max_words"])
        letters = (2, self._config["max_letters"])
        return [
            TfidfVectorizer(ngram_range=words, token_pattern=r"(?u)\b\w+\b", **shared),  # noqa: S106
            TfidfVectorizer(ngram_range=letters, analyzer="char_wb", **shared),
        ]


def _row(name: str, chance: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: chance}


def _text(message: Message) -> str:
    return spell(str(message.get(TEXT) or "")).text


def _is_payload(message: Message) -> bool:
    return str(message.get(TEXT) or "").lstrip().startswith(INTENT_MESSAGE_PREFIX)
