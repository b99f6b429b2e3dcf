"""Training the engine's model and the ear when what they learn from changed: `python -m bot.training`.

A model is named by the fingerprint of all that goes into it, so a model that is there need not be
made again, and going back to older phrases goes back to their model. `models/current` names the one
the engine starts with. The training itself runs in the engine's environment (`bot.nlu.train`).
There is one ear, `models/ear.npz`, which says itself what it was learned from.
Not here: what is learned from the library (`bot.training_data`), and by the ear (`bot.ear_lessons`).
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot import ear_lessons as ear_lessons_module
from bot import training_data as training_data_module
from bot.ear_lessons import ear_lessons
from bot.settings import Settings, SettingsError
from bot.training_data import TrainingData, TrainingDataError, training_data
from content import ear as ear_module
from content import words as words_module
from content.ear import Ear, EarError, made_of
from content.search import learners as learners_module
from content.search import network as network_module
from content.search import normalise as normalise_module
from content.search import outside as outside_module
from content.search import terms as terms_module
from content.search import vocabulary as vocabulary_module
from content.search import weighing as weighing_module
from content.words import Words, WordsError

ENGINE_PYTHON = Path(".venv-engine/bin/python")
MODELS = Path("models")
CURRENT = MODELS / "current"
EAR = MODELS / "ear.npz"
KEPT_MODELS = 3
_CODE_OF_EAR = (
    ear_module,
    ear_lessons_module,
    learners_module,
    network_module,
    normalise_module,
    terms_module,
    vocabulary_module,
    weighing_module,
)
_INPUTS = (
    "config.yml",
    "domain.yml",
    "data/nlu/**/*.yml",
    "data/rules/*.yml",
    "data/stories/*.yml",
    "bot/nlu/**/*.py",
    "requirements/engine.txt",
)


class TrainingError(Exception):
    """The engine could not be trained; what it said was printed before."""


def main() -> int:
    """Train if needed; 0 when a model for the present files is in place."""
    try:
        settings = Settings.read()
        train_if_needed(settings.library_dir, settings.locales_dir, settings.data_dir / "training")
    except (SettingsError, TrainingDataError, WordsError, TrainingError, EarError) as error:
        print(f"Training failed: {error}", file=sys.stderr)
        return 1
    return 0


def train_if_needed(library: Path, locales: Path, folder: Path) -> Path:
    """Make the model of the present files the current one, training it and the ear if there is none yet.

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
    with ThreadPoolExecutor(max_workers=1) as beside:
        ear = beside.submit(learn_ear_if_needed, learned)
        model = _train_engine_if_needed(learned, folder)
        ear.result()
    return model


def _train_engine_if_needed(learned: TrainingData, folder: Path) -> Path:
    model = MODELS / f"{fingerprint(folder)}.tar.gz"
    if model.is_file():
        print(f"The model is up to date ({model}).", flush=True)
    else:
        languages = ", ".join(learned.languages)
        print(f"Training on {len(learned.phrases)} phrases of the library ({languages}) …", flush=True)
        _train(folder, model)
        print(f"The model is trained ({model}).", flush=True)
    return model


def learn_ear_if_needed(learned: TrainingData) -> None:
    """Learn the ear from the library and the examples written by hand, unless it was."""
    lessons = ear_lessons(learned)
    digest = hashlib.sha256()
    for module in _CODE_OF_EAR:
        digest.update(Path(str(module.__file__)).read_bytes())
    for texts in (lessons.cries, lessons.look_alikes, lessons.ordinary, lessons.talk):
        digest.update("\0".join((*texts, "")).encode())
    lessons_are = digest.hexdigest()
    if made_of(EAR) == lessons_are:
        print(f"The ear is up to date ({EAR}).", flush=True)
        return
    print(f"The ear learns from {len(lessons.cries)} cries …", flush=True)
    Ear.learnt(lessons).save(EAR, lessons_are)


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
        return model if state == self._state() and model.is_file() and EAR.is_file() else None

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
        yield from sorted(self._locales.rglob("messages.po"))
        yield from sorted(Path().glob("data/ear/*.yml"))
        yield from sorted(outside_module.FOLDER.glob("*.txt"))
        yield from _inputs(self._folder)
        yield from (
            Path(str(module.__file__))
            for module in (*_CODE_OF_EAR, training_data_module, words_module, outside_module)
        )


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
