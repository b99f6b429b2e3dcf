"""A PostgreSQL database: copied by its own programs, pg_dump and pg_restore, in one snapshot.

The programs must be as new as the server; they are looked for where `pg_config` says, then on the path.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from sqlalchemy import URL, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from content.backup.archive import BackupError, Kind, Store
from content.backup.databases import Contents, contents
from content.migrating import migrate
from content.models import Base
from content.people.models import PeopleBase
from content.staff import models as staff_models
from content.store import open_store, shown

_ALL_TABLES = (staff_models,)  # a table is known once its module is read
_OURS = {*Base.metadata.tables, *PeopleBase.metadata.tables, "events"}
_VERSIONS = {"schema_version_content", "schema_version_people"}
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
_FUNCTIONS = text(
    "SELECT DISTINCT p.oid::regprocedure::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
    "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relname = ANY(:tables)"
)
_WAIT_FOR_LOCKS = "SET lock_timeout = '30s';"


class PostgreSQL:
    """A database of a server."""

    kind: ClassVar[Kind] = "postgresql"
    suffix: ClassVar[str] = "dump"

    def __init__(self, url: URL, stores: tuple[Store, ...]) -> None:
        self._url = url
        self._stores = stores

    @property
    def exists(self) -> bool:
        """Whether there is a table."""
        engine = self._open()
        try:
            return bool(inspect(engine).get_table_names())
        except DBAPIError as error:
            raise self._unreachable(error) from error
        finally:
            engine.dispose()

    def dump(self, target: Path) -> Contents:
        """Copy it into a file as it is at one moment, while others use it; what is in the file."""
        engine = self._open()
        try:
            with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
                snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
                options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
                self._run("pg_dump", *options, f"--file={target}", self._address())
                return contents(connection)
        except DBAPIError as error:
            raise self._unreachable(error) from error
        finally:
            engine.dispose()

    def check(self, file: Path, counts: Mapping[str, int]) -> None:
        """Raise BackupError unless pg_restore can read all of the file, and every table counted is in it."""
        self._run("pg_restore", "--file=/dev/null", str(file))
        listed = self._run("pg_restore", "--list", str(file))
        tables = set(re.findall(r" TABLE DATA \S+ (\S+) ", listed))
        if missing := sorted(counts.keys() - tables):
            raise BackupError(f"{file.name} in the backup lacks the tables {', '.join(missing)}.")

    def prepare(self, file: Path) -> None:
        """Make the script that will be run, so that a file that cannot be read is known beforehand."""
        options = ("--clean", "--if-exists", "--no-owner", "--no-privileges")
        self._run("pg_restore", *options, f"--file={_script(file)}", str(file))

    def is_in_use(self) -> bool:
        """Whether anybody else is connected to it."""
        engine = self._open()
        try:
            with engine.connect() as connection:
                return bool(connection.scalar(_OTHERS))
        except DBAPIError as error:
            raise self._unreachable(error) from error
        finally:
            engine.dispose()

    def restore(self, file: Path) -> None:
        """Put the file's content in the place of our tables, in one transaction; then the newest schema."""
        drops = file.with_suffix(".drops.sql")
        drops.write_text("\n".join([_WAIT_FOR_LOCKS, *self._drops()]), encoding="utf-8")
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        self._run("psql", *options, f"--file={drops}", f"--file={_script(file)}", self._address())
        for store in self._stores:
            if store != "tracker":
                migrate(self._url.render_as_string(hide_password=False), store)

    def _drops(self) -> Iterable[str]:
        """What must go first: our tables, also those that the backup's older schema does not know."""
        engine = self._open()
        try:
            with engine.connect() as connection:
                tables = sorted({*inspect(connection).get_table_names()} & (_OURS | _VERSIONS))
                functions = connection.scalars(_FUNCTIONS, {"tables": tables}).all()
        finally:
            engine.dispose()
        quote = engine.dialect.identifier_preparer.quote
        yield from (f"DROP TABLE IF EXISTS {quote(name)} CASCADE;" for name in tables)
        yield from (f"DROP FUNCTION IF EXISTS {function} CASCADE;" for function in functions)

    def _open(self) -> Engine:
        return open_store(self._url.render_as_string(hide_password=False))

    def _address(self) -> str:
        """The address for PostgreSQL's programs, without the password: others see a program's arguments."""
        bare = URL.create("postgresql", self._url.username, None, self._url.host, self._url.port,
                          self._url.database, self._url.query)  # fmt: skip
        return f"--dbname={bare.render_as_string()}"

    def _run(self, program: str, *arguments: str) -> str:
        password = {"PGPASSWORD": str(self._url.password)} if self._url.password else {}
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            [_found(program), *arguments],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **password},
        )
        if done.returncode != 0:
            raise BackupError(f"{program} failed for {shown(self._url)}: {done.stderr.strip()}")
        return done.stdout

    def _unreachable(self, error: DBAPIError) -> BackupError:
        return BackupError(f"{shown(self._url)} cannot be read: {error.orig}")


def _found(program: str) -> str:
    """Where a program of PostgreSQL is; BackupError if it is not installed."""
    config = shutil.which("pg_config")
    if config is not None:
        folder = subprocess.run([config, "--bindir"], check=False, capture_output=True, text=True)  # noqa: S603
        beside = Path(folder.stdout.strip()) / program
        if beside.is_file():
            return str(beside)
    on_path = shutil.which(program)
    if on_path is None:
        raise BackupError(f"{program} is not installed; it comes with PostgreSQL's client programs.")
    return on_path


def _script(file: Path) -> Path:
    return file.with_suffix(".sql")
