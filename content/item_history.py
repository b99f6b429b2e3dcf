"""Writing services and records so that what was there before is kept, with who changed it, when and why.

Not here: what may be written (`content.record_rules`), the steps (`content.record_workflow`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from content.applying import apply, remove
from content.clock import now
from content.items import Item, RecordItem, RecordWordsItem, ServiceItem
from content.models import ItemVersion
from content.store import reading
from content.stored import stored_item

type Kept = ServiceItem | RecordItem | RecordWordsItem
"""Items whose history is kept here; answers have revisions."""

_FORMS: dict[str, type[Kept]] = {"service": ServiceItem, "record": RecordItem, "words": RecordWordsItem}


def has_history(item: Item) -> TypeGuard[Kept]:
    """Whether an item is one of those."""
    return isinstance(item, tuple(_FORMS.values()))


@dataclass(frozen=True, slots=True)
class Reason:
    """Who changes something, why if that must be said, and by which file if by one."""

    by: str
    why: str | None = None
    import_id: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What an item was before a change, and what after it (None: it was not there)."""

    id: int
    item: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    by: str
    at: datetime
    why: str | None


def put(session: Session, item: Kept, reason: Reason) -> bool:
    """Make the store say what the item says; False if it does already."""
    before = stored_item(session, item.id)
    if before is not None and before.fingerprint == item.fingerprint:
        return False
    remember(session, item.id, before, reason)
    apply(item, session)
    session.flush()
    return True


def take_away(session: Session, item: Kept, reason: Reason) -> None:
    """Take an item from readers."""
    remember(session, item.id, item, reason)
    remove(item, session)
    session.flush()


def remember(session: Session, item: str, before: Kept | None, reason: Reason) -> None:
    """Keep what an item was before it is changed."""
    session.add(
        ItemVersion(
            item=item,
            before=before.model_dump(mode="json") if before else None,
            by=reason.by,
            at=now(),
            why=reason.why,
            import_id=reason.import_id,
        )
    )


def kept_before(version: ItemVersion) -> Kept | None:
    """The item as a version has it; None if it was not there then."""
    form = _FORMS[version.item.partition(" ")[0]]
    return None if version.before is None else form.model_validate(version.before)


def versions(engine: Engine, *items: str) -> list[Version]:
    """All changes of some items, the newest first."""
    wanted = select(ItemVersion).where(ItemVersion.item.in_(items)).order_by(ItemVersion.id.desc())
    with reading(engine) as session:
        after: dict[str, dict[str, Any] | None] = {}
        for item in items:
            stored = stored_item(session, item)
            after[item] = stored.model_dump(mode="json") if stored else None
        return list(_with_after(session.scalars(wanted).all(), after))


def _with_after(rows: Any, after: dict[str, dict[str, Any] | None]) -> Iterator[Version]:
    for row in rows:
        yield Version(row.id, row.item, row.before, after[row.item], row.by, row.at, row.why)
        after[row.item] = row.before
