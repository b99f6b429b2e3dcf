"""The door to accounts and sessions: signing in and out, passwords, second factor, roles.

A session's cookie is a random token of which only a hash is kept. Not here: limits on how often somebody
may try (`bot.limits`), and which page demands which role (`bot.console`).
"""

import hashlib
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from content.clock import now
from content.people.cipher import Cipher
from content.staff import passwords, totp
from content.staff.members import ROLES, Member
from content.staff.models import StaffAccount, StaffSession
from content.store import reading, writing

FIRST_NAME = "admin"
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
_HALF_SIGNED_IN = timedelta(minutes=10)
_SEEN_EVERY = timedelta(minutes=1)
_NAME = re.compile(r"[^\W\d_][\w.-]{1,39}")
_LONGEST_BROWSER = 200


class SignInError(Exception):
    """Name, password or code are not right; which of them is not told."""


class StaffError(Exception):
    """A step that is not allowed; `reason` names it: bad-name, name-taken, unknown-role, last-admin …"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just begun: the cookie's token, and whether a code is wanted before it is whole."""

    token: str
    member: Member
    wants_code: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser that is signed in, as its owner sees it in the list."""

    id: str
    created_at: datetime
    seen_at: datetime
    browser: str


class Staff:
    """Accounts and sessions of a people store."""

    def __init__(self, engine: Engine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    def first_account(self, password: str | None = None) -> str | None:
        """Make the account `admin` if there is none at all; its one-time password, None if nothing was made.

        A password given by the operator is not changed at the first sign-in, one made here is.
        """
        with writing(self._engine) as session:
            if session.scalars(select(StaffAccount.id).limit(1)).first() is not None:
                return None
            first = password or passwords.one_time()
            account = _new_account(FIRST_NAME, first, must_change=password is None)
            account.roles = ["admin"]
            session.add(account)
            return first

    def create(self, name: str, roles: Sequence[str], languages: Sequence[str] = ()) -> str:
        """A new account; its one-time password, which is shown once and changed at the first sign-in."""
        if not _NAME.fullmatch(name):
            raise StaffError("bad-name")
        password = passwords.one_time()
        try:
            with writing(self._engine) as session:
                if _by_name(session, name) is not None:
                    raise StaffError("name-taken")
                account = _new_account(name, password, must_change=True)
                account.roles, account.languages = _checked_roles(roles), list(languages)
                session.add(account)
        except IntegrityError as error:  # somebody else has just taken it
            raise StaffError("name-taken") from error
        return password

    def members(self) -> list[Member]:
        """All accounts by name, those that are closed too."""
        with reading(self._engine) as session:
            return [
                Member.of(found)
                for found in session.scalars(select(StaffAccount).order_by(StaffAccount.name))
            ]

    def member(self, id_: int) -> Member:
        """One account; StaffError if there is none such."""
        with reading(self._engine) as session:
            return Member.of(_account(session, id_))

    def others_who_review(self, language: str, besides: str) -> list[str]:
        """The names of those who could review a text of a language instead of its author."""
        return [
            member.name
            for member in self.members()
            if member.active and member.name != besides and member.may("reviewer") and member.writes(language)
        ]

    # --- signing in and out ----------------------------------------------------------------------

    def sign_in(self, name: str, password: str, browser: str = "") -> SignedIn:
        """Begin a session; SignInError if name and password do not go together."""
        with writing(self._engine) as session:
            account = _by_name(session, name)
            right = passwords.is_right(password, account.password_hash if account else None)
            if account is None or not right or not account.active:
                raise SignInError
            if passwords.is_weakly_hashed(account.password_hash):
                account.password_hash = passwords.hashed(password)
            token = secrets.token_urlsafe(32)
            wants_code = account.totp_secret is not None
            account.sessions.append(
                StaffSession(
                    token_hash=_hash(token),
                    whole=not wants_code,
                    created_at=now(),
                    seen_at=now(),
                    browser=browser[:_LONGEST_BROWSER],
                )
            )
            return SignedIn(token, Member.of(account), wants_code)

    def confirm(self, token: str, code: str) -> Member:
        """The second factor of a session; SignInError if the code is wrong or was used before."""
        with writing(self._engine) as session:
            found = session.get(StaffSession, _hash(token))
            if found is None or found.whole or found.created_at < now() - _HALF_SIGNED_IN:
                raise SignInError
            session.refresh(found.account, with_for_update=True)  # of two tries with one code, one waits
            self._take_code(found.account, code)
            found.whole = True
            return Member.of(found.account)

    def member_of(self, token: str) -> Member | None:
        """Who is signed in with a cookie; None if nobody, not wholly, or too long ago."""
        with reading(self._engine) as session:
            found = session.get(StaffSession, _hash(token))
            if found is None or not found.whole or not found.account.active or _is_over(found):
                return None
            member, seen_at = Member.of(found.account), found.seen_at
        if seen_at < now() - _SEEN_EVERY:
            self._see(token)
        return member

    def sign_out(self, token: str) -> None:
        """End a session."""
        with writing(self._engine) as session:
            session.execute(delete(StaffSession).where(StaffSession.token_hash == _hash(token)))

    def sessions(self, member: Member) -> list[OpenSession]:
        """The browsers in which somebody is signed in, the last seen first."""
        with reading(self._engine) as session:
            return [
                OpenSession(found.token_hash, found.created_at, found.seen_at, found.browser)
                for found in _account(session, member.id).sessions
                if found.whole and not _is_over(found)
            ]

    def session_id(self, token: str) -> str:
        """How a cookie's session is named in the list."""
        return _hash(token)

    def end_session(self, member: Member, session_id: str) -> None:
        """End one of somebody's own sessions; one that is no more is ended already."""
        with writing(self._engine) as session:
            account = _account(session, member.id)
            account.sessions = [kept for kept in account.sessions if kept.token_hash != session_id]

    def expire(self) -> int:
        """Let go of sessions that are over; how many."""
        over = (StaffSession.seen_at < now() - IDLE) | (StaffSession.created_at < now() - LONGEST)
        with self._engine.execution_options(writes=True).begin() as connection:
            return connection.execute(delete(StaffSession).where(over)).rowcount

    # --- one's own account -----------------------------------------------------------------------

    def change_password(self, member: Member, old: str, new: str, *, keep: str) -> None:
        """A new password; every session ends but the one of the token to keep.

        SignInError if the old password is wrong, PasswordError if the new one is not acceptable.
        """
        with writing(self._engine) as session:
            account = _account(session, member.id)
            if not passwords.is_right(old, account.password_hash):
                raise SignInError
            passwords.check_acceptable(new, account.name)
            if passwords.is_right(new, account.password_hash):
                raise passwords.PasswordError("same")
            account.password_hash, account.must_change = passwords.hashed(new), False
            account.sessions = [kept for kept in account.sessions if kept.token_hash == _hash(keep)]

    def begin_totp(self, member: Member, secret: str, code: str) -> None:
        """From now on a code is wanted too; SignInError if this first one is wrong."""
        with writing(self._engine) as session:
            account = _account(session, member.id)
            account.totp_secret, account.totp_step = self._cipher.encrypt(secret), None
            self._take_code(account, code)

    def end_totp(self, member: Member, password: str) -> None:
        """No code is wanted any more; SignInError if the password is wrong."""
        with writing(self._engine) as session:
            account = _account(session, member.id)
            if not passwords.is_right(password, account.password_hash):
                raise SignInError
            account.totp_secret = account.totp_step = None

    # --- others' accounts ------------------------------------------------------------------------

    def change(self, id_: int, roles: Sequence[str], languages: Sequence[str]) -> None:
        """Other roles and languages; StaffError if nobody would be left who may do this."""
        with self._changing(id_) as account:
            account.roles, account.languages = _checked_roles(roles), list(languages)

    def close(self, id_: int) -> None:
        """Nobody signs in to it any more; what they wrote keeps their name."""
        with self._changing(id_) as account:
            account.active, account.sessions = False, []

    def open_again(self, id_: int) -> str:
        """A closed account is of use again, with a new one-time password."""
        with self._changing(id_) as account:
            account.active = True
            return _reset(account)

    def reset(self, id_: int) -> str:
        """A new one-time password for somebody who forgot theirs or lost their phone; all sessions end."""
        with self._changing(id_) as account:
            return _reset(account)

    @contextmanager
    def _changing(self, id_: int) -> Iterator[StaffAccount]:
        with writing(self._engine) as session:
            # All of them are held, so that two admins cannot close each other in the same moment.
            accounts = session.scalars(select(StaffAccount).order_by(StaffAccount.id).with_for_update()).all()
            yield _account(session, id_)
            session.flush()
            if not any(found.active and "admin" in found.roles for found in accounts):
                raise StaffError("last-admin")

    def _take_code(self, account: StaffAccount, code: str) -> None:
        if account.totp_secret is None:
            raise SignInError
        secret = self._cipher.decrypt(account.totp_secret)
        step = totp.step_of(code, secret, now(), after=account.totp_step)
        if step is None:
            raise SignInError
        account.totp_step = step

    def _see(self, token: str) -> None:
        with writing(self._engine) as session:
            found = session.get(StaffSession, _hash(token))
            if found is not None:
                found.seen_at = now()


def _new_account(name: str, password: str, *, must_change: bool) -> StaffAccount:
    return StaffAccount(
        name=name,
        password_hash=passwords.hashed(password),
        must_change=must_change,
        roles=[],
        languages=[],
        active=True,
        created_at=now(),
    )


def _reset(account: StaffAccount) -> str:
    password = passwords.one_time()
    account.password_hash, account.must_change = passwords.hashed(password), True
    account.totp_secret = account.totp_step = None
    account.sessions = []
    return password


def _account(session: Session, id_: int) -> StaffAccount:
    account = session.get(StaffAccount, id_)
    if account is None:
        raise StaffError("no-account")
    return account


def _by_name(session: Session, name: str) -> StaffAccount | None:
    wanted = name.strip().casefold()
    return next(
        (each for each in session.scalars(select(StaffAccount)) if each.name.casefold() == wanted), None
    )


def _checked_roles(roles: Sequence[str]) -> list[str]:
    if not roles:
        raise StaffError("no-role")
    if set(roles) - set(ROLES):
        raise StaffError("unknown-role")
    return [role for role in ROLES if role in roles]


def _is_over(session: StaffSession) -> bool:
    return session.seen_at < now() - IDLE or session.created_at < now() - LONGEST


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
