"""Library → store: idempotent, in one transaction, and never over newer work of staff.

Each item of the library is compared three ways: as the file has it, as it was when it was last
imported, and as the store has it now. Only if the file changed and the store did not is the file's
told; if both changed, the staff's work stays and the report names the conflict.

`python -m content.importer --help` says what it can do from the command line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from content.applying import LIBRARY, CannotApply, apply, remove
from content.audit import record
from content.clock import now
from content.fields import SOURCE_LANGUAGE
from content.folder import Library
from content.item_history import Reason, has_history, remember
from content.items import AboutItem, Item, TextItem, library_items
from content.models import Answer, GazetteerEntry, ImportedItem, Service
from content.publishing import (
    find_variant,
    published,
    raise_version,
    take_turn,
    withdraw_contradicting,
)
from content.store import writing
from content.stored import stored_items


@dataclass(frozen=True, slots=True)
class Conflict:
    """An item of the library that was not imported, and why."""

    item: str
    reason: str

    def __str__(self) -> str:
        return f"{self.item}: {self.reason}"


@dataclass(slots=True)
class Report:
    """What an import did."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def touched(self) -> int:
        """How many items readers now see otherwise."""
        return len(self.added) + len(self.changed) + len(self.removed)


def import_library(engine: Engine, library: Library, *, withdraw_missing: bool = False) -> Report:
    """Bring the store to what the library says, except where staff changed it since."""
    with writing(engine) as session:
        take_turn(session)
        importing = _Import(session)
        with session.no_autoflush:  # written in few large statements; what must be written first says so
            for item in library_items(library):
                importing.take(item)
        session.flush()
        importing.withdraw_contradicting()
        importing.look_for_missing(withdraw=withdraw_missing)
        moved = _put_in_order(session, library)
        report = importing.report
        if report.touched:
            record(session, "audit.imported", by=LIBRARY, items=str(report.touched))
        if report.touched or moved:
            raise_version(session)
        return report


class _Import:
    """One import: what the store has, what was imported last, and what came of each item."""

    def __init__(self, session: Session) -> None:
        self.report = Report()
        self._session = session
        self._held: list[object] = []  # a session forgets what nobody holds, and would read it again
        self._store = {item.id: item for item in stored_items(session)}
        self._last = {row.id: row for row in session.scalars(select(ImportedItem))}
        self._seen: set[str] = set()
        self._new_sources: list[TextItem] = []

    def take(self, item: Item) -> None:
        """Import one item, or find that it must be left alone."""
        self._seen.add(item.id)
        stored = self._store.get(item.id)
        last = self._last.get(item.id)
        if stored is not None and stored.fingerprint == item.fingerprint:
            self.report.unchanged += 1
            self._remember(item)
        elif last is not None and last.fingerprint == item.fingerprint:
            self.report.unchanged += 1  # the file is as it was; staff changed the store
        elif (stored.fingerprint if stored else None) != (last.fingerprint if last else None):
            self._conflict(item, "the library and staff both changed it; the staff's stays")
        else:
            self._apply(item, is_new=stored is None)

    def withdraw_contradicting(self) -> None:
        """Where a source text is new, no translation with other figures stays: staff may have kept one."""
        for item in self._new_sources:
            variant = find_variant(self._session, item.key, item.variant)
            source = published(variant, item.language) if variant else None
            if source is not None:
                for name, language in withdraw_contradicting(self._session, source, by=LIBRARY):
                    text = item.model_copy(update={"variant": name, "language": language})
                    self._conflict(text, "withdrawn: its figures are not those of the new source text")

    def look_for_missing(self, *, withdraw: bool) -> None:
        """Find what was imported once, is still in the store, and has left the library."""
        for id_ in sorted(self._last.keys() - self._seen):
            stored, last = self._store.get(id_), self._last[id_]
            if stored is None:
                continue
            if not withdraw:
                self.report.missing.append(id_)
            elif stored.fingerprint != last.fingerprint:
                self._conflict(stored, "it left the library, but staff changed it; the staff's stays")
            elif remove(stored, self._session):
                self._keep_history(id_)
                self.report.removed.append(id_)
                self._session.delete(last)

    def _apply(self, item: Item, *, is_new: bool) -> None:
        try:
            apply(item, self._session)
        except CannotApply as reason:
            self._conflict(item, str(reason))
            return
        if isinstance(item, AboutItem):
            self._held.append(self._session.get(Answer, item.key))
        if isinstance(item, TextItem) and item.language == SOURCE_LANGUAGE:
            self._new_sources.append(item)
        self._keep_history(item.id)
        (self.report.added if is_new else self.report.changed).append(item.id)
        self._remember(item)

    def _keep_history(self, id_: str) -> None:
        """What staff can go back to, if it was there before."""
        before = self._store.get(id_)
        if before is not None and has_history(before):
            remember(self._session, id_, before, Reason(LIBRARY))

    def _remember(self, item: Item) -> None:
        row = self._last.get(item.id)
        if row is None:
            row = self._last[item.id] = ImportedItem(id=item.id, fingerprint="")
            self._session.add(row)
        if row.fingerprint != item.fingerprint:
            row.fingerprint = item.fingerprint
            row.imported_at = now()

    def _conflict(self, item: Item, reason: str) -> None:
        self.report.conflicts.append(Conflict(item.id, reason))


def _put_in_order(session: Session, library: Library) -> bool:
    """Services and gazetteer values stand as in their files; what only the store has comes last."""
    services = [service.id for file in library.services.values() for service in file.services]
    values = [(file.entity, entry.value) for file in library.gazetteers.values() for entry in file.values]
    session.flush()
    moved = _order(((row.id, row) for row in session.scalars(select(Service))), services)
    rows = session.scalars(select(GazetteerEntry))
    return _order((((row.entity, row.value), row) for row in rows), values) or moved


def _order[Name](rows: Iterable[tuple[Name, Service | GazetteerEntry]], names: list[Name]) -> bool:
    positions = {name: position for position, name in enumerate(names)}
    moved = False
    for name, row in rows:
        position = positions.get(name, len(positions))
        if row.position != position:
            row.position = position
            moved = True
    return moved


if __name__ == "__main__":
    from content.importing_command import main

    raise SystemExit(main())
