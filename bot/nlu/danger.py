"""Danger errs to the safe side: it wins whenever it is likely enough, not only when likeliest.

Runs in the engine, after the classifier and before the fallback. Not here: the phrase net that
stands before the engine in the bot.
"""

from __future__ import annotations

from typing import Any, Dict, List, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

RANKING = "intent_ranking"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerFirst(GraphComponent, IntentClassifier):
    """Makes `intent` the message's intent when the classifier gives it at least `threshold`."""

    def __init__(self, intent: str, threshold: float) -> None:
        self._intent = intent
        self._threshold = threshold

    @classmethod
    def required_components(cls) -> List[Type[GraphComponent]]:
        """A classifier must have ranked the intents before."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """The intent that goes first, and from which probability on."""
        return {"intent": "danger", "threshold": 0.25}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DangerFirst:
        """Make the component from its part of config.yml."""
        return cls(config["intent"], config["threshold"])

    def process(self, messages: List[Message]) -> List[Message]:
        """Put danger first where it is likely enough; the confidence stays what it was or the top's."""
        for message in messages:
            ranking = message.get(RANKING) or []
            found = next((row for row in ranking if row[INTENT_NAME_KEY] == self._intent), None)
            if found is None or found is ranking[0] or found[PREDICTED_CONFIDENCE_KEY] < self._threshold:
                continue
            # At least the top's confidence, so that the fallback does not take it away again.
            first = {**found, PREDICTED_CONFIDENCE_KEY: ranking[0][PREDICTED_CONFIDENCE_KEY]}
            message.set(INTENT, first, add_to_output=True)
            message.set(RANKING, [first, *(row for row in ranking if row is not found)], add_to_output=True)
        return messages
