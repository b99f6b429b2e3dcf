"""A SQLite database: copied by SQLite's online backup, which waits for nobody and stops nobody."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import ClassVar

from sqlalchemy import create_engine

from content.backup.archive import BackupError, Kind, Store
from content.backup.databases import Contents, contents
from content.migrating import migrate

_BESIDE = ("", "-wal", "-shm")


class SQLite:
    """A database file."""

    kind: ClassVar[Kind] = "sqlite"
    suffix: ClassVar[str] = "sqlite"

    def __init__(self, path: Path, stores: tuple[Store, ...]) -> None:
        self._path = path
        self._stores = stores

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        return self._path.is_file()

    def dump(self, target: Path) -> Contents:
        """Copy it into a file as it is at one moment, while others use it; what is in the file."""
        try:
            with closing(_connect(self._path)) as source, closing(_connect(target)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, not a file and its log
        except sqlite3.Error as error:
            raise BackupError(f"{self._path} cannot be read: {error}") from error
        return _contents(target)

    def check(self, file: Path, counts: Mapping[str, int]) -> None:
        """Raise BackupError unless a file is whole and has the rows it should have."""
        try:
            with closing(_connect(file)) as connection:
                [verdict] = connection.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.Error as error:
            verdict = str(error)
        if verdict != "ok":
            raise BackupError(f"{file.name} in the backup is damaged: {verdict}")
        if _contents(file).counts != dict(counts):
            raise BackupError(f"{file.name} in the backup does not have the rows that its manifest counts.")

    def prepare(self, file: Path) -> None:
        """Bring the file to the newest schema before it takes the place of anything."""
        for store in self._stores:
            if store != "tracker":
                migrate(f"sqlite:///{file.absolute()}", store)

    def is_in_use(self) -> bool:
        """Whether somebody else has it open: only who is alone can end its write-ahead log."""
        if not self.exists:
            return False
        try:
            with closing(_connect(self._path, timeout=0)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
                connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            return error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        except sqlite3.DatabaseError:  # damaged: nobody can work with it
            return False
        return False

    def restore(self, file: Path) -> None:
        """Put the file's content in the place of what is there, in one transaction."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._copy_from(file)
        except sqlite3.OperationalError as error:
            raise BackupError(f"{self._path} cannot be written: {error}") from error
        except sqlite3.DatabaseError:
            self._put_aside()
            self._copy_from(file)

    def _copy_from(self, file: Path) -> None:
        with closing(_connect(file)) as source, closing(_connect(self._path)) as target:
            target.execute("PRAGMA schema_version")  # is this a database at all?
            source.backup(target)

    def _put_aside(self) -> None:
        """Move a file that is no database, or a damaged one, out of the way."""
        for beside in _BESIDE:
            there = self._path.with_name(self._path.name + beside)
            if there.exists():
                there.rename(self._path.with_name(f"{self._path.name}.damaged{beside}"))


def _connect(path: Path, timeout: float = 30) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=timeout, isolation_level=None)


def _contents(path: Path) -> Contents:
    engine = create_engine(f"sqlite:///{path.absolute()}")
    try:
        with engine.connect() as connection:
            return contents(connection)
    finally:
        engine.dispose()
