"""The trained model and a running engine, made once for these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.training import train_if_needed
from tests.bot.nlu import processes
from tests.bot.nlu.processes import Actions, Engine


@pytest.fixture(scope="session")
def library_data() -> Path:
    """Where the library's part of the training data is written."""
    return Settings().data_dir / "training"


@pytest.fixture(scope="session")
def model(library_data: Path) -> Path:
    """The model of the present files, trained if there is none yet."""
    settings = Settings()
    return train_if_needed(settings.library_dir, settings.locales_dir, library_data)


@pytest.fixture(scope="session")
def shared_engine(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with processes.engine(model, tmp_path_factory.mktemp("engine")) as running:
        yield running


@pytest.fixture
def engine(shared_engine: Engine) -> Engine:
    """The running engine, with an action server that echoes."""
    shared_engine.actions.answer = Actions.answer
    shared_engine.actions.hangs_up = False
    shared_engine.actions.breaks_off = "never"
    shared_engine.actions.calls.clear()
    shared_engine.actions.connections.clear()
    return shared_engine
