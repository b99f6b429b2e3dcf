"""Debian's Chromium, watched: fixtures and moves of the tests in a real browser."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.bot.web.conftest import Site

QUESTION = "How much do I pay to join PALM?"
ANSWER = "What does it cost to join PALM?"
PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What the browser itself says about a line that the test has cut, or a page that is not there.
_EXPECTED = re.compile(r"net::ERR_(INTERNET_DISCONNECTED|FAILED)|status of (404|403|422|429)")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS)
        yield running
        running.close()


class Watch:
    """Looks on while a browser is used: every request, every complaint."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _EXPECTED.search(message.text):
            self.complaints.append(message.text)


def opened(browser: Browser, site: Site, **more: object) -> Iterator[Page]:
    """A page, after whose use nothing was complained of and no other host was asked."""
    context = browser.new_context(base_url=site.url, locale="en-AU", **{"viewport": PHONE, **more})  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    watch = Watch(context)
    yield context.new_page()
    context.close()
    assert watch.complaints == []
    assert watch.hosts == {urlsplit(site.url).netloc}


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    yield from opened(browser, site)


@pytest.fixture
def page_without_scripts(browser: Browser, site: Site) -> Iterator[Page]:
    yield from opened(browser, site, java_script_enabled=False)


def ask(page: Page, text: str) -> None:
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def mine(page: Page) -> list[str]:
    """What the person said, as the page shows it."""
    return [text.removeprefix("You:").strip() for text in page.locator("#talk .me").all_text_contents()]


def answered(page: Page, count: int, *, greeted: bool = True) -> None:
    """Wait for so many messages of ours, after the greeting if the page still shows it."""
    expect(page.locator("#talk .bot")).to_have_count(count + greeted)
    expect(page.locator("#talk .waiting")).to_have_count(0)
