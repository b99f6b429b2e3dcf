"""Opening stores, and the steps of their schema, on SQLite and on a real PostgreSQL."""

import multiprocessing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, inspect, text
from sqlalchemy.exc import DatabaseError

from content.migrating import migrate, unmigrate
from content.models import Base
from content.people.models import PeopleBase
from content.store import StoreError, StoreName, open_store, reading, store_url, writing

STORES: list[tuple[StoreName, MetaData]] = [("content", Base.metadata), ("people", PeopleBase.metadata)]
_LITTLE_ROWS = "CREATE TABLE little (number INTEGER)"


def tables(address: str) -> set[str]:
    engine = open_store(address)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


@pytest.mark.parametrize(("name", "metadata"), STORES)
def test_migrated_schema_is_exactly_that_of_the_models(
    new_address: str, name: StoreName, metadata: MetaData
) -> None:
    migrate(new_address, name)
    engine = open_store(new_address)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda table, kind, _: kind != "table" or not str(table).startswith("schema_")
            },
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@pytest.mark.parametrize(("name", "metadata"), STORES)
def test_schema_goes_down_to_nothing_and_up_again(
    new_address: str, name: StoreName, metadata: MetaData
) -> None:
    migrate(new_address, name)
    assert set(metadata.tables) < tables(new_address)
    unmigrate(new_address, name)
    assert tables(new_address) == {f"schema_version_{name}"}
    migrate(new_address, name)
    assert set(metadata.tables) < tables(new_address)


@pytest.mark.parametrize(("name", "metadata"), STORES)
def test_a_store_of_a_newer_edition_is_left_alone_with_a_sentence(
    new_address: str, name: StoreName, metadata: MetaData
) -> None:
    migrate(new_address, name)
    engine = open_store(new_address)
    with writing(engine) as session:
        session.execute(text(f"UPDATE schema_version_{name} SET version_num = '{name}_9999'"))
    with pytest.raises(StoreError, match="made by a newer one"):
        migrate(new_address, name)
    assert set(metadata.tables) < tables(new_address)
    engine.dispose()


def test_both_stores_may_share_one_database(new_address: str) -> None:
    migrate(new_address, "content")
    migrate(new_address, "people")
    unmigrate(new_address, "content")
    assert set(PeopleBase.metadata.tables) < tables(new_address)


def test_processes_that_migrate_at_once_all_find_the_schema(new_address: str) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=migrate, args=(new_address, "content")) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert set(Base.metadata.tables) < tables(new_address)


def test_a_revision_can_be_neither_changed_nor_deleted(new_address: str) -> None:
    migrate(new_address, "content")
    engine = open_store(new_address)
    with writing(engine) as session:
        session.execute(
            text("INSERT INTO answer VALUES ('a.b', 'a', 'everyone', 'me', 90, NULL, '[]', '[]', '[]')")
        )
        session.execute(
            text("INSERT INTO variant VALUES (1, 'a.b', 'default', 0, NULL, NULL, NULL, :no)"), {"no": False}
        )
        session.execute(
            text(
                "INSERT INTO revision (id, variant_id, language, title, body, author, created_at, meaning,"
                " provenance, state) VALUES (1, 1, 'en', 't', 'b', 'me', '2026-11-22', 'm', 'human', 'draft')"
            )
        )
    for forbidden in ("UPDATE revision SET body = 'other'", "DELETE FROM revision"):
        with pytest.raises(DatabaseError, match="never changed or deleted"), writing(engine) as session:
            session.execute(text(forbidden))
    with writing(engine) as session:
        session.execute(text("UPDATE revision SET state = 'in-review'"))
    engine.dispose()


def fill_and_fail(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(text("INSERT INTO little VALUES (1)"))
        raise ZeroDivisionError


def test_a_failed_block_writes_nothing(new_address: str) -> None:
    engine = open_store(new_address)
    with writing(engine) as session:
        session.execute(text(_LITTLE_ROWS))
    with pytest.raises(ZeroDivisionError):
        fill_and_fail(engine)
    with reading(engine) as session:
        assert session.execute(text("SELECT count(*) FROM little")).scalar_one() == 0
    engine.dispose()


def test_a_reader_sees_one_state_while_another_writes(new_address: str) -> None:
    engine = open_store(new_address)
    with writing(engine) as session:
        session.execute(text(_LITTLE_ROWS))
    with reading(engine) as reader:
        assert reader.execute(text("SELECT count(*) FROM little")).scalar_one() == 0
        with writing(engine) as writer:
            writer.execute(text("INSERT INTO little VALUES (1)"))
        assert reader.execute(text("SELECT count(*) FROM little")).scalar_one() == 0
    engine.dispose()


def test_sqlite_is_opened_for_many_readers_and_one_writer(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path / 'new' / 'folder' / 'store.sqlite'}")
    with engine.connect() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    engine.dispose()
    assert settings == {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 5000, "foreign_keys": 1}


@pytest.mark.parametrize("address", ["postgresql://somebody@host/name", "postgres://host/name"])
def test_postgresql_addresses_use_psycopg_3(address: str) -> None:
    assert store_url(address).drivername == "postgresql+psycopg"


@pytest.mark.parametrize("address", ["nonsense", "mysql://host/name", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_can_hold_no_store_is_refused(address: str) -> None:
    with pytest.raises(StoreError):
        open_store(address)


def test_a_store_that_cannot_be_reached_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="content store at postgresql") as failure:
        migrate(f"postgresql://me:secret@/nothing?host={tmp_path}", "content")
    assert "secret" not in str(failure.value)
