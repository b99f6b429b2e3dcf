"""Somebody asks for a person, and a counsellor answers: in two real browsers, and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.bot.web.browsing import PHONE, QUESTION, ask
from tests.bot.web.conftest import SECRET, Site
from tests.bot.web.test_accessibility import barriers
from tests.team import open_always, rows_of_talks

Desks = Callable[..., Page]
UNKNOWN = "xyzzy plugh quux"
FAMILY = "My contract says other hours than the offer."


@pytest.fixture
def staffed(site: Site) -> Site:
    """The site with a team that is there."""
    site.engine.offer = open_always(site.parts.people, SECRET).offer
    return site


def begin_talk(page: Page, agree: str = "Yes, I agree") -> None:
    """From a question that nobody knows, to our team."""
    ask(page, UNKNOWN)
    page.get_by_role("button", name="Ask a person").last.click()
    page.get_by_role("button", name="Ask our team").last.click()
    page.get_by_role("button", name=agree, exact=True).last.click()
    expect(page.get_by_text("You are with our team now")).to_be_visible()


def take_first(counsellor: Page) -> None:
    counsellor.get_by_role("link", name="Requests", exact=True).click()
    counsellor.get_by_role("link", name="Request 1").click()
    counsellor.get_by_role("button", name="Take this request").click()
    expect(counsellor.get_by_label("Your answer")).to_be_visible()


def answer(counsellor: Page, text: str) -> None:
    counsellor.get_by_label("Your answer").fill(text)
    counsellor.get_by_role("button", name="Send", exact=True).click()
    expect(counsellor.locator(".talk .staff .text").last).to_have_text(text)


def test_a_person_in_the_web_chat_talks_with_a_counsellor_until_she_closes_it(
    page: Page, desk: Desks, staffed: Site
) -> None:
    counsellor = desk("mere", "counsellor")
    page.goto("/")
    begin_talk(page)
    asked_before = [said for said in staffed.engine.heard if not said.startswith("/")]
    ask(page, FAMILY)
    expect(page.locator("#talk .waiting")).to_have_count(0)
    take_first(counsellor)
    # Nothing of the talk before, which the person did not pass on.
    expect(counsellor.locator(".talk .person .text")).to_have_text([FAMILY])
    expect(page.get_by_text("Somebody of our team is reading now")).to_be_visible()
    answer(counsellor, "Do not sign yet.\n*Send* me the hours: https://example.org/hours.")
    reply = page.locator("#talk .team")
    expect(reply.get_by_role("heading", name="Our team")).to_be_visible()
    expect(reply).to_contain_text("*Send* me the hours")
    expect(reply.get_by_role("link")).to_have_attribute("href", "https://example.org/hours")
    ask(page, "it says 60 hours a week")
    expect(counsellor.locator(".talk .person .text").last).to_have_text("it says 60 hours a week")
    expect(counsellor.locator(".talk .staff .state")).to_have_text("Delivered")
    assert [said for said in staffed.engine.heard if not said.startswith("/")] == asked_before
    page.reload()
    expect(page.locator("#talk .me").last).to_contain_text("it says 60 hours a week")
    expect(page.locator("#talk .team")).to_have_count(1)
    answer(counsellor, "That is too much.")
    expect(page.locator("#talk .team")).to_have_count(2)
    counsellor.once("dialog", lambda dialog: dialog.accept())
    counsellor.get_by_role("button", name="Close this talk").click()
    expect(page.get_by_text("Our team has ended this talk")).to_be_visible()
    ask(page, QUESTION)
    expect(page.locator("#talk .answer").last).to_be_visible()
    assert staffed.engine.heard[-1] == QUESTION


def test_a_whole_talk_without_scripts_on_both_sides(
    page_without_scripts: Page, desk: Desks, staffed: Site
) -> None:
    page, counsellor = page_without_scripts, desk("mere", "counsellor", java_script_enabled=False)
    page.goto("/")
    begin_talk(page, "Yes, and pass on my question")
    ask(page, FAMILY)
    take_first(counsellor)
    expect(counsellor.locator(".talk .person .text")).to_have_text([UNKNOWN, FAMILY])
    answer(counsellor, "I look into it.")
    page.get_by_role("button", name="See if there is an answer").click()
    expect(page.locator("#talk .team")).to_contain_text("I look into it.")
    page.get_by_role("button", name="End this talk").last.click()
    expect(page.get_by_text("The talk with our team has ended")).to_be_visible()
    expect(page.get_by_role("button", name="See if there is an answer")).to_have_count(0)
    counsellor.reload()
    expect(counsellor.get_by_text("The person has ended this talk")).to_be_visible()
    expect(counsellor.locator(".talk")).to_have_count(0)


def test_danger_in_the_middle_is_answered_at_once_and_staff_see_it(
    page: Page, desk: Desks, staffed: Site
) -> None:
    counsellor = desk("mere", "counsellor")
    page.goto("/")
    begin_talk(page)
    take_first(counsellor)
    cry = "the boss locked me in and took my phone"
    ask(page, cry)
    expect(page.locator(".bot.danger a[href^='tel:']").first).to_be_visible()
    expect(counsellor.locator(".talk .person .text")).to_have_text([cry])
    expect(counsellor.get_by_text("The person spoke of danger")).to_be_visible()
    answer(counsellor, "Are you safe now?")
    expect(page.locator("#talk .team")).to_contain_text("Are you safe now?")


def test_erasing_in_the_middle_of_a_talk_leaves_no_row(page: Page, desk: Desks, staffed: Site) -> None:
    counsellor = desk("mere", "counsellor")
    page.goto("/")
    begin_talk(page)
    ask(page, FAMILY)
    take_first(counsellor)
    answer(counsellor, "Hello.")
    assert rows_of_talks(staffed.parts.people) > 3
    page.get_by_role("button", name="What we keep about you").last.click()
    page.get_by_role("button", name="Delete my data").last.click()
    page.get_by_role("button", name="Yes, delete all").click()
    expect(page.locator("#talk li")).to_have_count(1)
    assert rows_of_talks(staffed.parts.people) == 0
    counsellor.get_by_label("Your answer").fill("Hello?")
    counsellor.get_by_role("button", name="Send", exact=True).click()
    expect(counsellor.get_by_role("heading", name="This request is gone")).to_be_visible()


def test_no_barrier_on_the_pages_of_requests(page: Page, desk: Desks, staffed: Site) -> None:
    page.goto("/")
    begin_talk(page)
    ask(page, FAMILY)
    for name, size in (("mere", None), ("tia", PHONE)):
        counsellor = desk(name, "counsellor", **({"viewport": size} if size else {}))
        for path in ("/staff/requests", "/staff/requests/hours", "/staff/requests/canned"):
            counsellor.goto(path)
            look(counsellor, f"{name}-{path.rsplit('/', 1)[1]}")
        counsellor.goto("/staff/requests/1")
        if counsellor.get_by_role("button", name="Take over").count():
            counsellor.once("dialog", lambda dialog: dialog.accept())
            counsellor.get_by_role("button", name="Take over").click()
        else:
            counsellor.get_by_role("button", name="Take this request").click()
        answer(counsellor, "Hello, how can I help you?")
        look(counsellor, f"{name}-talk")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    expect(page.locator("#talk .team")).to_have_count(2)
    look(page, "person")


def look(page: Page, name: str) -> None:
    assert barriers(page) == [], name
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
