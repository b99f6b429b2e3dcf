"""One's own account: password, code of an app, other browsers."""

import asyncio
import re
from datetime import UTC, datetime

import pyotp
import pytest

from bot.settings import Settings
from content.staff import Staff
from tests.bot.console.conftest import PASSWORD, Console, SignedIn, words_of
from tests.bot.web.conftest import Parts

_SECRET = re.compile(r'name="secret" value="([A-Z2-7]+)"')
_SEAL = re.compile(r'name="seal" value="(\w+)"')


def code_of(secret: str, *, step: int = 0) -> str:
    """What an app shows now, or so many steps of half a minute later."""
    totp = pyotp.TOTP(secret)
    return totp.generate_otp(totp.timecode(datetime.now(UTC)) + step)


def with_totp(console: Console) -> str:
    """Begin to use an app; its secret."""
    page = console.get("/staff/account/totp")
    secret, seal = _SECRET.findall(page.text)[0], _SEAL.findall(page.text)[0]
    done = console.post("/staff/account/totp", secret=secret, seal=seal, code=code_of(secret))
    assert "From now on a code" in words_of(done)
    return str(secret)


def test_with_an_app_a_password_alone_lets_nobody_in(signed_in: SignedIn) -> None:
    console = signed_in("mere", "editor")
    secret = with_totp(console)
    console.post("/staff/sign-out")
    asked = console.sign_in()
    assert "Your code" in words_of(asked)
    assert console.get("/staff/answers").status_code == 303
    wrong = console.post("/staff/sign-in/code", code="000000")
    assert wrong.status_code == 401
    right = console.post("/staff/sign-in/code", code=code_of(secret, step=1), next="/staff/answers")
    assert right.url.path == "/staff/answers"


def test_a_code_works_once(signed_in: SignedIn) -> None:
    console = signed_in("mere", "editor")
    secret = with_totp(console)
    console.post("/staff/sign-out")
    console.sign_in()
    code = code_of(secret, step=1)
    assert console.post("/staff/sign-in/code", code=code).status_code == 200
    console.post("/staff/sign-out")
    console.sign_in()
    assert console.post("/staff/sign-in/code", code=code).status_code == 401


def test_a_secret_that_we_did_not_propose_is_not_taken(signed_in: SignedIn) -> None:
    console = signed_in("mere", "editor")
    secret = pyotp.random_base32()
    page = console.post("/staff/account/totp", secret=secret, seal="made up", code=code_of(secret))
    assert page.status_code == 422
    assert "scan this new picture" in words_of(page)


def test_an_app_is_given_up_with_the_password_only(signed_in: SignedIn) -> None:
    console = signed_in("mere", "editor")
    with_totp(console)
    assert console.post("/staff/account/totp/end", password="not it at all").status_code == 422
    assert "No code is wanted" in words_of(console.post("/staff/account/totp/end", password=PASSWORD))


@pytest.mark.parametrize(
    ("new", "again", "told"),
    [
        ("short", "short", "too short"),
        ("x" * 201, "x" * 201, "too long"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "too simple"),
        ("the name is mere here", "the name is mere here", "your name"),
        ("breadfruit and taro", "breadfruit and yam", "not the same"),
        (PASSWORD, PASSWORD, "the one you had"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    signed_in: SignedIn, new: str, again: str, told: str
) -> None:
    page = signed_in("mere", "editor").post("/staff/account/password", old=PASSWORD, new=new, again=again)
    assert page.status_code == 422
    assert told in words_of(page)


def test_a_new_password_ends_every_other_session(
    signed_in: SignedIn, parts: Parts, runner: asyncio.Runner
) -> None:
    here = signed_in("mere", "editor")
    there = Console(parts, runner, "mere")
    there.sign_in()
    new = "breadfruit and taro"
    wrong = here.post("/staff/account/password", old="not it at all", new=new, again=new)
    assert "not your password" in words_of(wrong)
    here.post("/staff/account/password", old=PASSWORD, new=new, again=new)
    assert here.get("/staff/answers").status_code == 200
    assert there.get("/staff/answers").status_code == 303
    assert there.sign_in().status_code == 401
    assert there.sign_in(new).status_code == 200


def test_another_browser_is_signed_out_from_the_list(
    signed_in: SignedIn, parts: Parts, runner: asyncio.Runner, staff: Staff
) -> None:
    here = signed_in("mere", "editor")
    there = Console(parts, runner, "mere")
    there.sign_in()
    page = here.get("/staff/account")
    [other] = re.findall(r'name="session" value="(\w+)"', page.text)
    assert other == staff.session_id(there.cookies()["tokstret-staff"])
    here.post("/staff/account/sessions/end", session=other)
    assert there.get("/staff/answers").status_code == 303
    assert here.get("/staff/answers").status_code == 200


def test_the_first_password_is_forgotten_once_it_is_changed(
    parts: Parts, runner: asyncio.Runner, staff: Staff, settings: Settings
) -> None:
    once = staff.first_account()
    assert once is not None
    settings.first_password_file.write_text(once)
    assert staff.first_account() is None
    admin = Console(parts, runner, "admin")
    admin.sign_in(once)
    admin.post("/staff/account/password", old=once, new=PASSWORD, again=PASSWORD)
    assert not settings.first_password_file.exists()


def test_the_log_of_the_process_has_no_password_or_code(
    signed_in: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    console = signed_in("mere", "editor")
    secret = with_totp(console)
    console.post("/staff/sign-out")
    console.sign_in("a wrong password")
    said = " ".join(record.getMessage() for record in caplog.records)
    assert PASSWORD not in said
    assert "a wrong password" not in said
    assert secret not in said
