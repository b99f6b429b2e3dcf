"""The console as staff use it: signed in, over ASGI or in a real browser."""

import asyncio
import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page

from bot.settings import Settings
from content.people.cipher import Cipher
from content.staff import Role, Staff, passwords
from tests.bot.web.browsing import WIDE, opened
from tests.bot.web.conftest import Assemble, Parts, Site, assemble, library_replies, settings, site
from tests.bot.web.page_checks import faults

__all__ = ["assemble", "library_replies", "settings", "site"]  # fixtures of the web tests, used here too

PASSWORD = "mangrove kava canoe"
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Console:
    """A browser of a member of staff, over ASGI: checks every page that comes back."""

    def __init__(self, parts: Parts, runner: asyncio.Runner, name: str) -> None:
        self.name = name
        self._runner = runner
        transport = httpx.ASGITransport(
            app=parts.app, raise_app_exceptions=False, client=("203.0.113.9", 4000)
        )
        self._http = httpx.AsyncClient(transport=transport, base_url="http://tokstret.test")
        self.csrf = ""

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Fetch a page."""
        return self._checked(self._runner.run(self._http.get(path, **more)))

    def post(
        self,
        path: str,
        *,
        follow: Any = True,
        files: Any = None,
        headers: Any = None,
        **fields: Any,
    ) -> httpx.Response:
        """Send a form, with the session's token; on to the page it leads to."""
        data = {"csrf": self.csrf, **fields}
        posted = self._http.post(path, data=data, files=files, headers=headers, follow_redirects=follow)
        return self._checked(self._runner.run(posted))

    def sign_in(self, password: str = PASSWORD, **fields: Any) -> httpx.Response:
        """Name and password; the first page behind the door."""
        page = self.post("/staff/sign-in", name=self.name, password=password, **fields)
        found = _CSRF.search(page.text)
        self.csrf = found[1] if found else ""
        return page

    def cookies(self) -> httpx.Cookies:
        """What the browser keeps."""
        return self._http.cookies

    @staticmethod
    def _checked(response: httpx.Response) -> httpx.Response:
        assert response.status_code < 500, response.text[:2000]
        if response.headers.get("content-type", "").startswith("text/html") and "<html" in response.text:
            assert faults(response.text) == [], response.url
        return response


def words_of(response: httpx.Response) -> str:
    """What stands on a page, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


SignedIn = Callable[..., Console]


@pytest.fixture
def parts(assemble: Assemble) -> Iterator[Parts]:
    """The application with its stores; the engine is a stand-in that answers from the library."""
    with contextlib.ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        assembling = assemble(engine=False)
        running = runner.run(assembling.__aenter__())
        stack.callback(lambda: runner.run(assembling.__aexit__(None, None, None)))
        yield running


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as running:
        yield running


@pytest.fixture
def staff(parts: Parts, settings: Settings) -> Staff:
    return Staff(parts.people, Cipher(settings.secret.decode()))


@pytest.fixture
def signed_in(parts: Parts, staff: Staff, runner: asyncio.Runner) -> SignedIn:
    """Gives a browser of a new member: `signed_in("mere", "editor", languages=["bi"])`."""

    def new(name: str, *roles: Role, languages: Sequence[str] = ()) -> Console:
        member_with_password(staff, name, roles, languages)
        console = Console(parts, runner, name)
        assert console.sign_in().status_code == 200
        return console

    return new


def member_with_password(
    staff: Staff, name: str, roles: Sequence[Role], languages: Sequence[str] = ()
) -> None:
    """An account whose one-time password was changed already."""
    once = staff.create(name, roles, languages)
    begun = staff.sign_in(name, once)
    staff.change_password(begun.member, once, PASSWORD, keep=begun.token)
    staff.sign_out(begun.token)


@pytest.fixture
def desk(browser: Browser, site: Site, settings: Settings) -> Iterator[Callable[..., Page]]:
    """Opens the console in a real browser as a new member: `desk("mere", "reviewer")`."""
    staff = Staff(site.parts.people, Cipher(settings.secret.decode()))
    with contextlib.ExitStack() as stack:

        def open_as(name: str, *roles: Role, languages: Sequence[str] = (), **more: Any) -> Page:
            member_with_password(staff, name, roles, languages)
            opening = contextlib.contextmanager(opened)(browser, site, **{"viewport": WIDE, **more})
            page = stack.enter_context(opening)
            page.goto("/staff")
            page.get_by_label("Your name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("heading", name="To do", exact=True).wait_for()
            return page

        yield open_as


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with the least work: dozens of accounts are made, and none of them is to be guessed."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
