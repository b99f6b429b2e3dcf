"""A model's storage for components, in a folder that goes away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class Trained:
    """A component trained on examples, and loaded again from what it stored."""

    def __init__(self, kind: Any, data: TrainingData, config: dict[str, Any] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory()
        storage = LocalModelStorage(Path(self._folder.name))
        context = ExecutionContext(GraphSchema({}), node_name="node")
        settings = {**kind.get_default_config(), **(config or {})}
        resource = Resource("node")
        self.fresh = kind.create(settings, storage, resource, context)
        self.fresh.train(data)
        self.loaded = kind.load(settings, storage, resource, context)

    def close(self) -> None:
        """Remove the storage."""
        self._folder.cleanup()


def message(text: str) -> Message:
    """A message as it comes in."""
    return Message.build(text=text)
