"""The pages in a real browser: with scripts and without, on a phone and wide, on bad lines and in frames."""

import asyncio
import re
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route as ServerRoute

from tests.bot.web.conftest import Site
from tests.local_server import serving

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


def test_a_talk_with_scripts_goes_on_in_one_page(page: Page, site: Site) -> None:
    page.goto("/")
    ask(page, QUESTION)
    answered(page, 1)
    expect(page.get_by_role("heading", name=ANSWER)).to_be_visible()
    expect(page.get_by_label("Your question")).to_be_focused()
    page.get_by_role("button", name="Who pays my plane ticket for PALM?").click()
    answered(page, 2)
    page.get_by_role("button", name="I am in danger").first.click()
    expect(page.locator(".bot.danger a[href='tel:000']").first).to_be_visible()
    assert mine(page) == [QUESTION, "Who pays my plane ticket for PALM?", "I am in danger"]
    assert page.url == f"{site.url}/"
    assert site.engine.heard[0] == QUESTION


def test_a_whole_talk_without_scripts(page_without_scripts: Page, site: Site) -> None:
    page = page_without_scripts
    page.goto("/")
    ask(page, QUESTION)
    answered(page, 1, greeted=False)
    assert mine(page) == [QUESTION]
    page.get_by_role("button", name="Who pays my plane ticket for PALM?").click()
    answered(page, 2, greeted=False)
    page.locator(".safety").get_by_role("button", name="I am in danger").click()
    expect(page.locator(".bot.danger")).to_be_visible()
    page.get_by_role("button", name="What we keep about you").last.click()
    # One under the safety reply, one under what we keep.
    expect(page.get_by_role("button", name="Delete my data")).to_have_count(2)
    page.get_by_role("button", name="Delete my data").last.click()
    page.get_by_role("button", name="Yes, delete all").click()
    expect(page.get_by_role("button", name="Yes, delete all")).to_have_count(0)
    expect(page.locator("#talk .bot")).to_have_count(1)
    expect(page.locator("#talk .me")).to_have_count(0)
    assert site.engine.heard[-1] == "/confirm_erase"


