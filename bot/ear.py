"""Hears a cry for help with what the engine has learnt, while the engine is away.

The danger net goes by patterns and misses most cries that are told in other words. The engine's model
holds a classifier that hears nearly all of them and needs nothing of Rasa: it is taken out of the model
and asked here. Not here: the net, which goes first (`content.danger`).
"""

import logging
import tarfile
import tempfile
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bot.nlu.spelling import spell
from bot.training import MODELS

if TYPE_CHECKING:
    from bot.nlu.text_classifier import TextClassifier

_log = logging.getLogger(__name__)
_DANGER = "danger"
_COMPONENT = "bot.nlu.danger.DangerFirst"
_FILES = ("classifier.json", "classifier.npz")
_UNREADABLE = (OSError, KeyError, ValueError, tarfile.TarError, zipfile.BadZipFile, yaml.YAMLError)


class Ear:
    """Tells whether a text speaks of present danger. Reads the model when it is first asked; thread-safe."""

    def __init__(self, models: Path = MODELS, config: Path = Path("config.yml")) -> None:
        self._models = models
        self._config = config
        self._reading = threading.Lock()
        self._read = False
        self._classifier: TextClassifier | None = None
        self._threshold = 1.0

    def hears(self, text: str) -> bool:
        """Whether danger is as likely as the engine wants it to be; False if there is no model."""
        with self._reading:
            if not self._read:
                self._read = True
                try:
                    self._threshold = _threshold(self._config)
                    self._classifier = _classifier(self._models)
                except _UNREADABLE as error:
                    _log.error("without the engine only the danger net hears cries: %s", error)
        if self._classifier is None:
            return False
        return self._classifier.chances(spell(text).text).get(_DANGER, 0.0) >= self._threshold


def _threshold(config: Path) -> float:
    """From which likelihood on the engine takes a message for danger."""
    pipeline: list[dict[str, Any]] = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    by_name = {part["name"]: part for part in pipeline}
    return float(by_name[_COMPONENT]["threshold"])


def _classifier(models: Path) -> "TextClassifier":
    """The classifier of the model that the engine starts with."""
    # It imports scikit-learn, which takes 2 s: only who needs it waits.
    from bot.nlu.text_classifier import TextClassifier  # noqa: PLC0415

    name = (models / "current").read_text(encoding="ascii").strip()
    with tarfile.open(models / f"{name}.tar.gz") as model, tempfile.TemporaryDirectory() as folder:
        for member in model.getmembers():
            file = Path(member.name).name
            if file in _FILES and (content := model.extractfile(member)) is not None:
                (Path(folder) / file).write_bytes(content.read())
        return TextClassifier.load(Path(folder))
