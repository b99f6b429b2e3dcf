"""The list of all accounts, as an admin reads it. Not here: changing them (`content.staff.staff`)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from content.staff.members import Member
from content.staff.models import StaffAccount, StaffSession
from content.store import reading


@dataclass(frozen=True, slots=True)
class RosterRow:
    """An account, since when it is there, and when a browser of its owner was last seen.

    A session that is over is let go, so `seen_at` says nothing of long ago: the audit log does.
    """

    member: Member
    created_at: datetime
    seen_at: datetime | None


def roster(engine: Engine) -> list[RosterRow]:
    """All accounts by name, the closed ones last."""
    seen = (
        select(StaffSession.account_id, func.max(StaffSession.seen_at).label("at"))
        .where(StaffSession.whole)
        .group_by(StaffSession.account_id)
        .subquery()
    )
    wanted = (
        select(StaffAccount, seen.c.at)
        .outerjoin(seen, seen.c.account_id == StaffAccount.id)
        .order_by(StaffAccount.active.desc(), StaffAccount.name)
    )
    with reading(engine) as session:
        rows = session.execute(wanted)
        return [RosterRow(Member.of(account), account.created_at, at) for account, at in rows]
