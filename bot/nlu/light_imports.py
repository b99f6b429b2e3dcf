"""Starting the engine without TensorFlow, when the model does not use it.

Rasa 3.6 imports TensorFlow as soon as its server is imported: through its neural components, which
it lists whether they are used or not, and through their helpers. `stand_in` puts empty modules in
their place, for this process only. A name taken from one is a class that says why it cannot be used.
Standard library only, so that it can run before anything of Rasa.
Why, and what it saves: docs/decisions/0003-engine-adapters.md.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import json
import re
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

_TENSORFLOW_HELPERS = frozenset(
    "rasa.utils.tensorflow." + name
    for name in (
        "callback",
        "crf",
        "data_generator",
        "layers",
        "layers_utils",
        "metrics",
        "models",
        "rasa_layers",
        "transformer",
        "types",
    )
)
# Rasa's components that need TensorFlow, and the module each lives in.
_TENSORFLOW_COMPONENTS = {
    "DIETClassifier": "rasa.nlu.classifiers.diet_classifier",
    "ConveRTFeaturizer": "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
    "LanguageModelFeaturizer": "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
    "ResponseSelector": "rasa.nlu.selectors.response_selector",
    "TEDPolicy": "rasa.core.policies.ted_policy",
    "UnexpecTEDIntentPolicy": "rasa.core.policies.unexpected_intent_policy",
}
STOOD_IN = _TENSORFLOW_HELPERS.union(_TENSORFLOW_COMPONENTS.values())


class NeedsTensorFlow(RuntimeError):
    """Something was used that needs TensorFlow, in a process that started without it."""


def stand_in() -> None:
    """Keep TensorFlow out of this process from here on; Rasa must not have been imported yet."""
    late = sorted(STOOD_IN.intersection(sys.modules))
    if late:
        raise NeedsTensorFlow(f"Too late to start without TensorFlow: {late[0]} is already imported.")
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def needs_tensorflow(model: Path) -> bool:
    """Whether a packed Rasa model uses a component that needs TensorFlow."""
    modules = tuple(_TENSORFLOW_COMPONENTS.values())
    return any(used.startswith(modules) for used in _components(model))


def names_tensorflow_component(config: str) -> bool:
    """Whether a config.yml names a component that needs TensorFlow."""
    return any(re.search(rf"\b{name}\b", config) for name in _TENSORFLOW_COMPONENTS)


def _components(model: Path) -> Iterator[str]:
    with tarfile.open(model) as archive:
        metadata = archive.extractfile("metadata.json")
        if metadata is None:
            raise tarfile.ReadError(f"{model} holds no metadata.json")
        schemas = json.load(metadata)
    for schema in ("train_schema", "predict_schema"):
        for node in schemas[schema]["nodes"].values():
            yield str(node["uses"])


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[Any] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname in STOOD_IN:
            return importlib.machinery.ModuleSpec(fullname, _Loader())
        if fullname == "tensorflow":  # asked for by libraries that can do without, such as thinc
            raise ModuleNotFoundError("The engine runs without TensorFlow.", name=fullname)
        return None


class _Loader(importlib.abc.Loader):
    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__getattr__"] = lambda name: _placeholder(module.__name__, name)


def _placeholder(module: str, name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)

    def refuse(self: object, *args: object, **kwargs: object) -> None:
        raise NeedsTensorFlow(f"{module}.{name} needs TensorFlow, which this process runs without.")

    return type(name, (), {"__init__": refuse})
