"""Services: help lines and offices, and their words per language."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.models.base import Base
from content.schema import DangerKind


class Service(Base):
    """A help line or office of one country."""

    __tablename__ = "service"

    id: Mapped[str] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(index=True)
    position: Mapped[int]
    kind: Mapped[str]
    phones: Mapped[list[str]]
    messaging: Mapped[dict[str, str]]
    opens: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    serves: Mapped[list[str]]
    speaks: Mapped[list[str]]
    danger: Mapped[bool]
    danger_kinds: Mapped[list[DangerKind]] = mapped_column(JSON)
    checked_on: Mapped[date]
    note: Mapped[str | None]
    source_title: Mapped[str]
    source_publisher: Mapped[str]
    source_url: Mapped[str]
    source_as_of: Mapped[str]
    source_facts: Mapped[list[str]]

    words: Mapped[list["ServiceWords"]] = relationship(
        order_by="ServiceWords.language", cascade="all, delete-orphan"
    )


class ServiceWords(Base):
    """The words of a service in one language; what a language lacks is told in English."""

    __tablename__ = "service_words"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    who_for: Mapped[str | None]
    hours: Mapped[str | None]
    languages: Mapped[str | None]
    place: Mapped[str | None]
    cost: Mapped[str | None]
