"""Accounts and sessions: who gets in, for how long, and what nobody can do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, update

from content.clock import now
from content.people.cipher import Cipher
from content.staff import Member, PasswordError, SignInError, Staff, StaffError, passwords, totp
from content.staff import staff as staff_module
from content.staff.models import StaffAccount, StaffSession
from content.staff.roster import roster
from content.staff.staff import IDLE, LONGEST
from content.store import reading, writing

NEW = "mangrove kava canoe"


@pytest.fixture
def staff(people_store: Engine) -> Staff:
    return Staff(people_store, Cipher("a secret key for tests"))


def made(staff: Staff, name: str, *roles: str, languages: tuple[str, ...] = ()) -> Member:
    """An account whose one-time password was changed."""
    once = staff.create(name, roles or ("editor",), languages)
    begun = staff.sign_in(name, once)
    staff.change_password(begun.member, once, NEW, keep=begun.token)
    staff.sign_out(begun.token)
    return staff.member(begun.member.id)


def rows(store: Engine, table: type[Any]) -> list[Any]:
    with reading(store) as session:
        return list(session.scalars(select(table)))


def age(store: Engine, **moved: timedelta) -> None:
    """Make every session so much older."""
    with writing(store) as session:
        session.execute(update(StaffSession).values({name: now() - by for name, by in moved.items()}))


# --- signing in -------------------------------------------------------------------------------------


def test_name_and_password_open_a_session(staff: Staff) -> None:
    mere = made(staff, "mere", "editor")
    begun = staff.sign_in("mere", NEW, "Firefox")
    assert begun.wants_code is False
    assert staff.member_of(begun.token) == mere
    assert [session.browser for session in staff.sessions(mere)] == ["Firefox"]


@pytest.mark.parametrize("name", ["MERE", " mere ", "Mere"])
def test_a_name_is_the_same_however_it_is_written(staff: Staff, name: str) -> None:
    made(staff, "mere")
    assert staff.sign_in(name, NEW).member.name == "mere"


@pytest.mark.parametrize(
    ("name", "password"),
    [("mere", "wrong password"), ("mere", ""), ("mere", NEW.upper()), ("nobody", NEW), ("", "")],
)
def test_what_does_not_go_together_opens_nothing(
    staff: Staff, people_store: Engine, name: str, password: str
) -> None:
    made(staff, "mere")
    with pytest.raises(SignInError):
        staff.sign_in(name, password)
    assert rows(people_store, StaffSession) == []


def test_nobody_is_signed_in_with_a_token_that_was_never_given(staff: Staff, people_store: Engine) -> None:
    made(staff, "mere")
    begun = staff.sign_in("mere", NEW)
    kept = rows(people_store, StaffSession)[0].token_hash
    assert kept != begun.token
    for token in ("", "x", kept, begun.token[:-1]):
        assert staff.member_of(token) is None


def test_signing_out_ends_the_session_and_no_other(staff: Staff) -> None:
    made(staff, "mere")
    one, other = staff.sign_in("mere", NEW), staff.sign_in("mere", NEW)
    staff.sign_out(one.token)
    assert staff.member_of(one.token) is None
    assert staff.member_of(other.token) is not None


# --- sessions that are over ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "begun", "lives"),
    [
        (IDLE - timedelta(minutes=5), IDLE, True),
        (IDLE + timedelta(minutes=5), IDLE + timedelta(minutes=5), False),
        (timedelta(0), LONGEST - timedelta(minutes=5), True),
        (timedelta(0), LONGEST + timedelta(minutes=5), False),
    ],
)
def test_a_session_ends_when_nobody_uses_it_and_after_two_weeks_anyway(
    staff: Staff, people_store: Engine, seen: timedelta, begun: timedelta, lives: bool
) -> None:
    mere = made(staff, "mere")
    token = staff.sign_in("mere", NEW).token
    age(people_store, seen_at=seen, created_at=begun)
    assert len(staff.sessions(mere)) == int(lives)
    assert (staff.member_of(token) is not None) == lives
    assert staff.expire() == int(not lives)
    assert len(rows(people_store, StaffSession)) == int(lives)


def test_using_a_session_keeps_it_alive(staff: Staff, people_store: Engine) -> None:
    made(staff, "mere")
    token = staff.sign_in("mere", NEW).token
    age(people_store, seen_at=IDLE - timedelta(minutes=5))
    staff.member_of(token)
    assert rows(people_store, StaffSession)[0].seen_at > now() - timedelta(minutes=1)


def test_one_ends_ones_own_sessions_and_nobody_elses(staff: Staff) -> None:
    mere, joe = made(staff, "mere"), made(staff, "joe")
    hers, his = staff.sign_in("mere", NEW).token, staff.sign_in("joe", NEW).token
    staff.end_session(mere, staff.session_id(his))
    assert staff.member_of(his) == joe
    staff.end_session(mere, staff.session_id(hers))
    assert staff.member_of(hers) is None


# --- passwords ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("too short", "too-short"),
        ("x" * 201, "too-long"),
        ("i am MERE and more", "has-name"),
        ("abababababababab", "too-simple"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(staff: Staff, password: str, reason: str) -> None:
    mere = made(staff, "mere")
    with pytest.raises(PasswordError) as raised:
        staff.change_password(mere, NEW, password, keep="")
    assert raised.value.reason == reason
    assert staff.sign_in("mere", NEW).member == mere


@pytest.mark.parametrize("password", ["twelve lette", "käfer über ölberg", "漢字仮名交じり文は大丈夫です"])
def test_a_long_password_of_any_letters_is_taken(staff: Staff, password: str) -> None:
    mere = made(staff, "mere")
    staff.change_password(mere, NEW, password, keep="")
    assert staff.sign_in("mere", password).member == mere


def test_the_old_password_is_not_taken_as_the_new_one(staff: Staff) -> None:
    mere = made(staff, "mere")
    with pytest.raises(PasswordError, match="same"):
        staff.change_password(mere, NEW, NEW, keep="")


def test_who_does_not_know_the_old_password_sets_no_new_one(staff: Staff) -> None:
    mere = made(staff, "mere")
    with pytest.raises(SignInError):
        staff.change_password(mere, "not the old one", "another good one", keep="")


def test_a_new_password_signs_every_other_browser_out(staff: Staff) -> None:
    mere = made(staff, "mere")
    here, elsewhere = staff.sign_in("mere", NEW).token, staff.sign_in("mere", NEW).token
    staff.change_password(mere, NEW, "another good one", keep=here)
    assert staff.member_of(here) == mere
    assert staff.member_of(elsewhere) is None


def test_the_same_password_never_has_the_same_hash(staff: Staff, people_store: Engine) -> None:
    made(staff, "mere")
    made(staff, "joe")
    hashes = [account.password_hash for account in rows(people_store, StaffAccount)]
    assert len(set(hashes)) == 2
    assert all(each.startswith("$argon2id$") and NEW not in each for each in hashes)


def test_a_weaker_hash_is_made_anew_when_its_owner_signs_in(staff: Staff, people_store: Engine) -> None:
    made(staff, "mere")
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(NEW)
    with writing(people_store) as session:
        session.execute(update(StaffAccount).values(password_hash=weak))
    staff.sign_in("mere", NEW)
    [account] = rows(people_store, StaffAccount)
    assert account.password_hash != weak
    assert not passwords.is_weakly_hashed(account.password_hash)


def test_one_time_passwords_are_long_and_never_the_same() -> None:
    many = {passwords.one_time() for _ in range(200)}
    assert len(many) == 200
    assert all(len(each) == 23 and not set(each) & set("ilo01") for each in many)


# --- the second factor ------------------------------------------------------------------------------------


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Moves the clock of the staff's door."""

    def move(by: timedelta) -> None:
        moment = now() + by
        monkeypatch.setattr("content.staff.staff.now", lambda: moment)

    return move


