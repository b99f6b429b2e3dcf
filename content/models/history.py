"""What services and records were like before each change."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from content.models.base import Base


class ItemVersion(Base):
    """One change of an item (`record schemes/palm`, `words schemes/palm en`, `service au-fair-work`).

    `before` is what it was, none if it was not there; `why` is the reason given; `import_id` the file by
    which it was changed.
    """

    __tablename__ = "item_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    by: Mapped[str]
    at: Mapped[datetime]
    why: Mapped[str | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("file_import.id"), index=True)
