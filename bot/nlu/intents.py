"""The intent classifier: Rasa's logistic regression, kept from guessing what only buttons say.

Runs in the engine. Not here: which intents win below the top (`danger`), entities (`gazetteer`).
"""

from __future__ import annotations

from typing import List, Tuple

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LogisticRegressionClassifier):
    """Learns the intents that people write; an example that is a payload (`/…`) teaches nothing."""

    def _create_training_matrix(self, training_data: TrainingData) -> Tuple[csr_matrix, List[str]]:
        examples = [example for example in training_data.intent_examples if not _is_payload(example)]
        return self._create_X(examples), [example.get(INTENT) for example in examples]

    def process(self, messages: List[Message]) -> List[Message]:
        """Classify what was written; a payload carries its intent itself and is left alone."""
        written = [message for message in messages if not _is_payload(message)]
        if written:
            super().process(written)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from its guesses, so none are made."""
        return training_data


def _is_payload(message: Message) -> bool:
    return str(message.get(TEXT) or "").startswith(INTENT_MESSAGE_PREFIX)
