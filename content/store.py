"""Opening a store: engine options for SQLite and PostgreSQL, transactions, and the step to the newest schema.

Not here: what the tables are (`content.models`, `content.people.models`) or who reads and writes them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

StoreName = Literal["content", "people"]

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_TIMEOUT_MS = 5_000
_MIGRATION_TIMEOUT_MS = 120_000
_MIGRATION_LOCK = {"content": 7_346_101, "people": 7_346_102}  # any two numbers nobody else uses


class StoreError(Exception):
    """A store cannot be opened or brought up to date; the message says which and why."""


def open_store(address: str) -> Engine:
    """Open a store by its SQLAlchemy address; nothing is connected yet."""
    return _open(store_url(address), _BUSY_TIMEOUT_MS)


def store_url(address: str) -> URL:
    """The address as SQLAlchemy wants it; StoreError if it is not one of SQLite or PostgreSQL."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise StoreError(
            "A store address must look like sqlite:///folder/file or postgresql://host/name."
        ) from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise StoreError(f"{_shown(url)}: only SQLite and PostgreSQL addresses can hold a store.")
    return url


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the store throughout, whatever others write meanwhile."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with Session(engine.execution_options(**options)) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session in one transaction: all is kept at the end, or nothing if an exception leaves the block."""
    with Session(engine.execution_options(writes=True)) as session, session.begin():
        yield session


def migrate(address: str, store: StoreName) -> None:
    """Bring a store to the newest schema. Of two processes that start together one waits for the other."""
    with _migrating(address, store) as config:
        command.upgrade(config, "head")


def unmigrate(address: str, store: StoreName, revision: str = "base") -> None:
    """Take a store back to an older schema revision; `base` drops every table."""
    with _migrating(address, store) as config:
        command.downgrade(config, revision)


def migration_config(store: StoreName, connection: Connection | None = None) -> Config:
    """Alembic's configuration for one of the two stores."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(MIGRATIONS / store))
    config.attributes["store"] = store
    config.attributes["connection"] = connection
    return config


@contextmanager
def _migrating(address: str, store: StoreName) -> Iterator[Config]:
    engine = _open(store_url(address), _MIGRATION_TIMEOUT_MS)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            _wait_for_turn(connection, store)
            yield migration_config(store, connection)
    except SQLAlchemyError as error:
        raise StoreError(f"The {store} store at {_shown(engine.url)} cannot be migrated: {error}") from error
    finally:
        engine.dispose()


def _wait_for_turn(connection: Connection, store: StoreName) -> None:
    """PostgreSQL waits at an advisory lock; in SQLite the transaction itself is the lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK[store]})


def _open(url: URL, busy_timeout_ms: int) -> Engine:
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True)
    if not url.database or url.database == ":memory:":
        raise StoreError("A SQLite store needs a file: sqlite:///folder/file.")
    Path(url.database).absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    event.listen(engine, "connect", partial(_set_pragmas, busy_timeout_ms))
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(busy_timeout_ms: int, connection: Any, _record: object) -> None:
    # The driver would begin transactions by itself, and only at the first write: `_begin` does it instead.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={busy_timeout_ms}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that will write takes its turn at once: after a read it could fail without waiting.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


if __name__ == "__main__":
    from content.migrating_command import main

    raise SystemExit(main())
