"""What the store knows of itself: the version that readers watch, and what was imported last."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import Base

THE_ROW = 1


class StoreState(Base):
    """One row; `version` grows with every change that readers can see."""

    __tablename__ = "store_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


class ImportedItem(Base):
    """What an item of the library was like when it was last imported.

    The fingerprint tells apart whose work is newer: the file's, if the file no longer has it; the
    staff's, if the store no longer has it.
    """

    __tablename__ = "imported_item"

    id: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    imported_at: Mapped[datetime]
