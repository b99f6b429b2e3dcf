"""Registers of licensed recruitment agencies, and the files by which they and the services came in."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from content.models.base import Base

ImportKind = Literal["register", "services"]
ImportState = Literal["begun", "told", "undone", "given-up"]


class Register(Base):
    """A list of agencies that an authority publishes; from `columns` on, how its last file was read."""

    __tablename__ = "register"
    __table_args__ = (UniqueConstraint("country", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    columns: Mapped[dict[str, str]]
    encoding: Mapped[str]
    days: Mapped[str]


class FileImport(Base):
    """One file of staff. Told ones of a register are its versions: the newest that is told is in force.

    `content` is the file's text, until it is told or given up.
    """

    __tablename__ = "file_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ImportKind] = mapped_column(Text)
    register_id: Mapped[int | None] = mapped_column(ForeignKey("register.id"), index=True)
    file: Mapped[str]
    state: Mapped[ImportState] = mapped_column(Text)
    columns: Mapped[dict[str, str]]
    encoding: Mapped[str]
    days: Mapped[str]
    content: Mapped[bytes | None] = deferred(mapped_column())
    by: Mapped[str]
    at: Mapped[datetime]
    rows: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    removed: Mapped[int]


class Agency(Base):
    """A row of a register, as one import brought it. `plain` and `number` are what it is looked for by."""

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("file_import.id"), index=True)
    country: Mapped[str] = mapped_column(index=True)
    register: Mapped[str]
    name: Mapped[str]
    plain: Mapped[str]
    licence: Mapped[str]
    number: Mapped[str] = mapped_column(index=True)
    status: Mapped[str]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    address: Mapped[str]
    imported_on: Mapped[date]
