"""What a file that staff sent in would change, before anybody is told: read in full each time it is asked.

Not here: deciding on it (`content.imports`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from content.csv_text import CellError, CsvError, Table, read_table
from content.fact_changes import FactChange, fact_changes
from content.fields import SOURCE_LANGUAGE
from content.models import Agency, FileImport, Register, Service
from content.models.registers import ImportKind, ImportState
from content.register_files import AgencyRow, agencies_in, fits
from content.service_files import missing_heads, sheets_in
from content.sheets import SERVICES, Sheet, find_sheet
from content.store import reading

_SHOWN = 3
type ChangeKind = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One agency or service that comes, goes or changes."""

    kind: ChangeKind
    name: str
    number: str
    details: tuple[FactChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportView:
    """One import. `fault` says why the file cannot be read, `wrong` which cells are wrong."""

    id: int
    kind: ImportKind
    file: str
    state: ImportState
    by: str
    at: datetime
    country: str = ""
    register: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    days: str = ""
    heads: tuple[str, ...] = ()
    sample: tuple[Mapping[str, str], ...] = ()
    fault: CsvError | None = None
    wrong: tuple[CellError, ...] = ()
    changes: tuple[RowChange, ...] = ()
    rows: int = 0
    agencies: list[AgencyRow] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    is_newest: bool = False
    told_numbers: tuple[int, int, int] = (0, 0, 0)

    def number(self, kind: ChangeKind) -> int:
        """How many come, go or change."""
        return sum(change.kind == kind for change in self.changes)

    @property
    def seal(self) -> str:
        """Equal for an equal preview."""
        told = "\n".join(f"{each.kind}\t{each.name}\t{each.number}\t{each.details}" for each in self.changes)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A register with what is in force of it."""

    id: int
    country: str
    name: str
    agencies: int
    imported_on: date | None
    import_id: int | None


def register_rows(engine: Engine) -> list[RegisterRow]:
    """All registers."""
    with reading(engine) as session:
        rows = []
        for register in session.scalars(select(Register).order_by(Register.country, Register.name)):
            current = in_force(session, register.id)
            told = session.get(FileImport, current) if current else None
            rows.append(
                RegisterRow(
                    register.id,
                    register.country,
                    register.name,
                    told.rows if told else 0,
                    told.at.date() if told else None,
                    current,
                )
            )
        return rows


def import_rows(engine: Engine, most: int = 50) -> list[ImportView]:
    """The last imports, without what is in their files."""
    with reading(engine) as session:
        wanted = select(FileImport).order_by(FileImport.id.desc()).limit(most)
        return [_plain(session, found) for found in session.scalars(wanted)]


def in_force(session: Session, register: int, *, before: int | None = None) -> int | None:
    """The import of a register that is in force, or was before another one."""
    wanted = select(func.max(FileImport.id)).where(
        FileImport.register_id == register, FileImport.state == "told"
    )
    return session.scalar(wanted if before is None else wanted.where(FileImport.id < before))


def view_of(session: Session, found: FileImport) -> ImportView:
    """An import with what it would change."""
    plain = _plain(session, found)
    if found.state != "begun" or found.content is None:
        return plain
    try:
        table = read_table(found.content, found.encoding)
    except CsvError as fault:
        return replace(plain, fault=fault)
    plain = replace(plain, heads=table.heads, sample=table.rows[:_SHOWN], rows=len(table.rows))
    if found.kind == "register":
        return _of_register(session, found, table, plain)
    return _of_services(session, table, plain)


def _of_register(session: Session, found: FileImport, table: Table, plain: ImportView) -> ImportView:
    if not fits(found.columns, table.heads) or found.register_id is None:
        return replace(plain, fault=CsvError("no-columns"))
    agencies, wrong = agencies_in(table, found.columns, found.days)
    current = in_force(session, found.register_id)
    stored = _agencies(session, current) if current else []
    return replace(
        plain, agencies=agencies, wrong=tuple(wrong), changes=tuple(_agency_changes(stored, agencies))
    )


def _of_services(session: Session, table: Table, plain: ImportView) -> ImportView:
    if missing := missing_heads(table):
        return replace(plain, fault=CsvError("missing-heads", ", ".join(missing)))
    stored = {
        id_: sheet
        for id_ in session.scalars(select(Service.id))
        if (sheet := find_sheet(session, SERVICES, id_)) is not None
    }
    sheets, wrong = sheets_in(table, stored)
    changes = tuple(
        change for sheet in sheets if (change := _service_change(stored.get(sheet.id), sheet)) is not None
    )
    return replace(plain, sheets=sheets, wrong=tuple(wrong), changes=changes)


def _service_change(before: Sheet | None, after: Sheet) -> RowChange | None:
    name = after.said(SOURCE_LANGUAGE).get("name", "")
    if before is None:
        return RowChange("added", name, after.id)
    if before.fingerprint() == after.fingerprint():
        return None
    return RowChange("changed", name, after.id, tuple(fact_changes(_all_of(before), _all_of(after))))


def _all_of(sheet: Sheet) -> dict[str, object]:
    return {**sheet.facts, "words": {language: dict(sheet.said(language)) for language in sheet.words}}


def _agency_changes(before: list[AgencyRow], after: list[AgencyRow]) -> list[RowChange]:
    old, new = {row.identity: row for row in before}, {row.identity: row for row in after}
    changes = [_agency_change(old.get(identity), row) for identity, row in new.items()]
    gone = [
        RowChange("removed", row.name, row.licence) for identity, row in old.items() if identity not in new
    ]
    return [change for change in changes if change is not None] + gone


def _agency_change(before: AgencyRow | None, after: AgencyRow) -> RowChange | None:
    if before is None:
        return RowChange("added", after.name, after.licence)
    if before == after:
        return None
    return RowChange("changed", after.name, after.licence, tuple(fact_changes(asdict(before), asdict(after))))


def _agencies(session: Session, import_id: int) -> list[AgencyRow]:
    wanted = select(
        Agency.name, Agency.licence, Agency.status, Agency.valid_from, Agency.valid_until, Agency.address
    ).where(Agency.import_id == import_id)
    return [AgencyRow(*row) for row in session.execute(wanted.order_by(Agency.id))]


def _plain(session: Session, found: FileImport) -> ImportView:
    """An import without what is in its file."""
    register = session.get(Register, found.register_id) if found.register_id else None
    return ImportView(
        id=found.id,
        kind=found.kind,
        file=found.file,
        state=found.state,
        by=found.by,
        at=found.at,
        country=register.country if register else "",
        register=register.name if register else "",
        columns=dict(found.columns),
        encoding=found.encoding,
        days=found.days,
        rows=found.rows,
        is_newest=register is None or in_force(session, register.id) == found.id,
        told_numbers=(found.added, found.changed, found.removed),
    )
