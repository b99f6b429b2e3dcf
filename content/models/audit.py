"""The audit log: every change as a sentence, kept as the id of its words and the values in it."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import Base


class AuditEntry(Base):
    """One change: `sentence` is a message id (`audit.published`), `values` fill its blanks."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    sentence: Mapped[str]
    values: Mapped[dict[str, str]]
    answer: Mapped[str | None] = mapped_column(index=True)
