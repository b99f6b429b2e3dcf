"""A talk in a real browser: with scripts and without, on bad lines, in danger."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.bot.web.browsing import ANSWER, QUESTION, answered, ask, mine, opened
from tests.bot.web.conftest import Site

PORT_VILA = {"latitude": -17.74, "longitude": 168.31}


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


def asked_where(page: Page) -> Locator:
    """The button for the position, under a question for the country."""
    page.locator(".safety").get_by_role("button", name="I am in danger").click()
    expect(page.locator(".bot.danger")).to_be_visible()
    button = page.locator("[data-position]")
    expect(button).to_have_count(0)  # nobody would come for a position that is sent in danger
    page.get_by_role("button", name="Ask a person").last.click()
    expect(button).to_have_count(1)
    return button


def test_the_browser_tells_the_country_to_who_presses_the_button(browser: Browser, site: Site) -> None:
    for page in opened(browser, site, geolocation=PORT_VILA, permissions=["geolocation"]):
        page.goto("/chat/en")
        asked_where(page).click()
        expect(page.get_by_text("Employment Services Unit").first).to_be_visible()
        expect(page.get_by_text("This place is in: Vanuatu.")).to_be_visible()
        assert mine(page)[-1] == "Find the country by my location"
        assert site.engine.heard[-1] == '/choose_country{"country": "VU"}'


def test_who_does_not_let_the_browser_tell_is_asked_to_choose(page: Page) -> None:
    page.goto("/chat/en")
    asked_where(page).click()
    expect(page.locator("#status")).to_have_text(
        "I did not get your location. Choose the country or write its name."
    )
    page.get_by_role("button", name="Vanuatu").last.click()
    expect(page.get_by_text("Employment Services Unit").first).to_be_visible()


def test_without_scripts_no_button_for_a_position_is_shown(page_without_scripts: Page) -> None:
    page_without_scripts.goto("/chat/en")
    expect(asked_where(page_without_scripts)).to_be_hidden()
    expect(page_without_scripts.get_by_role("button", name="Vanuatu").last).to_be_visible()
