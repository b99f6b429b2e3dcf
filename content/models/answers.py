"""Answers: their variants, sources, revisions, the pointer to what is published, and their phrases.

A revision never changes in its text and is never deleted; triggers in the database hold this.
Publishing moves a pointer (`Publication`).
"""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.models.base import Base
from content.texts import PhraseKind

# A draft that was given up or written anew is discarded; the history keeps it.
RevisionState = Literal["draft", "in-review", "published", "withdrawn", "discarded"]
Provenance = Literal["human", "machine-drafted"]


class Answer(Base):
    """What an answer is, whatever the language."""

    __tablename__ = "answer"

    key: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str]
    audience: Mapped[str]
    owner: Mapped[str]
    review_every_days: Mapped[int]
    review_date: Mapped[date | None]
    concerns: Mapped[list[dict[str, str]]]
    related: Mapped[list[str]]
    services: Mapped[list[str]]

    variants: Mapped[list["Variant"]] = relationship(back_populates="answer", order_by="Variant.position")
    phrases: Mapped[list["Phrase"]] = relationship(
        order_by="(Phrase.language, Phrase.kind, Phrase.position)", cascade="all, delete-orphan"
    )


class Variant(Base):
    """One telling of an answer: the default, or one for a scheme or a country."""

    __tablename__ = "variant"
    __table_args__ = (UniqueConstraint("answer_key", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_key: Mapped[str] = mapped_column(ForeignKey("answer.key"))
    name: Mapped[str]
    position: Mapped[int]
    scheme: Mapped[str | None]
    origin: Mapped[str | None]
    destination: Mapped[str | None]
    retired: Mapped[bool] = mapped_column(default=False)

    answer: Mapped[Answer] = relationship(back_populates="variants")
    sources: Mapped[list["Source"]] = relationship(order_by="Source.position", cascade="all, delete-orphan")
    publications: Mapped[list["Publication"]] = relationship(
        back_populates="variant", order_by="Publication.language", cascade="all, delete-orphan"
    )


class Source(Base):
    """Where a variant comes from, and the day on which somebody last read it there."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    publisher: Mapped[str]
    url: Mapped[str]
    as_of: Mapped[str]
    checked_on: Mapped[date]
    facts: Mapped[list[str]]


class Revision(Base):
    """One text in one language. Only its state and its review may change after it is written.

    `meaning` is the fingerprint that translations are pinned to: of the text itself, or, after a
    minor edit, that of the text before. `translates` is the `meaning` this translation was made from.
    """

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    language: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[datetime]
    meaning: Mapped[str]
    translates: Mapped[str | None]
    provenance: Mapped[Provenance] = mapped_column(Text)
    state: Mapped[RevisionState] = mapped_column(Text)
    reviewed_by: Mapped[str | None]
    reviewed_on: Mapped[date | None]

    variant: Mapped[Variant] = relationship()


class Publication(Base):
    """The pointer: which revision of a variant people are told in a language."""

    __tablename__ = "publication"

    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), unique=True)
    published_at: Mapped[datetime]
    published_by: Mapped[str]

    variant: Mapped[Variant] = relationship(back_populates="publications")
    revision: Mapped[Revision] = relationship()


class Phrase(Base):
    """An example question in one language."""

    __tablename__ = "phrase"
    # By text, because each import asks of each phrase whether another answer has it.
    __table_args__ = (UniqueConstraint("answer_key", "language", "text"), Index(None, "language", "text"))

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_key: Mapped[str] = mapped_column(ForeignKey("answer.key"))
    language: Mapped[str]
    kind: Mapped[PhraseKind] = mapped_column(Text)
    position: Mapped[int]
    text: Mapped[str]
    added_by: Mapped[str]


class WorkingCopy(Base):
    """What somebody is writing and has not saved as a draft: kept every few seconds, seen by the others.

    `based_on` is the revision that they had before them, None where there was none.
    """

    __tablename__ = "working_copy"

    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    based_on: Mapped[int | None]
    touched_at: Mapped[datetime]
