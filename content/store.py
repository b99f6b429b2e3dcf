"""Opening a store: engine options for SQLite and PostgreSQL, and transactions.

Not here: the step to the newest schema (`content.migrating`), what the tables are (`content.models`,
`content.people.models`) or who reads and writes them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

StoreName = Literal["content", "people"]

BUSY_TIMEOUT_MS = 5_000


class StoreError(Exception):
    """A store cannot be opened or brought up to date; the message says which and why."""


def open_store(address: str, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Engine:
    """Open a store by its SQLAlchemy address; nothing is connected yet.

    A writer waits so long for another one in SQLite; in PostgreSQL nobody has to.
    """
    url = store_url(address)
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True)
    if not url.database or url.database == ":memory:":
        raise StoreError("A SQLite store needs a file: sqlite:///folder/file.")
    Path(url.database).absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    event.listen(engine, "connect", partial(_set_pragmas, busy_timeout_ms))
    event.listen(engine, "begin", _begin)
    return engine


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
        raise StoreError(f"{shown(url)}: only SQLite and PostgreSQL addresses can hold a store.")
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


def shown(url: URL) -> str:
    """An address to show to people: without its password."""
    return url.render_as_string(hide_password=True)
