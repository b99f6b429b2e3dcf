"""A translator's file that was read and waits for somebody to look at what it would do."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import Base


class TranslatedFile(Base):
    """Its units, until its drafts are written or it is given up. `id` is a secret of who brought it."""

    __tablename__ = "translated_file"

    id: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str]
    file: Mapped[str]
    units: Mapped[list[dict[str, str]]]
    by: Mapped[str]
    at: Mapped[datetime]
