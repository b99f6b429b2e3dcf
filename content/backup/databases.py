"""What a backup wants of a database, whatever its kind, and what stands in one.

Not here: how each kind of database is copied (`sqlite`, `postgresql`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from sqlalchemy import Connection, column, func, inspect, select, table

from content.backup.archive import Kind

_VERSION_TABLE = "schema_version_"


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows by table, and the revisions of the schemas that are in a database."""

    counts: Mapping[str, int]
    revisions: Mapping[str, str]


class Database(Protocol):
    """One database, whatever its kind."""

    kind: ClassVar[Kind]
    suffix: ClassVar[str]

    @property
    def exists(self) -> bool:
        """Whether there is anything to back up."""

    def dump(self, target: Path) -> Contents:
        """Copy it into a file as it is at one moment, while others use it; what is in the file."""

    def check(self, file: Path, counts: Mapping[str, int]) -> None:
        """Raise BackupError unless a file is whole and could be restored."""

    def prepare(self, file: Path) -> None:
        """Do with the file what can be done before the database itself is touched."""

    def is_in_use(self) -> bool:
        """Whether somebody else has it open."""

    def restore(self, file: Path) -> None:
        """Put what is in the file in the place of what is in the database."""


def contents(connection: Connection) -> Contents:
    """What stands in a database."""
    counts = {
        name: connection.scalar(select(func.count()).select_from(table(name))) or 0
        for name in sorted(inspect(connection).get_table_names())
    }
    revisions = {
        name.removeprefix(_VERSION_TABLE): connection.scalar(
            select(column("version_num")).select_from(table(name))
        )
        for name in counts
        if name.startswith(_VERSION_TABLE)
    }
    return Contents(counts, {store: revision for store, revision in revisions.items() if revision})
