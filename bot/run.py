"""The whole product with one command: `python -m bot.run`, behind `make run`.

Checks the settings and the ports, migrates the stores, imports the library on the first start,
trains the engine's model if its inputs changed, then becomes the supervisor of the three
processes. Nothing that is already done is done again.
"""

import getpass
import logging
import multiprocessing
import os
import socket
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from string import Template
from typing import NoReturn

from bot.settings import Settings, SettingsError
from bot.training import TrainingError, train_if_needed
from bot.training_data import TrainingDataError
from content.ear import EarError
from content.folder import LibraryError, read_library
from content.importer import import_library
from content.logs import configure
from content.migrating import migrate
from content.people.cipher import Cipher
from content.repository import Repository
from content.search.kept import is_of_use
from content.search.live import LiveSearch
from content.staff import Staff
from content.store import StoreError, open_store
from content.words import WordsError

_log = logging.getLogger("run")
_TEMPLATE = Path(__file__).with_name("supervisord.conf")


class RunError(Exception):
    """The product cannot start; the message says what to do about it."""


_CANNOT_START = (
    EarError,
    RunError,
    SettingsError,
    StoreError,
    LibraryError,
    TrainingDataError,
    TrainingError,
    WordsError,
)


def main() -> int:
    """Prepare, then become the supervisor; returns only if that fails."""
    configure("run")
    try:
        settings = Settings.read()
        check_ports(settings)
        prepare(settings)
        config = write_supervisor_config(settings)
    except _CANNOT_START as error:
        print(f"Tokstret cannot start. {error}", file=sys.stderr)
        return 2
    return become_supervisor(config)


def become_supervisor(config: Path) -> NoReturn:
    """Replace this process by supervisord, so that signals reach it and nothing stands between."""
    supervisord = str(Path(sys.executable).with_name("supervisord"))
    sys.stdout.flush()
    os.execv(supervisord, [supervisord, "--nodaemon", "--configuration", str(config)])  # noqa: S606


def check_ports(settings: Settings) -> None:
    """Raise RunError if a port that we need is taken, naming its setting."""
    for variable, host, port in (
        ("TOKSTRET_PORT", settings.host, settings.port),
        ("TOKSTRET_ENGINE_PORT", "127.0.0.1", settings.engine_port),
        ("TOKSTRET_ACTIONS_PORT", "127.0.0.1", settings.actions_port),
    ):
        try:
            family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            raise RunError(
                f"Port {port} on {host} cannot be used ({error.strerror or error}). "
                f"Stop what uses it, or set {variable} to another one."
            ) from error


def prepare(settings: Settings) -> None:
    """Stores at their newest shape, library imported if there is none, index and models learnt if need be."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    _ = settings.secret
    _log.info("stores: bringing them up to date")
    migrate(settings.content_address, "content")
    migrate(settings.people_address, "people")
    import_if_empty(settings)
    make_first_account(settings)
    # In a process of its own: the learner draws its random numbers from one source for a whole process.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as beside:
        index = None
        if not is_of_use(settings.index_file):
            _log.info("search index: learning it, which takes a minute")
            index = beside.submit(make_index, settings.content_address, settings.index_file)
        train_if_needed(settings.library_dir, settings.locales_dir, settings.data_dir / "training")
        if index is not None:
            index.result()


def import_if_empty(settings: Settings) -> None:
    """Import the library into a store that has nothing."""
    engine = open_store(settings.content_address)
    if Repository(engine).is_empty():
        _log.info("library: first start, importing %s", settings.library_dir)
        report = import_library(engine, read_library(settings.library_dir))
        _log.info("library: %d items imported", report.touched)
    engine.dispose()


def make_first_account(settings: Settings) -> None:
    """An account for the first member of staff; its one-time password waits in a file until it is changed."""
    engine = open_store(settings.people_address)
    given = settings.staff_password.get_secret_value() if settings.staff_password else None
    password = Staff(engine, Cipher(settings.secret.decode())).first_account(given)
    engine.dispose()
    if password is not None and given is None:
        settings.first_password_file.touch(mode=0o600)
        settings.first_password_file.write_text(password, encoding="ascii")


def make_index(content_address: str, path: Path) -> None:
    """Learn the search index before it is wanted, and keep it."""
    configure("run")
    engine = open_store(content_address)
    LiveSearch(Repository(engine), kept_in=path)
    engine.dispose()


def write_supervisor_config(settings: Settings) -> Path:
    """Fill in supervisord's configuration for this machine."""
    path = settings.data_dir.absolute() / "supervisord.conf"
    values = {
        "python": sys.executable,
        "engine_python": str(Path(".venv-engine/bin/python").absolute()),
        "folder": str(Path.cwd()),
        "data": str(settings.data_dir.absolute()),
        "engine_port": settings.engine_port,
        "user": getpass.getuser(),
    }
    path.write_text(Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(values), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
