"""Files of staff on their way into the store: begun, looked at, told, undone or given up.

A register is told as a whole: undoing an import makes the one before it the one in force. Services are
changed one by one, and each change is in the history, from which an undo takes it back.
Not here: what stands in the files (`content.register_files`, `content.service_files`), looking something
up in a register (`content.registers`), what a file would change (`content.import_views`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from content.audit import record
from content.clock import now, today
from content.csv_text import ENCODINGS, CsvError, read_table
from content.editorial_rules import WorkflowError
from content.import_views import ImportView, in_force, view_of
from content.item_history import Reason, kept_before, put, take_away
from content.models import Agency, FileImport, GazetteerEntry, ItemVersion, Register
from content.publishing import raise_version, take_turn
from content.record_workflow import store_sheet
from content.register_files import COLUMNS, DAY_ORDERS, AgencyRow, fits, guessed_columns, number_of
from content.search.normalise import normalise
from content.sheets import SERVICES, find_sheet
from content.store import reading, writing
from content.stored import stored_item

KEPT_IMPORTS = 5
"""So many of a register's imports keep their rows, to go back to."""

_LONGEST = 200


class ImportFault(WorkflowError):
    """An import that cannot go on; `reason` is the id of the sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Imports:
    """The steps of importing files. `by` is the name of who does it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin_register(self, country: str, name: str, file: str, content: bytes, *, by: str) -> int:
        """Take a file in, to be looked at; nobody is told anything of it yet. Returns the import's id."""
        name = " ".join(name.split())[:_LONGEST]
        with self._step() as session:
            if not name or session.get(GazetteerEntry, ("country", country)) is None:
                raise ImportFault("which-register")
            found = session.scalars(
                select(Register).where(Register.country == country, Register.name == name)
            ).first()
            register = found or Register(country=country, name=name, columns={}, encoding="", days="ymd")
            session.add(register)
            session.flush()
            begun = _begun(session, file, content, by)
            begun.kind, begun.register_id = "register", register.id
            begun.columns, begun.encoding, begun.days = _proposed(content, register)
            session.flush()
            return begun.id

    def begin_services(self, file: str, content: bytes, *, by: str) -> int:
        """Take a file of services in, to be looked at. Returns the import's id."""
        with self._step() as session:
            begun = _begun(session, file, content, by)
            session.flush()
            return begun.id

    def choose(self, id_: int, *, columns: Mapping[str, str], encoding: str, days: str) -> None:
        """Say how a file is to be read."""
        with self._step() as session:
            begun = _found(session, id_, "begun")
            begun.columns = {column: columns[column] for column in COLUMNS if columns.get(column)}
            begun.encoding = encoding if encoding in ENCODINGS else ""
            begun.days = days if days in DAY_ORDERS else DAY_ORDERS[0]

    def view(self, id_: int) -> ImportView | None:
        """One import, and what it would change if it is not told yet."""
        with reading(self._engine) as session:
            found = session.get(FileImport, id_)
            return view_of(session, found) if found else None

    def tell(self, id_: int, *, seal: str, by: str) -> None:
        """Bring what the file says into force. `seal` is that of the view that was looked at."""
        with self._step() as session:
            begun = _found(session, id_, "begun")
            view = view_of(session, begun)
            if view.fault is not None or view.wrong:
                raise ImportFault("still-wrong")
            if view.seal != seal:
                raise ImportFault("changed-meanwhile")
            if begun.register_id is not None:
                self._tell_register(session, begun, view.agencies)
            else:
                for sheet in view.sheets:
                    reason = Reason(by, import_id=id_)
                    store_sheet(session, find_sheet(session, SERVICES, sheet.id), sheet, reason)
            begun.state, begun.content, begun.at = "told", None, now()
            begun.rows = view.rows
            begun.added, begun.changed, begun.removed = (
                view.number(kind) for kind in ("added", "changed", "removed")
            )
            _log(session, "audit.file-told", begun, by=by, rows=str(view.rows))
            raise_version(session)

    def undo(self, id_: int, *, by: str) -> list[str]:
        """Go back to what was there before a file was told; the items that were changed since stay."""
        with self._step() as session:
            told = _found(session, id_, "told")
            left = [] if told.register_id else _undone_services(session, told, by)
            if told.register_id is not None:
                _check_undo(session, told)
            told.state = "undone"
            _log(session, "audit.file-undone", told, by=by)
            raise_version(session)
            return left

    def give_up(self, id_: int) -> None:
        """Throw a file away that was not told."""
        with self._step() as session:
            begun = _found(session, id_, "begun")
            begun.state, begun.content = "given-up", None

    def newest_told(self, country: str, name: str) -> int | None:
        """The import of a register that is in force."""
        with reading(self._engine) as session:
            found = session.scalars(
                select(Register.id).where(Register.country == country, Register.name == name)
            ).first()
            return None if found is None else in_force(session, found)

    @staticmethod
    def _tell_register(session: Session, begun: FileImport, agencies: list[AgencyRow]) -> None:
        register = session.get_one(Register, begun.register_id)
        register.columns, register.days = dict(begun.columns), begun.days
        register.encoding = begun.encoding
        rows = [
            {
                **asdict(agency),
                "import_id": begun.id,
                "country": register.country,
                "register": register.name,
                "plain": normalise(agency.name),
                "number": number_of(agency.licence),
                "imported_on": today(),
            }
            for agency in agencies
        ]
        session.flush()
        if rows:  # on the connection: thousands of rows, and nobody asks this session for them
            session.connection().execute(insert(Agency), rows)
        told = session.scalars(
            select(FileImport.id)
            .where(FileImport.register_id == register.id, FileImport.state == "told")
            .order_by(FileImport.id.desc())
        ).all()
        kept = [begun.id, *told][:KEPT_IMPORTS]
        all_of_it = select(FileImport.id).where(FileImport.register_id == register.id)
        session.execute(
            delete(Agency).where(Agency.import_id.in_(all_of_it), Agency.import_id.not_in(kept)),
            execution_options={"synchronize_session": False},
        )

    @contextmanager
    def _step(self) -> Iterator[Session]:
        with writing(self._engine) as session:
            take_turn(session)
            yield session


