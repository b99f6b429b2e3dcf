"""Accounts of others: making, changing, closing, and who is never locked out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from content.audit_log import AuditLog, LogFilter
from content.staff import Member, Staff
from tests.bot.console.conftest import SignedIn, member_with_password, words_of
from tests.bot.web.conftest import Parts
from tests.bot.web.test_accessibility import barriers

ONCE = re.compile(r"<code>((?:[a-z2-9]{5}-){3}[a-z2-9]{5})</code>")

type Desk = Callable[..., Page]


def of_name(staff: Staff, name: str) -> Member:
    return next(member for member in staff.members() if member.name == name)


def log_of(parts: Parts, sentence: str) -> list[dict[str, str]]:
    """What was written down under a sentence, with who did it."""
    entries = AuditLog(parts.content).all(LogFilter(sentence=sentence))
    return [{"by": entry.by, **entry.values} for entry in entries]


def test_an_account_is_made_and_its_one_time_password_opens_it(
    signed_in: SignedIn, staff: Staff, parts: Parts
) -> None:
    boss = signed_in("boss", "admin")
    page = boss.post(
        "/staff/people/new", name="mere", roles=["editor", "counsellor"], scope="some", languages=["bi"]
    )
    found = ONCE.search(page.text)
    assert found is not None
    mere = staff.sign_in("mere", found[1]).member
    assert (set(mere.roles), mere.languages, mere.must_change) == ({"editor", "counsellor"}, ("bi",), True)
    assert log_of(parts, "audit.account-made") == [
        {"by": "boss", "name": "mere", "roles": "editor, counsellor", "languages": "bi"}
    ]


def test_the_one_time_password_is_shown_once_and_stands_in_no_address_cookie_or_log(
    signed_in: SignedIn, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    boss = signed_in("boss", "admin")
    caplog.set_level(0)
    page = boss.post("/staff/people/new", name="mere", roles=["editor"], scope="all")
    found = ONCE.search(page.text)
    assert found is not None
    assert "no-store" in page.headers["cache-control"]
    assert found[1] not in str(page.url) + str(page.headers) + caplog.text
    later = boss.get("/staff/people").text + boss.get("/staff/log").text
    assert found[1] not in later
    assert found[1] not in str([*AuditLog(parts.content).all(LogFilter())])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "mere", "roles": ["editor"]}, "Somebody has this name already"),
        ({"name": "MERE", "roles": ["editor"]}, "Somebody has this name already"),
        ({"name": "m", "roles": ["editor"]}, "This name does not work"),
        ({"name": "<b>joe", "roles": ["editor"]}, "This name does not work"),
        ({"name": "joe"}, "Choose at least one role"),
        ({"name": "joe", "roles": ["queen"]}, "There is no such role"),
        ({"name": "joe", "roles": ["editor"], "scope": "some"}, "Choose at least one language"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_the_reason(
    signed_in: SignedIn, staff: Staff, fields: dict[str, Any], said: str
) -> None:
    boss, _ = signed_in("boss", "admin"), signed_in("mere", "editor")
    page = boss.post("/staff/people/new", **fields)
    assert page.status_code == 422
    assert said in words_of(page)
    assert {member.name for member in staff.members()} == {"boss", "mere"}


def test_roles_and_languages_change_at_once(signed_in: SignedIn, staff: Staff, parts: Parts) -> None:
    boss, mere = signed_in("boss", "admin"), signed_in("mere", "editor", languages=["bi"])
    place = f"/staff/people/{of_name(staff, 'mere').id}"
    assert mere.get("/staff/log").status_code == 403
    page = boss.post(place, roles=["reviewer"], scope="some", languages=["bi", "tpi", "klingon"])
    assert "The account is changed." in words_of(page)
    assert mere.get("/staff/log").status_code == 200
    assert of_name(staff, "mere").languages == ("bi", "tpi")
    assert log_of(parts, "audit.account-changed")[0]["languages"] == "bi, tpi"
    boss.post(place, roles=["reviewer"], scope="all", languages=["bi"])
    assert of_name(staff, "mere").languages == ()


def test_choosing_only_these_languages_and_none_of_them_does_not_come_to_mean_all(
    signed_in: SignedIn, staff: Staff
) -> None:
    boss, _ = signed_in("boss", "admin"), signed_in("mere", "editor", languages=["bi"])
    page = boss.post(f"/staff/people/{of_name(staff, 'mere').id}", roles=["editor"], scope="some")
    assert "Choose at least one language" in words_of(page)
    assert of_name(staff, "mere").languages == ("bi",)


def test_a_closed_account_is_out_at_once_and_comes_back_with_a_new_password(
    signed_in: SignedIn, staff: Staff, parts: Parts
) -> None:
    boss, mere = signed_in("boss", "admin"), signed_in("mere", "editor")
    place = f"/staff/people/{of_name(staff, 'mere').id}"
    assert "The account is closed." in words_of(boss.post(f"{place}/close"))
    assert mere.get("/staff").status_code == 303
    assert mere.sign_in().status_code == 401
    assert "mere Closed" in words_of(boss.get("/staff/people"))
    assert boss.post(f"{place}/reset").status_code == 403
    found = ONCE.search(boss.post(f"{place}/open").text)
    assert found is not None
    assert mere.sign_in(found[1]).url.path == "/staff/account/password"
    assert log_of(parts, "audit.account-closed") == [{"by": "boss", "name": "mere"}]
    assert log_of(parts, "audit.account-opened") == [{"by": "boss", "name": "mere"}]
    assert "This account is open already." in words_of(boss.post(f"{place}/open"))


def test_a_forgotten_password_is_made_anew_and_every_session_ends(
    signed_in: SignedIn, staff: Staff, parts: Parts
) -> None:
    boss, mere = signed_in("boss", "admin"), signed_in("mere", "editor")
    found = ONCE.search(boss.post(f"/staff/people/{of_name(staff, 'mere').id}/reset").text)
    assert found is not None
    assert mere.get("/staff").status_code == 303
    assert mere.sign_in().status_code == 401
    assert mere.sign_in(found[1]).status_code == 200
    assert log_of(parts, "audit.account-reset") == [{"by": "boss", "name": "mere"}]


def test_the_last_admin_stays_one(signed_in: SignedIn, staff: Staff, parts: Parts) -> None:
    boss, _ = signed_in("boss", "admin"), signed_in("mere", "editor")
    place = f"/staff/people/{of_name(staff, 'boss').id}"
    page = boss.post(place, roles=["reviewer"], scope="all")
    assert page.status_code == 422
    assert "Make somebody else an admin first" in words_of(page)
    assert boss.post(f"{place}/close").status_code == 403
    assert boss.post(f"{place}/reset").status_code == 403
    assert boss.get("/staff/people").status_code == 200
    assert log_of(parts, "audit.account-changed") == []


def test_an_admin_who_gives_the_role_away_lands_where_they_still_may_be(
    signed_in: SignedIn, staff: Staff
) -> None:
    boss, _ = signed_in("boss", "admin"), signed_in("mere", "admin")
    page = boss.post(f"/staff/people/{of_name(staff, 'boss').id}", roles=["editor"], scope="all")
    assert page.status_code == 200
    assert page.url.path == "/staff"
    assert boss.get("/staff/people").status_code == 403


@pytest.mark.parametrize("id_", ["0", "99999", "-1", "one", "99999999999999999999", "1%00"])
def test_an_account_that_is_not_there_is_not_found(signed_in: SignedIn, id_: str) -> None:
    boss = signed_in("boss", "admin")
    assert boss.get(f"/staff/people/{id_}").status_code == 404
    assert boss.post(f"/staff/people/{id_}/close").status_code == 404


def test_the_list_says_who_was_seen_and_who_has_a_second_factor(signed_in: SignedIn, staff: Staff) -> None:
    boss = signed_in("boss", "admin")
    staff.create("newcomer", ["editor"])
    page = words_of(boss.get("/staff/people"))
    assert re.search(r"boss admin all languages Off \d{4}-\d\d-\d\d \d\d:\d\d UTC", page)
    assert "newcomer editor all languages Off Has not signed in yet" in page


def test_two_admins_cannot_close_each_other(signed_in: SignedIn, staff: Staff) -> None:
    boss, chief = signed_in("boss", "admin"), signed_in("chief", "admin")
    boss.post(f"/staff/people/{of_name(staff, 'chief').id}/close")
    refused = chief.post(f"/staff/people/{of_name(staff, 'boss').id}/close", follow=False)
    assert refused.status_code == 303
    assert of_name(staff, "boss").active
    member_with_password(staff, "other", ["admin"])
    staff.close(of_name(staff, "boss").id)
    assert of_name(staff, "other").active


def test_an_admin_makes_an_account_and_closes_it_in_a_browser(desk: Desk) -> None:
    page = desk("boss", "admin")
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Make an account").click()
    assert barriers(page) == []
    page.get_by_label("Sign-in name").fill("mere")
    page.get_by_label("Editor").check()
    page.get_by_label("Only these languages").check()
    page.get_by_label("Bislama").check()
    page.get_by_role("button", name="Make the account").click()
    page.get_by_role("heading", name="One-time password for mere").wait_for()
    assert barriers(page) == []
    page.get_by_role("link", name="All people").click()
    assert barriers(page) == []
    page.get_by_role("link", name="mere").click()
    page.once("dialog", lambda asked: asked.dismiss())
    page.get_by_role("button", name="Close the account").click()
    expect(page.get_by_text("The account is closed.")).to_be_hidden()
    page.once("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Close the account").click()
    expect(page.get_by_text("The account is closed.")).to_be_visible()
    page.get_by_role("link", name="mere").click()
    expect(page.get_by_role("button", name="Open the account again")).to_be_visible()
