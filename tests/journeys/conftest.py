"""The library as it is in the repository, for cases that staff can read."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from content.folder import Library, read_library
from content.migrating import migrate
from content.models import Agency, FileImport, Register
from content.records import Record
from content.register_files import number_of
from content.search.normalise import normalise
from content.store import open_store, writing
from content.yaml_text import load


@pytest.fixture(scope="session")
def library() -> Library:
    """The whole library, read once."""
    return read_library(Path("content/library"))


def records_of[Kind: Record](library: Library, kind: type[Kind]) -> list[Kind]:
    """All records of a kind, by their ids."""
    return [record.about for record in library.records.values() if isinstance(record.about, kind)]


@pytest.fixture(scope="session")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store with the registers of the cases in it."""
    address = f"sqlite:///{tmp_path_factory.mktemp('registers') / 'content.db'}"
    migrate(address, "content")
    engine = open_store(address)
    told = load(Path("tests/journeys/agency_check.yml").read_text(encoding="utf-8"))["registers"]
    with writing(engine) as session:
        for register in told:
            _import(session, register)
    yield engine
    engine.dispose()


def _import(session: Session, told: dict[str, Any]) -> None:
    register = Register(country=told["country"], name=told["name"], columns={}, encoding="utf-8", days="ymd")
    session.add(register)
    session.flush()
    file = FileImport(
        kind="register", register_id=register.id, file="cases.csv", state="told", columns={},
        encoding="utf-8", days="ymd", content=None, by="cases", at=datetime.now(UTC).replace(tzinfo=None),
        rows=len(told["agencies"]), added=0, changed=0, removed=0,
    )  # fmt: skip
    session.add(file)
    session.flush()
    for row in told["agencies"]:
        session.add(
            Agency(
                import_id=file.id,
                country=told["country"],
                register=told["name"],
                name=row["name"],
                plain=normalise(row["name"]),
                licence=row["licence"],
                number=number_of(row["licence"]),
                status=row["status"],
                valid_from=_day(row.get("valid_from")),
                valid_until=_day(row.get("valid_until")),
                address="",
                imported_on=_day(told["imported_on"]),
            )
        )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