def code_of(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(pyotp.TOTP(secret).timecode(_aware()) * 30 + steps * 30)


def _aware() -> datetime:
    # By the clock of the staff's door, which a test may have moved.
    moment: datetime = vars(staff_module)["now"]()
    return moment.replace(tzinfo=UTC)


def with_totp(staff: Staff, at: Callable[[timedelta], None]) -> tuple[Member, str]:
    """An account with an app, whose first code was used a minute ago."""
    mere, secret = made(staff, "mere"), totp.new_secret()
    at(timedelta(0))
    staff.begin_totp(mere, secret, code_of(secret))
    at(timedelta(minutes=2))
    return mere, secret


def test_with_an_app_a_session_is_whole_after_its_code(staff: Staff, at: Callable[[timedelta], None]) -> None:
    mere, secret = with_totp(staff, at)
    begun = staff.sign_in("mere", NEW)
    assert begun.wants_code
    assert staff.member_of(begun.token) is None
    assert staff.sessions(mere) == []
    assert staff.confirm(begun.token, code_of(secret)).has_totp
    assert staff.member_of(begun.token) is not None


def test_no_code_works_twice(staff: Staff, at: Callable[[timedelta], None]) -> None:
    _, secret = with_totp(staff, at)
    one, other = staff.sign_in("mere", NEW).token, staff.sign_in("mere", NEW).token
    code = code_of(secret)
    staff.confirm(one, code)
    for used in (code, code_of(secret, -1)):
        with pytest.raises(SignInError):
            staff.confirm(other, used)
    staff.confirm(other, code_of(secret, 1))


def test_of_two_that_use_a_code_in_the_same_moment_one_gets_in(
    staff: Staff, at: Callable[[timedelta], None]
) -> None:
    _, secret = with_totp(staff, at)
    tokens, code = [staff.sign_in("mere", NEW).token for _ in range(6)], code_of(secret)

    def gets_in(token: str) -> bool:
        try:
            staff.confirm(token, code)
        except SignInError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(gets_in, tokens)) == 1


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_a_code_of_another_time_is_refused(staff: Staff, at: Callable[[timedelta], None], steps: int) -> None:
    _, secret = with_totp(staff, at)
    token = staff.sign_in("mere", NEW).token
    with pytest.raises(SignInError):
        staff.confirm(token, code_of(secret, steps))


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "0" * 400])
def test_what_is_no_code_is_refused(staff: Staff, at: Callable[[timedelta], None], code: str) -> None:
    with_totp(staff, at)
    token = staff.sign_in("mere", NEW).token
    with pytest.raises(SignInError):
        staff.confirm(token, code)