def _begun(session: Session, file: str, content: bytes, by: str) -> FileImport:
    begun = FileImport(
        kind="services",
        register_id=None,
        file=file[-_LONGEST:],
        state="begun",
        columns={},
        encoding="",
        days=DAY_ORDERS[0],
        content=content,
        by=by,
        at=now(),
        rows=0,
        added=0,
        changed=0,
        removed=0,
    )
    session.add(begun)
    return begun


def _proposed(content: bytes, register: Register) -> tuple[dict[str, str], str, str]:
    """How the register's last file was read, if this one has the same columns; else a guess."""
    try:
        heads = read_table(content, register.encoding).heads
    except CsvError:
        return {}, "", register.days
    if fits(register.columns, heads):
        return dict(register.columns), register.encoding, register.days
    return guessed_columns(heads), "", register.days


def _check_undo(session: Session, told: FileImport) -> None:
    """Only the newest import of a register is undone, and only if the one before still has its rows."""
    if told.register_id is None or in_force(session, told.register_id) != told.id:
        raise ImportFault("not-the-newest")
    before = in_force(session, told.register_id, before=told.id)
    if before is None:
        return
    rows = session.scalars(select(Agency.id).where(Agency.import_id == before).limit(1)).first()
    if rows is None and session.get_one(FileImport, before).rows:
        raise ImportFault("too-long-ago")


def _undone_services(session: Session, told: FileImport, by: str) -> list[str]:
    """Put every service back as it was before, but for those that somebody changed since."""
    changes = session.scalars(
        select(ItemVersion).where(ItemVersion.import_id == told.id).order_by(ItemVersion.id)
    ).all()
    left = []
    for change in changes:
        newest = session.scalars(
            select(ItemVersion.id).where(ItemVersion.item == change.item).order_by(ItemVersion.id.desc())
        ).first()
        now_there, before = stored_item(session, change.item), kept_before(change)
        if newest != change.id:
            left.append(change.item.partition(" ")[2])
        elif before is not None:
            put(session, before, Reason(by))
        elif now_there is not None:
            take_away(session, now_there, Reason(by))
    return left


def _found(session: Session, id_: int, state: str) -> FileImport:
    found = session.get(FileImport, id_)
    if found is None or found.state != state:
        raise ImportFault("decided-already")
    return found


def _log(session: Session, sentence: str, told: FileImport, *, by: str, **values: str) -> None:
    register = session.get(Register, told.register_id) if told.register_id else None
    name = f"{register.country}: {register.name}" if register else SERVICES.name
    record(session, sentence, by=by, file=told.file, register=name, **values)
