"""The chat in a frame on somebody else's site, in a real browser."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route as ServerRoute

from tests.bot.web.browsing import ANSWER, PHONE, QUESTION, WIDE, Watch
from tests.bot.web.conftest import Site
from tests.local_server import beside, serving


@pytest.fixture
def ministry(site: Site) -> Iterator[str]:
    """Somebody else's site, at another origin, with our one line of HTML."""
    line = f'<script async src="{site.url}/embed/en.js"></script>'

    async def home(_: Request) -> HTMLResponse:
        policy = f"script-src {site.url}; frame-src {site.url}; style-src 'none'"
        html = f"<!doctype html><html lang=en><title>Ministry</title><h1>Ministry</h1>{line}</html>"
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    with beside(serving(Starlette(routes=[ServerRoute("/", home)]))) as url:
        yield url


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_one_line_on_another_site_opens_the_chat_in_a_frame(
    browser: Browser, site: Site, ministry: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size, locale="en-AU")  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    watch = Watch(context)
    page = context.new_page()
    page.goto(ministry)
    page.get_by_role("button", name="Working abroad? Ask us").click()
    frame = page.frame_locator("iframe")
    frame.get_by_label("Your question").fill(QUESTION)
    frame.get_by_role("button", name="Send", exact=True).click()
    expect(frame.get_by_role("heading", name=ANSWER)).to_be_visible()
    box = page.locator("iframe").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    page.get_by_role("button", name="Close").click()
    expect(page.locator("iframe")).to_be_hidden()
    page.get_by_role("button", name="Working abroad? Ask us").click()
    expect(frame.get_by_role("heading", name=ANSWER)).to_be_visible()
    context.close()
    assert watch.hosts == {urlsplit(site.url).netloc, urlsplit(ministry).netloc}
    assert watch.complaints == []


def test_our_other_pages_do_not_open_in_a_frame(browser: Browser, site: Site, ministry: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(ministry)
    page.evaluate(
        "url => { const f = document.createElement('iframe'); f.src = url; document.body.append(f) }",
        f"{site.url}/chat/en",
    )
    expect(page.frame_locator("iframe").locator("#text")).to_have_count(0)
    context.close()
