"""Training the engine's model when something it learns from changed: `python -m bot.training`.

A model is named by the fingerprint of all that goes into it, so a model that is there need not be
made again, and going back to older phrases goes back to their model. `models/current` names the one
the engine starts with. The training itself runs in the engine's environment (`bot.nlu.train`).
Not here: what is learned from the library (`bot.training_data`).
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bot import training_data as training_data_module
from bot.settings import Settings, SettingsError
from bot.training_data import TrainingDataError, training_data
from content import words as words_module
from content.words import Words, WordsError

ENGINE_PYTHON = Path(".venv-engine/bin/python")
MODELS = Path("models")
CURRENT = MODELS / "current"
KEPT_MODELS = 3
_INPUTS = ("config.yml", "domain.yml", "data/**/*.yml", "bot/nlu/**/*.py", "requirements/engine.txt")


class TrainingError(Exception):
    """The engine could not be trained; what it said was printed before."""


def main() -> int:
    """Train if needed; 0 when a model for the present files is in place."""
    try:
        settings = Settings.read()
        train_if_needed(settings.library_dir, settings.locales_dir, settings.data_dir / "training")
    except (SettingsError, TrainingDataError, WordsError, TrainingError) as error:
        print(f"Training failed: {error}", file=sys.stderr)
        return 1
    return 0


def train_if_needed(library: Path, locales: Path, folder: Path) -> Path:
    """Make the model of the present files the current one, training it if there is none yet.

    The library's part of the training data is written into `folder`. If no file was touched since the
    last time, none is read.
    """
    made_of = _MadeOf(library, locales, folder)
    if (model := made_of.model()) is None:
        model = _train_from_library(library, locales, folder)
        made_of.note(model)
    else:
        print(f"The model is up to date ({model}).", flush=True)
    _make_current(model)
    return model


def _train_from_library(library: Path, locales: Path, folder: Path) -> Path:
    learned = training_data(library, Words(locales))
    learned.write(folder)
    model = MODELS / f"{fingerprint(folder)}.tar.gz"
    if model.is_file():
        print(f"The model is up to date ({model}).", flush=True)
    else:
        languages = ", ".join(learned.languages)
        print(f"Training on {len(learned.phrases)} phrases of the library ({languages}) …", flush=True)
        _train(folder, model)
        print(f"The model is trained ({model}).", flush=True)
    return model


def fingerprint(folder: Path) -> str:
    """Of the files the model is made from: ours, and the library's part written into `folder`."""
    digest = hashlib.sha256()
    for path in _inputs(folder):
        name = path.relative_to(folder) if path.is_relative_to(folder) else path
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def _inputs(folder: Path) -> Iterator[Path]:
    for pattern in _INPUTS:
        yield from sorted(Path().glob(pattern))
    yield from sorted(folder.glob("*.yml"))


class _MadeOf:
    """The state of all files that the model is made of, by name, size and time, and the model made of it.

    Reading them all takes a second or two of every start; asking when they were written, 0.06 s.
    """

    def __init__(self, library: Path, locales: Path, folder: Path) -> None:
        self._library, self._locales = library, locales
        self._folder = folder
        self._file = folder / "made-of"

    def model(self) -> Path | None:
        """The model that was made of the files as they are now; None if that is not known or it is gone."""
        try:
            state, name = self._file.read_text(encoding="utf-8").split()
        except (FileNotFoundError, ValueError):
            return None
        model = MODELS / name
        return model if state == self._state() and model.is_file() else None

    def note(self, model: Path) -> None:
        """Remember which model the files as they are now make."""
        self._file.write_text(f"{self._state()} {model.name}\n", encoding="utf-8")

    def _state(self) -> str:
        digest = hashlib.sha256()
        for path in self._files():
            stat = path.stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
        return digest.hexdigest()

    def _files(self) -> Iterator[Path]:
        yield from sorted(self._library.rglob("*.yml"))
        yield from sorted(self._locales.rglob("*.po"))
        yield from _inputs(self._folder)
        yield from (Path(str(module.__file__)) for module in (training_data_module, words_module))


def _train(folder: Path, model: Path) -> None:
    """Train aside and move the model in place only when it is whole."""
    aside = folder / "new"
    command = [str(ENGINE_PYTHON), "-m", "bot.nlu.train", "--library-data", str(folder), "--out", str(aside)]
    command += ["--name", model.name]
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - our own program
    except OSError as error:
        raise TrainingError(f"{ENGINE_PYTHON} cannot be started: {error.strerror}.") from error
    if code or not (aside / model.name).is_file():
        raise TrainingError(f"the engine's training ended with code {code}; see above.")
    MODELS.mkdir(exist_ok=True)
    (aside / model.name).replace(model)


def _make_current(model: Path) -> None:
    """Name the model in models/current and drop all but the latest few."""
    marker = CURRENT.with_suffix(".new")
    marker.write_text(model.name.removesuffix(".tar.gz") + "\n", encoding="ascii")
    marker.replace(CURRENT)
    model.touch()
    models = sorted(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in models[KEPT_MODELS:]:
        old.unlink()


if __name__ == "__main__":
    sys.exit(main())