def test_enter_sends_and_shift_enter_begins_a_line(page: Page) -> None:
    page.goto("/")
    box = page.get_by_label("Your question")
    box.press_sequentially("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    box.press("Enter")
    answered(page, 1)
    assert mine(page) == ["one\ntwo"]
    expect(box).to_have_value("")


def test_the_language_is_changed_with_and_without_scripts(
    page: Page, page_without_scripts: Page, site: Site
) -> None:
    for one in (page, page_without_scripts):
        one.goto("/")
        ask(one, QUESTION)
        answered(one, 1, greeted=one is page)
        one.locator(".languages summary").click()
        chosen = one.locator(".languages button:not([aria-current])").first
        code = str(chosen.get_attribute("lang"))
        chosen.click()
        expect(one.locator("html")).to_have_attribute("lang", code)
        assert one.url == f"{site.url}/chat/{code}#latest"
        assert mine(one)[0].endswith(QUESTION)


def test_a_talk_is_taken_up_again_after_a_reload(page: Page) -> None:
    page.goto("/")
    ask(page, QUESTION)
    answered(page, 1)
    page.goto("/")
    expect(page.get_by_role("heading", name=ANSWER)).to_be_visible()
    assert mine(page) == [QUESTION]
    ask(page, "who pays my ticket?")
    expect(page.locator("#talk .bot")).to_have_count(2)
    assert mine(page) == [QUESTION, "who pays my ticket?"]


def test_a_message_on_a_cut_line_waits_and_goes_when_it_is_back(page: Page, site: Site) -> None:
    page.goto("/")
    page.context.set_offline(True)
    ask(page, QUESTION)
    expect(page.locator("#status")).to_contain_text("No connection")
    assert mine(page) == [QUESTION]
    expect(page.locator("#talk .waiting")).to_be_in_viewport()
    page.context.set_offline(False)
    answered(page, 1)
    expect(page.locator("#status")).to_be_empty()
    assert site.engine.heard == [QUESTION]


def test_a_reply_lost_on_the_way_is_fetched_and_the_turn_not_doubled(page: Page, site: Site) -> None:
    page.goto("/")
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/messages", lose_the_first)
    ask(page, QUESTION)
    page.get_by_role("button", name="Send now").click()
    answered(page, 1)
    assert lost == [200]
    assert mine(page) == [QUESTION]
    assert site.engine.heard == [QUESTION]


def test_a_reply_lost_before_a_reload_is_shown_and_the_turn_not_doubled(page: Page, site: Site) -> None:
    page.goto("/")
    page.route("**/messages", lambda route: (route.fetch(), route.abort()))
    ask(page, QUESTION)
    expect(page.locator("#status")).to_contain_text("No connection")
    page.unroute("**/messages")
    page.goto("/")
    expect(page.get_by_role("heading", name=ANSWER)).to_have_count(1)
    expect(page.locator("#talk .waiting")).to_have_count(0)
    assert mine(page) == [QUESTION]
    assert site.engine.heard == [QUESTION]


def test_messages_written_on_a_cut_line_go_in_their_order(page: Page, site: Site) -> None:
    page.goto("/")
    page.context.set_offline(True)
    for text in ("first of all", "second of all", "third of all"):
        ask(page, text)
    page.context.set_offline(False)
    answered(page, 3)
    assert site.engine.heard == ["first of all", "second of all", "third of all"]
    classes = [(one.get_attribute("class") or "").split()[0] for one in page.locator("#talk > li").all()]
    assert classes == ["bot", "me", "bot", "me", "bot", "me", "bot"]


@pytest.mark.parametrize("site", [{"per_conversation": "2/minute"}], indirect=True)
def test_a_cry_for_help_is_not_held_up_by_turns_that_have_to_wait(page: Page, site: Site) -> None:
    page.goto("/")
    ask(page, QUESTION)
    answered(page, 1)
    for text in ("and this", "and that", "the boss locked me in and took my phone"):
        ask(page, text)
    expect(page.locator(".bot.danger a[href^='tel:']").first).to_be_visible()
    expect(page.locator("#talk .waiting")).to_have_text([re.compile("and that")])
    expect(page.locator("#status")).to_contain_text("Send now")


def test_the_danger_button_overtakes_a_turn_under_way(page: Page, site: Site) -> None:
    page.goto("/")
    under_way: list[Route] = []

    def keep_waiting(route: Route) -> None:
        under_way.append(route)

    page.route("**/messages", keep_waiting, times=1)
    ask(page, QUESTION)
    expect(page.locator("#talk .waiting")).to_have_count(1)
    page.locator(".safety").get_by_role("button", name="I am in danger").click()
    expect(page.locator(".bot.danger")).to_be_visible()
    answered(page, 2)
    assert len(under_way) == 1
    assert [said.split("{")[0] for said in site.engine.heard] == ["/danger", QUESTION]


def test_a_talk_that_is_no_longer_known_begins_anew(page: Page, site: Site) -> None:
    page.goto("/")
    page.evaluate(
        "sessionStorage.setItem('tokstret', JSON.stringify({conversation: 'old.token', waiting: []}))"
    )
    page.reload()
    ask(page, QUESTION)
    expect(page.get_by_role("heading", name=ANSWER)).to_be_visible()
    assert site.engine.heard == [QUESTION]


def test_the_way_out_leaves_no_talk_behind(page: Page, site: Site) -> None:
    page.goto("/guide/en")
    page.goto("/")
    ask(page, QUESTION)
    answered(page, 1)
    page.evaluate(f"document.querySelector('.exit').href = '{site.url}/healthz'")
    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url("**/healthz")
    assert page.evaluate("sessionStorage.length") == 0
    page.go_back()
    expect(page).to_have_url(re.compile("/guide/en$"))


def test_the_way_out_leads_elsewhere_without_scripts_too(page_without_scripts: Page, site: Site) -> None:
    page_without_scripts.goto("/")
    address = page_without_scripts.get_by_role("link", name="Leave this site").get_attribute("href")
    assert address
    assert urlsplit(address).scheme == "https"
    assert urlsplit(address).netloc != urlsplit(site.url).netloc


def test_erasing_clears_the_page_and_the_tab(page: Page) -> None:
    page.goto("/")
    ask(page, QUESTION)
    answered(page, 1)
    before = page.evaluate("JSON.parse(sessionStorage.tokstret).conversation")
    page.get_by_role("button", name="What we keep about you").first.click()
    page.get_by_role("button", name="Delete my data").click()
    page.get_by_role("button", name="Yes, delete all").click()
    expect(page.locator("#talk li")).to_have_count(1)
    assert mine(page) == []
    assert page.evaluate("JSON.parse(sessionStorage.tokstret).conversation") != before


def test_room_left_to_write_is_told_when_it_is_little(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your question").fill("a" * 1950)
    expect(page.locator("#status")).to_have_text("Letters left: 50")
    page.get_by_label("Your question").fill("short")
    expect(page.locator("#status")).to_be_empty()


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


@pytest.fixture
def ministry(site: Site) -> Iterator[str]:
    """Somebody else's site, at another origin, with our one line of HTML."""
    line = f'<script async src="{site.url}/embed/en.js"></script>'

    async def home(_: Request) -> HTMLResponse:
        policy = f"script-src {site.url}; frame-src {site.url}; style-src 'none'"
        html = f"<!doctype html><html lang=en><title>Ministry</title><h1>Ministry</h1>{line}</html>"
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    ready, ends = threading.Event(), []
    urls: list[str] = []

    async def serve() -> None:
        ended = asyncio.Event()
        ends.append((asyncio.get_running_loop(), ended))
        async with serving(Starlette(routes=[ServerRoute("/", home)])) as url:
            urls.append(url)
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(60)
    yield urls[0]
    loop, ended = ends[0]
    loop.call_soon_threadsafe(ended.set)
    thread.join(30)


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
