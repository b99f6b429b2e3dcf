"""The step of a store to its newest schema: `python -m content.migrating` takes both.

Apart from `content.store`, because Alembic is much to import for a process that only reads and writes.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from content.settings import SettingsError, StoreSettings
from content.store import StoreError, StoreName, open_store, shown

MIGRATIONS = Path(__file__).parent / "migrations"
_TIMEOUT_MS = 120_000
_LOCK = {"content": 7_346_101, "people": 7_346_102}  # any two numbers nobody else uses


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
    engine = open_store(address, busy_timeout_ms=_TIMEOUT_MS)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            _wait_for_turn(connection, store)
            yield migration_config(store, connection)
    except CommandError as error:
        raise StoreError(
            f"The {store} store at {shown(engine.url)} does not fit this edition of Tokstret: it was made by "
            f"a newer one, or damaged ({error}). Run that edition, or restore a backup."
        ) from error
    except SQLAlchemyError as error:
        raise StoreError(f"The {store} store at {shown(engine.url)} cannot be migrated: {error}") from error
    finally:
        engine.dispose()


def _wait_for_turn(connection: Connection, store: StoreName) -> None:
    """PostgreSQL waits at an advisory lock; in SQLite the transaction itself is the lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK[store]})


def main() -> int:
    """Migrate both stores; 1 with a sentence if one cannot be reached."""
    try:
        settings = StoreSettings.read()
        migrate(settings.content_address, "content")
        migrate(settings.people_address, "people")
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    print("Both stores have the newest schema.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
