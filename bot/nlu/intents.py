"""The intent classifier: what kind of turn a message is, from what was written alone.

Runs in the engine. It weighs rare words up and long messages down, which Rasa's own count vectors and
logistic regression do not: it understands more and answers sooner (figures:
docs/decisions/0003-engine-adapters.md).
Not here: the learning (`text_classifier`), which intents win below the top (`danger`), entities
(`gazetteer`).
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME, INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.spelling import spell
from bot.nlu.text_classifier import TextClassifier

NOT_UNDERSTOOD = {DEFAULT_NLU_FALLBACK_INTENT_NAME: 1.0}
_NAMES = ("country", "scheme")  # entities


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Ranks the intents of messages.

    Examples that are payloads (`/…`) teach nothing: only buttons and commands carry such intents.
    """

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._classifier: TextClassifier | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Longest sequences of words and of letters; how closely, and how long, to learn.

        From `long_from` words on a message is a `question`, unless another intent has at least `likely`;
        so is what would be one of `yield_to_names` and names a country or scheme: "no, Korea".
        """
        return {
            "max_words": 2,
            "max_letters": 4,
            "strength": 20.0,
            "max_iterations": 200,
            "question": "ask_question",
            "long_from": 13,
            "likely": 0.9,
            "yield_to_names": ["affirm", "deny", "i_am_safe", "how_are_you"],
        }

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
            component._classifier = TextClassifier.load(folder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and keep what was learned with the model."""
        examples = [example for example in training_data.intent_examples if not _is_payload(example)]
        self._classifier = TextClassifier.learn(
            [_text(example) for example in examples],
            [example.get(INTENT) for example in examples],
            max_words=self._config["max_words"],
            max_letters=self._config["max_letters"],
            strength=self._config["strength"],
            max_iterations=self._config["max_iterations"],
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of each message.

        A payload carries its intent itself, which Rasa reads after this; until then, and for good
        if Rasa does not know it, it counts as not understood. So does a message of nothing known.
        """
        for message in messages:
            chances = self._weighed(message, self._chances(message)) or NOT_UNDERSTOOD
            ranking = [
                {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: chance} for name, chance in chances.items()
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _weighed(self, message: Message, chances: dict[str, float]) -> dict[str, float]:
        """With the question first, where a long message is not surely anything else; and for names alone.

        What people tell of themselves has words of any intent: "my friend asks, can you explain it?" And
        who writes nothing but "Fiji" is answered by what was asked before.
        """
        question = self._config["question"]
        if question not in chances:
            return chances
        if _names_alone(message):
            return {question: 1.0}
        likeliest = next(iter(chances))
        if likeliest in self._config["yield_to_names"] and _names(message):
            return self._first(question, chances)
        if len(_text(message).split()) < self._config["long_from"]:
            return chances
        if chances[likeliest] >= self._config["likely"]:
            return chances
        return self._first(question, chances)

    @staticmethod
    def _first(intent: str, chances: dict[str, float]) -> dict[str, float]:
        """With an intent first, as likely as the likeliest."""
        others = {name: chance for name, chance in chances.items() if name != intent}
        return {intent: max(chances.values()), **others}

    def _chances(self, message: Message) -> dict[str, float]:
        if self._classifier is None or _is_payload(message):
            return {}
        return self._classifier.chances(_text(message))


def _text(message: Message) -> str:
    return spell(str(message.get(TEXT) or "")).text


def _names(message: Message) -> list[dict[str, Any]]:
    """The countries and schemes that were found in it before."""
    return [entity for entity in message.get(ENTITIES) or [] if entity[ENTITY_ATTRIBUTE_TYPE] in _NAMES]


def _names_alone(message: Message) -> bool:
    """Whether it has no letters but those of countries and schemes, which must have been found before."""
    left, named = list(str(message.get(TEXT) or "")), _names(message)
    for entity in named:
        left[entity[ENTITY_ATTRIBUTE_START] : entity[ENTITY_ATTRIBUTE_END]] = " " * (
            entity[ENTITY_ATTRIBUTE_END] - entity[ENTITY_ATTRIBUTE_START]
        )
    return bool(named) and not any(letter.isalnum() for letter in left)


def _is_payload(message: Message) -> bool:
    return str(message.get(TEXT) or "").lstrip().startswith(INTENT_MESSAGE_PREFIX)
