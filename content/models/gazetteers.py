"""Gazetteers: the things that people name (countries, schemes, sectors, documents, currencies)."""

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import Base
from content.schema import Role


class GazetteerEntry(Base):
    """One value of an entity with its names and other ways to say it."""

    __tablename__ = "gazetteer_entry"

    entity: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    roles: Mapped[list[Role]] = mapped_column(JSON)
    names: Mapped[dict[str, str]]
    aliases: Mapped[dict[str, list[str]]]
    destination: Mapped[str | None]
    origins: Mapped[list[str]]
