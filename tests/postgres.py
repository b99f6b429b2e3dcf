"""A real PostgreSQL for tests: a temporary cluster on a socket of its own, started once, gone afterwards.

`postgresql` gives new, empty databases. Where PostgreSQL is not installed, tests that ask for it are
skipped with a line that says so.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import create_engine, make_url, text


class NewDatabase(Protocol):
    """Makes databases."""

    def __call__(self, template: str | None = None) -> str:
        """The address of a new database: empty, or a copy of the one at the address given."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[NewDatabase]:
    """Call it for the address of a new database."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="tokstret-pg-", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _give_to_postgres(folder)
        _run(programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        options = f"-c fsync=off -c listen_addresses='' -k {folder}"
        _run(programs / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "start")
        try:
            yield _databases(folder)
        finally:
            _run(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")


def _databases(folder: Path) -> NewDatabase:
    server = create_engine(
        f"postgresql+psycopg://postgres@/postgres?host={folder}", isolation_level="AUTOCOMMIT"
    )
    numbers = count(1)

    def new(template: str | None = None) -> str:
        name = f"test_{next(numbers)}"
        original = make_url(template).database if template else "template0"
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {original}"))
        server.dispose()
        return f"postgresql://postgres@/{name}?host={folder}"

    return new


def _programs() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).parent
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True
    )
    return next((path for path in installed if (path / "initdb").exists()), None)


def _give_to_postgres(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


def _run(*command: str | Path) -> None:
    """Run a program of PostgreSQL; as root it must be run as the user postgres."""
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    done = subprocess.run(
        [str(part) for part in command],
        cwd="/",
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        user=account and account.pw_uid,
        group=account and account.pw_gid,
        extra_groups=account and [],
    )
    if done.returncode != 0:
        pytest.fail(f"{command[0]}: {done.stderr}")