def test_a_code_comes_too_late_after_ten_minutes(
    staff: Staff, people_store: Engine, at: Callable[[timedelta], None]
) -> None:
    _, secret = with_totp(staff, at)
    token = staff.sign_in("mere", NEW).token
    age(people_store, created_at=timedelta(minutes=9))
    at(timedelta(minutes=2))
    with pytest.raises(SignInError):
        staff.confirm(token, code_of(secret))


def test_an_app_is_only_used_once_its_first_code_was_right(staff: Staff) -> None:
    mere = made(staff, "mere")
    with pytest.raises(SignInError):
        staff.begin_totp(mere, totp.new_secret(), "000000x")
    assert not staff.member(mere.id).has_totp


def test_the_secret_of_an_app_is_not_kept_in_the_clear(
    staff: Staff, people_store: Engine, at: Callable[[timedelta], None]
) -> None:
    _, secret = with_totp(staff, at)
    [account] = rows(people_store, StaffAccount)
    assert account.totp_secret
    assert secret not in account.totp_secret


def test_the_app_is_given_up_with_the_password_alone(staff: Staff, at: Callable[[timedelta], None]) -> None:
    mere, _ = with_totp(staff, at)
    with pytest.raises(SignInError):
        staff.end_totp(mere, "wrong password")
    staff.end_totp(mere, NEW)
    assert staff.sign_in("mere", NEW).wants_code is False


# --- accounts -------------------------------------------------------------------------------------------


def test_the_first_account_is_made_once(staff: Staff) -> None:
    once = staff.first_account()
    assert once is not None
    assert staff.first_account() is None
    member = staff.sign_in("admin", once).member
    assert (set(member.roles), member.must_change) == ({"admin"}, True)


def test_a_first_password_given_by_the_operator_need_not_be_changed(staff: Staff) -> None:
    staff.first_account(NEW)
    assert staff.sign_in("admin", NEW).member.must_change is False


@pytest.mark.parametrize(
    ("name", "roles", "reason"),
    [
        ("m", ["editor"], "bad-name"),
        ("4mere", ["editor"], "bad-name"),
        ("mere joe", ["editor"], "bad-name"),
        ("m" * 41, ["editor"], "bad-name"),
        ("mere\n", ["editor"], "bad-name"),
        ("Mere", ["editor"], "name-taken"),
        ("joe", [], "no-role"),
        ("joe", ["queen"], "unknown-role"),
    ],
)
def test_an_account_that_cannot_be_is_not_made(
    staff: Staff, name: str, roles: list[str], reason: str
) -> None:
    made(staff, "mere")
    with pytest.raises(StaffError) as raised:
        staff.create(name, roles)
    assert raised.value.reason == reason
    assert [member.name for member in staff.members()] == ["mere"]


