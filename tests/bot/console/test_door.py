"""Who gets in: signing in, sessions, forms of our own, and a role for every page."""

import asyncio
import re

import pytest
from starlette.routing import BaseRoute, Route

from bot.console.door import PLACE, SIGN_IN
from content.staff import ROLES, Staff
from content.staff.members import Member
from tests.bot.console.conftest import PASSWORD, Console, SignedIn, member_with_password, words_of
from tests.bot.web.conftest import Parts

NOT_BEHIND_THE_DOOR = {SIGN_IN, f"{SIGN_IN}/code"}


def staff_routes(parts: Parts) -> list[Route]:
    def ours(route: BaseRoute) -> bool:
        return isinstance(route, Route) and (route.path == PLACE or route.path.startswith(f"{PLACE}/"))

    return [route for route in parts.app.routes if ours(route) and isinstance(route, Route)]


def filled_in(path: str) -> str:
    """An address with something in its blanks."""
    blanks = {"key": "palm.cost", "variant": "default", "language": "bi"}
    return re.sub(r"{(\w+)}", lambda blank: blanks.get(blank[1], "1"), path)


def test_every_page_demands_a_role_or_says_that_all_members_may_see_it(parts: Parts) -> None:
    behind = [route for route in staff_routes(parts) if route.path not in NOT_BEHIND_THE_DOOR]
    assert len(behind) > 15
    assert "/staff/answers" in {route.path for route in behind}
    assert [route.path for route in behind if not hasattr(route.endpoint, "demands")] == []
    for_all = {route.path for route in behind if route.endpoint.demands is None}  # type: ignore[attr-defined]
    for_all = {path for path in for_all if not path.startswith("/staff/account")}
    assert for_all == {"/staff", "/staff/sign-out"}


def test_nobody_sees_a_page_without_signing_in(
    parts: Parts, runner: asyncio.Runner, signed_in: SignedIn
) -> None:
    stranger = Console(parts, runner, "stranger")
    looked = 0
    for route in staff_routes(parts):
        if route.path in NOT_BEHIND_THE_DOOR or "GET" not in (route.methods or ()):
            continue
        path = filled_in(route.path)
        response = stranger.get(path)
        assert response.status_code == 303, path
        assert response.headers["location"].startswith(SIGN_IN), path
        looked += 1
    assert looked >= 8


@pytest.mark.parametrize("role", ROLES)
def test_a_member_without_the_role_is_refused(parts: Parts, signed_in: SignedIn, role: str) -> None:
    console = signed_in("mere", role)
    member = Member(1, "mere", frozenset([role]), (), must_change=False, has_totp=False, active=True)
    for route in staff_routes(parts):
        demanded = getattr(route.endpoint, "demands", None)
        if demanded is None or member.may(demanded):
            continue
        path = filled_in(route.path)
        method = console.get if "GET" in (route.methods or ()) else console.post
        response = method(path)
        assert response.status_code == 403, path
        assert "You may not do this" in words_of(response)


def test_signing_in_leads_to_the_page_that_was_asked_for(signed_in: SignedIn, staff: Staff) -> None:
    console = signed_in("mere", "editor")
    console.post("/staff/sign-out")
    asked = console.get("/staff/answers?topic=palm", follow_redirects=True)
    assert "Sign in" in words_of(asked)
    page = console.sign_in(next="/staff/answers?topic=palm")
    assert str(page.url).endswith("/staff/answers?topic=palm")


@pytest.mark.parametrize(
    "goal", ["https://evil.example/staff", "//evil.example", "/staff\\@evil.example", "/chat/en"]
)
def test_signing_in_never_leads_to_another_site(signed_in: SignedIn, goal: str) -> None:
    console = signed_in("mere", "editor")
    console.post("/staff/sign-out")
    assert console.sign_in(next=goal).url.path == "/staff"


def test_a_wrong_password_and_an_unknown_name_are_told_alike(
    signed_in: SignedIn, parts: Parts, runner: asyncio.Runner
) -> None:
    console = signed_in("mere", "editor")
    console.post("/staff/sign-out")
    wrong = console.sign_in("not the password")
    nobody = Console(parts, runner, "nobody").sign_in("not the password")
    assert wrong.status_code == nobody.status_code == 401
    assert "do not go together" in words_of(wrong)
    assert words_of(wrong) == words_of(nobody)


def test_guessing_passwords_is_stopped(signed_in: SignedIn) -> None:
    console = signed_in("mere", "editor")
    console.post("/staff/sign-out")
    statuses = [console.sign_in("wrong password").status_code for _ in range(9)]
    assert statuses[:5] == [401] * 5
    assert statuses[-1] == 429
    assert "Too many tries" in words_of(console.sign_in())


def test_a_form_without_the_sessions_token_is_refused(signed_in: SignedIn) -> None:
    console = signed_in("mere", "admin")
    refused = console.post("/staff/answers/palm.cost/still-correct", csrf="made up")
    assert refused.status_code == 403
    assert "This form is too old" in words_of(refused)


def test_a_form_of_another_site_is_refused(signed_in: SignedIn, parts: Parts, runner: asyncio.Runner) -> None:
    console = signed_in("mere", "admin")
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        response = console.post("/staff/answers/palm.cost/still-correct", headers=headers)
        assert response.status_code == 403
        assert "another site" in words_of(response)


def test_the_cookie_is_for_the_console_alone_and_out_of_reach_of_scripts(signed_in: SignedIn) -> None:
    console = signed_in("mere", "editor")
    console.post("/staff/sign-out")
    response = console.post("/staff/sign-in", follow=False, name="mere", password=PASSWORD)
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/staff" in cookie


def test_signing_out_ends_the_session_also_for_a_copied_cookie(signed_in: SignedIn) -> None:
    console = signed_in("mere", "editor")
    copied = console.cookies()["tokstret-staff"]
    console.post("/staff/sign-out")
    response = console.get("/staff/answers", headers={"cookie": f"tokstret-staff={copied}"})
    assert response.status_code == 303


def test_a_one_time_password_must_be_changed_first(
    parts: Parts, runner: asyncio.Runner, staff: Staff
) -> None:
    once = staff.create("mere", ["editor"])
    console = Console(parts, runner, "mere")
    page = console.sign_in(once)
    assert page.url.path == "/staff/account/password"
    assert console.get("/staff/answers").headers["location"] == "/staff/account/password"
    changed = console.post("/staff/account/password", old=once, new=PASSWORD, again=PASSWORD)
    assert "Your password is changed" in words_of(changed)
    assert console.get("/staff/answers").status_code == 200


def test_a_member_with_a_closed_account_is_out_at_once(signed_in: SignedIn, staff: Staff) -> None:
    member_with_password(staff, "boss", ["admin"])
    console = signed_in("mere", "editor")
    [mere] = [member for member in staff.members() if member.name == "mere"]
    staff.close(mere.id)
    assert console.get("/staff/answers").status_code == 303
    assert console.sign_in().status_code == 401
