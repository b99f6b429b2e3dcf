"""Every page in a real browser: no barrier, nothing to scroll sideways, all by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.bot.web.browsing import PHONE, QUESTION, WIDE, answered, ask, opened
from tests.bot.web.conftest import Site


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_no_barrier_is_found_on_any_page(
    browser: Browser, site: Site, size: dict[str, int], scheme: str
) -> None:
    for page in opened(browser, site, viewport=size, color_scheme=scheme, reduced_motion="reduce"):
        page.goto("/")
        ask(page, QUESTION)
        answered(page, 1)
        page.locator(".safety .danger").click()
        answered(page, 2)
        page.locator(".languages summary").click()
        assert barriers(page) == []
        for path in (
            "/guide/en",
            "/guide/en/palm.how-to-apply",
            "/guide/en/help",
            "/guide/en/all",
            "/embed/en",
            "/nothing",
        ):
            page.goto(path)
            assert barriers(page) == [], path


def test_a_barrier_would_be_found(browser: Browser, site: Site) -> None:
    for page in opened(browser, site):
        page.goto("/")
        page.evaluate("document.querySelector('label[for=text]').remove()")
        page.evaluate("document.querySelector('#text').removeAttribute('placeholder')")
        assert any("label" in one for one in barriers(page))


def barriers(page: Page) -> list[str]:
    found = Axe().run(page)
    return [
        f"{one['id']}: {node['html'][:120]} {node.get('failureSummary', '')}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(
    "path", ["/", "/guide/en", "/guide/en/palm.how-to-apply", "/guide/en/help", "/nothing"]
)
@pytest.mark.parametrize("width", [320, 360, 640, 1280])
def test_nothing_has_to_be_scrolled_sideways(page: Page, path: str, width: int) -> None:
    """320 is also a window of 1280 at 400% zoom."""
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_everything_in_order(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Go to the content")).to_be_focused()
    page.keyboard.press("Enter")
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.append(
            str(page.evaluate("document.activeElement.textContent || document.activeElement.id")).strip()
        )
    assert "What is PALM?" in seen
    assert "text" in seen
    assert seen.index("What is PALM?") < seen.index("text") < seen.index("Send")