def test_of_two_accounts_made_with_one_name_at_once_one_is(staff: Staff) -> None:
    def is_made(_: int) -> bool:
        try:
            staff.create("mere", ["editor"])
        except StaffError:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(is_made, range(5))) == 1
    assert len(staff.members()) == 1


def test_nobody_gets_in_to_a_closed_account(staff: Staff) -> None:
    made(staff, "boss", "admin")
    mere = made(staff, "mere")
    token = staff.sign_in("mere", NEW).token
    staff.close(mere.id)
    assert staff.member_of(token) is None
    with pytest.raises(SignInError):
        staff.sign_in("mere", NEW)
    assert not staff.member(mere.id).active


def test_an_account_opened_again_has_a_new_password_and_no_app(
    staff: Staff, at: Callable[[timedelta], None]
) -> None:
    made(staff, "boss", "admin")
    mere, _ = with_totp(staff, at)
    staff.close(mere.id)
    once = staff.open_again(mere.id)
    with pytest.raises(SignInError):
        staff.sign_in("mere", NEW)
    begun = staff.sign_in("mere", once)
    assert (begun.wants_code, begun.member.must_change) == (False, True)


def test_a_reset_ends_sessions_password_and_app(staff: Staff, at: Callable[[timedelta], None]) -> None:
    made(staff, "boss", "admin")
    mere, secret = with_totp(staff, at)
    token = staff.sign_in("mere", NEW).token
    staff.confirm(token, code_of(secret))
    once = staff.reset(mere.id)
    assert staff.member_of(token) is None
    assert staff.sign_in("mere", once).wants_code is False


def test_the_last_admin_can_be_neither_closed_nor_changed(staff: Staff) -> None:
    boss, mere = made(staff, "boss", "admin"), made(staff, "mere", "editor")
    other = made(staff, "other", "admin")
    staff.close(other.id)
    with pytest.raises(StaffError, match="last-admin"):
        staff.close(boss.id)
    with pytest.raises(StaffError, match="last-admin"):
        staff.change(boss.id, ["reviewer"], [])
    assert staff.member(boss.id) == boss
    staff.change(mere.id, ["admin"], [])
    staff.close(boss.id)
    with pytest.raises(StaffError, match="last-admin"):
        staff.close(mere.id)


def test_two_admins_who_close_each_other_at_once_leave_one(staff: Staff) -> None:
    admins = [made(staff, name, "admin") for name in ("ana", "ben", "cia", "dan")]

    def is_closed(member: Member) -> bool:
        try:
            staff.close(member.id)
        except StaffError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(is_closed, admins)) == 3
    assert sum(member.active for member in staff.members()) == 1


@pytest.mark.parametrize("step", ["close", "open_again", "reset", "member"])
def test_an_account_that_is_not_there_is_told(staff: Staff, step: str) -> None:
    with pytest.raises(StaffError, match="no-account"):
        getattr(staff, step)(99)


# --- roles -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "may"),
    [
        (["editor"], {"editor"}),
        (["reviewer"], {"editor", "reviewer"}),
        (["counsellor"], {"counsellor"}),
        (["admin"], {"editor", "reviewer", "counsellor", "admin"}),
        (["editor", "counsellor"], {"editor", "counsellor"}),
    ],
)
def test_what_roles_include(staff: Staff, roles: list[str], may: set[str]) -> None:
    member = made(staff, "mere", *roles)
    assert {role for role in ("editor", "reviewer", "counsellor", "admin") if member.may(role)} == may


def test_who_could_review_instead_of_the_author(staff: Staff) -> None:
    made(staff, "boss", "admin")
    made(staff, "mere", "reviewer", languages=("bi",))
    made(staff, "joe", "editor")
    gone = made(staff, "gone", "reviewer")
    staff.close(gone.id)
    assert staff.others_who_review("bi", "joe") == ["boss", "mere"]
    assert staff.others_who_review("bi", "mere") == ["boss"]
    assert staff.others_who_review("tpi", "boss") == []


def test_the_roster_has_the_closed_accounts_last_and_when_others_were_seen(
    staff: Staff, people_store: Engine
) -> None:
    made(staff, "zoe", "admin")
    ann = made(staff, "ann")
    staff.close(ann.id)
    staff.sign_in("zoe", NEW)
    zoe, closed = roster(people_store)
    assert (zoe.member.name, closed.member.name) == ("zoe", "ann")
    assert zoe.seen_at is not None
    assert closed.seen_at is None
