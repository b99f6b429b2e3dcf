"""Records of the guided journeys: facts, and words per language."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.models.base import Base
from content.schema import TranslationState


class StoredRecord(Base):
    """The facts of one record: `folder` is the kind's place in the library, `facts` what its file says."""

    __tablename__ = "record"

    folder: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    review_date: Mapped[date | None] = mapped_column(index=True)

    words: Mapped[list["StoredWords"]] = relationship(
        order_by="StoredWords.language", cascade="all, delete-orphan"
    )


class StoredWords(Base):
    """The words of a record in one language, by slot. The last four are of translations only."""

    __tablename__ = "record_words"
    __table_args__ = (ForeignKeyConstraint(["folder", "record"], ["record.folder", "record.id"]),)

    folder: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[dict[str, str]]
    state: Mapped[TranslationState | None] = mapped_column(Text)
    translates: Mapped[str | None]
    reviewed_by: Mapped[str | None]
    reviewed_on: Mapped[date | None]
