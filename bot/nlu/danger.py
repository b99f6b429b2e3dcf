"""Danger wins whenever it is likely enough, and never when it is not.

Runs in the engine, after the classifier and before the fallback: a second line behind the alarm, which
has learnt from many more cries and let the message pass (`content.alarm`). So what is likelier danger
than anything else, and still not likely, is taken for the next likeliest.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerFirst(GraphComponent, IntentClassifier):
    """Makes `intent` the message's intent if the classifier gives it at least `threshold`, and only then.

    Then cuts the ranking to `ranking_length`, since it travels with every event of the conversation.
    """

    def __init__(self, intent: str, threshold: float, ranking_length: int) -> None:
        self._intent = intent
        self._threshold = threshold
        self._ranking_length = ranking_length

    @classmethod
    def required_components(cls) -> list[type[GraphComponent]]:
        """A classifier must have ranked the intents before."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The intent that goes first, from which probability on, and how much of the ranking is kept."""
        return {"intent": "danger", "threshold": 0.25, "ranking_length": 3}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DangerFirst:
        """Make the component from its part of config.yml."""
        return cls(config["intent"], config["threshold"], config["ranking_length"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Put danger first where it is likely enough."""
        for message in messages:
            ranking = self._reordered(message.get(INTENT_RANKING_KEY) or [])[: self._ranking_length]
            if ranking:
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _reordered(self, ranking: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = next((row for row in ranking if row[INTENT_NAME_KEY] == self._intent), None)
        if found is None:
            return ranking
        others = [row for row in ranking if row is not found]
        if found[PREDICTED_CONFIDENCE_KEY] < self._threshold:
            return [*others, found]
        # At least the top's confidence, so that the fallback does not take it away again.
        return [{**found, PREDICTED_CONFIDENCE_KEY: ranking[0][PREDICTED_CONFIDENCE_KEY]}, *others]
