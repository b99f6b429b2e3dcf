"""Insights as staff see them: periods, hidden numbers, charts with their tables, and the file."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from content.clock import today
from content.people import People
from content.words import Words
from tests.bot.console.conftest import SignedIn, words_of
from tests.bot.web.browsing import PHONE
from tests.bot.web.conftest import Parts, Site
from tests.bot.web.test_accessibility import barriers

type Desk = Callable[..., Page]
PLACE = "/staff/insights"


def fill(store: Engine) -> None:
    """Two months of questions, quiet and busy days, and a few that must not be told."""
    people = People(store)
    for days_ago in range(60):
        day = today() - timedelta(days=days_ago)
        people.count(day, "en", "web", "answer", "palm.cost", number=10 + days_ago % 7)
        people.count(day, "bi", "telegram", "answer", "fees.who-pays", number=3)
        people.count(day, "bi", "telegram", "clarify", number=2)
    people.count(today() - timedelta(days=3), "sm", "web", "fallback", number=3)
    people.count(today() - timedelta(days=3), "sm", "web", "danger", number=4)


@pytest.fixture
def asked(parts: Parts) -> Parts:
    fill(parts.people)
    return parts


def rows_of(page: str) -> dict[str, list[str]]:
    """The rows of all tables by their first cell."""
    found = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    cells = {name: re.findall(r'<td class="number">(.*?)</td>', row) for name, row in found}
    bare = re.compile(r"<[^>]+>")
    return {bare.sub("", name): [bare.sub("", cell) for cell in row] for name, row in cells.items()}


def test_numbers_are_told_by_language_channel_topic_and_answer(signed_in: SignedIn, asked: Parts) -> None:
    page = signed_in("nina", "reviewer").get(f"{PLACE}?days=30")
    rows = rows_of(page.text)
    assert rows["Bislama"] == ["150", "90", "60", "under 5"]
    assert rows["Telegram"] == ["150"]
    assert rows["What does it cost to join PALM?"][0] == "385"
    assert rows["Partners (API)"] == ["under 5"]


def test_numbers_under_five_are_hidden_on_the_page_and_in_the_file(
    signed_in: SignedIn, asked: Parts, words: Words
) -> None:
    nina = signed_in("nina", "reviewer")
    rows = rows_of(nina.get(PLACE).text)
    assert rows[words.name("sm")] == ["under 5"] * 4
    assert rows["Danger raised"] == rows["Not known"] == ["under 5"]
    response = nina.get(f"{PLACE}/insights.csv")
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0] == ["Table", "Row", "Column", "Number"]
    assert ["How it went", "Danger raised", "Number", "under 5"] in lines
    assert {number for *_, number in lines[1:] if not number.isdecimal()} == {"under 5"}
    assert all(int(number) % 5 == 0 and int(number) for *_, number in lines[1:] if number.isdecimal())


def test_the_file_has_the_same_numbers_as_the_page(signed_in: SignedIn, asked: Parts) -> None:
    nina = signed_in("nina", "reviewer")
    query = f"since={today() - timedelta(days=20)}&until={today() - timedelta(days=2)}"
    rows = rows_of(nina.get(f"{PLACE}?{query}").text)
    response = nina.get(f"{PLACE}/insights.csv?{query}")
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))[1:]
    told = [
        number for table, name, _, number in lines if (table, name) == ("Questions by language", "Bislama")
    ]
    assert told == rows["Bislama"]
    assert len([line for line in lines if line[0] == "Questions by day"]) == 19


@pytest.mark.parametrize(
    ("query", "unit", "bars"),
    [("", "day", 30), ("days=7", "day", 7), ("days=90", "week", 13), ("days=1000000", "day", 30)],
)
def test_a_period_is_chosen(signed_in: SignedIn, asked: Parts, query: str, unit: str, bars: int) -> None:
    page = signed_in("nina", "reviewer").get(f"{PLACE}?{query}")
    assert f"Questions by {unit}" in words_of(page)
    chart = page.text.split('aria-labelledby="course"')[1].split("</svg>")[0]
    assert bars <= chart.count("<rect") <= bars + 1
    assert "style=" not in page.text


@pytest.mark.parametrize(
    "query", ["since=2026-11-20&until=2026-11-10", "until=0001-01-01", f"since={today()}&until={today()}"]
)
def test_a_period_without_a_day_that_is_over_is_told(signed_in: SignedIn, query: str) -> None:
    nina = signed_in("nina", "reviewer")
    page = nina.get(f"{PLACE}?{query}")
    assert page.status_code == 422
    assert "There is no day in this period" in words_of(page)


@pytest.mark.parametrize("query", ["since=0001-01-01", "until=2020-01-01", "since=x&until=y"])
def test_odd_days_do_no_harm(signed_in: SignedIn, asked: Parts, query: str) -> None:
    assert signed_in("nina", "reviewer").get(f"{PLACE}?{query}").status_code == 200


@pytest.mark.parametrize("role", ["editor", "counsellor"])
def test_insights_are_for_reviewers_and_admins(signed_in: SignedIn, role: str) -> None:
    assert signed_in("mere", role).get(PLACE).status_code == 403
    assert signed_in("boss", "admin").get(PLACE).status_code == 200


def test_a_reviewer_looks_at_a_quarter_and_takes_the_numbers_along(desk: Desk, site: Site) -> None:
    fill(site.parts.people)
    page = desk("nina", "admin")
    page.get_by_role("link", name="Insights").click()
    assert barriers(page) == []
    page.get_by_role("link", name="Last 90 days").click()
    expect(page.get_by_role("heading", name="Questions by week")).to_be_visible()
    page.get_by_label("From", exact=True).fill(str(today() - timedelta(days=10)))
    page.get_by_label("To", exact=True).fill(str(today() - timedelta(days=4)))
    page.get_by_role("button", name="Show these days").click()
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("region", name="Questions by day").get_by_role("row")).to_have_count(8)
    assert barriers(page) == []
    with page.expect_download() as begun:
        page.get_by_role("link", name="Export these numbers").click()
    assert begun.value.suggested_filename.startswith("tokstret-insights-")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    for path in (PLACE, "/staff/people", "/staff/people/new", "/staff/log", "/staff/people/1"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
