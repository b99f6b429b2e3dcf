"""Tables of the staff: accounts and their sessions, in the people store."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.people.models import PeopleBase


class StaffAccount(PeopleBase):
    """One member of staff. Languages are those they write in; none named means all.

    `totp_secret` is encrypted; `totp_step` is the last step of time whose code was used: no code works twice.
    """

    __tablename__ = "staff_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    must_change: Mapped[bool]
    totp_secret: Mapped[str | None]
    totp_step: Mapped[int | None]
    roles: Mapped[list[str]]
    languages: Mapped[list[str]]
    active: Mapped[bool]
    created_at: Mapped[datetime]

    sessions: Mapped[list["StaffSession"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="StaffSession.seen_at.desc()"
    )


class StaffSession(PeopleBase):
    """A browser that is signed in. `token_hash` is of the cookie; `whole` once every factor was given."""

    __tablename__ = "staff_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id"), index=True)
    whole: Mapped[bool]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    browser: Mapped[str]

    account: Mapped[StaffAccount] = relationship(back_populates="sessions")
