"""The audit log: as sentences, narrowed, paged, and as a file."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete, update

from content.audit import SENTENCES, record, write
from content.clock import now, today
from content.models import AuditEntry
from content.store import writing
from content.words import Words
from tests.bot.console.conftest import SignedIn, words_of
from tests.bot.web.conftest import Parts
from tests.bot.web.test_accessibility import barriers

type Desk = Callable[..., Page]
CHECKED = {"answer": "palm.cost", "day": "2026-11-22", "review_date": "2027-02-20"}
PHRASE = {"answer": "fees.who-pays", "language": "bi", "phrase": "hamas mi pem"}


@pytest.fixture
def log(parts: Parts) -> Parts:
    """A log with three sentences, the first of them a week old."""
    with writing(parts.content) as session:
        session.execute(delete(AuditEntry))
        record(session, "audit.withdrawn", by="joe", answer="palm.cost", variant="default", language="bi")
        session.flush()
        session.execute(update(AuditEntry).values(at=now() - timedelta(days=7)))
    write(parts.content, "audit.still-correct", by="mere", **CHECKED)
    write(parts.content, "audit.phrase-added", by="mere", **PHRASE)
    return parts


def sentences(page: httpx.Response) -> list[str]:
    """Who and what the rows of the list say, without signing in."""
    rows = re.findall(r"<tr><td><time.*?</td><td>(.*?)</td><td>(.*?)(?: <a .*?)?</td></tr>", page.text)
    return [f"{by} {said}" for by, said in rows if said != "Signed in"]


def test_the_log_says_who_did_what_newest_first(signed_in: SignedIn, log: Parts) -> None:
    console = signed_in("nina", "reviewer")
    page = console.get("/staff/log")
    assert "UTC nina Signed in" in words_of(page)
    added, checked, withdrawn = sentences(page)
    assert added == "mere Added the phrase “hamas mi pem” to fees.who-pays (Bislama)"
    assert checked.startswith("mere Checked palm.cost on 2026-11-22 and found it still correct")
    assert withdrawn == "joe Withdrew palm.cost (default, Bislama)"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("by=joe", ["joe Withdrew"]),
        ("answer=palm", ["mere Checked", "joe Withdrew"]),
        ("answer=%25", []),
        ("sentence=audit.phrase-added", ["mere Added"]),
        (f"until={today() - timedelta(days=7)}", ["joe Withdrew"]),
        (f"since={today() - timedelta(days=7)}&until={today() - timedelta(days=7)}", ["joe Withdrew"]),
        (f"since={today()}&by=mere", ["mere Added", "mere Checked"]),
        ("since=yesterday&by=joe", ["joe Withdrew"]),
        ("by=nobody", []),
    ],
)
def test_the_log_is_narrowed(signed_in: SignedIn, log: Parts, query: str, found: list[str]) -> None:
    console = signed_in("nina", "reviewer")
    shown = sentences(console.get(f"/staff/log?{query}"))
    assert [" ".join(sentence.split()[:2]) for sentence in shown] == found


def test_htmx_gets_the_list_alone(signed_in: SignedIn, log: Parts) -> None:
    piece = signed_in("nina", "reviewer").get("/staff/log?by=joe", headers={"hx-request": "true"})
    assert "<html" not in piece.text
    assert "1 entries" in words_of(piece)


def test_a_long_log_has_pages_that_keep_the_filter(signed_in: SignedIn, log: Parts) -> None:
    for _ in range(60):
        write(log.content, "audit.still-correct", by="mere", **CHECKED)
    console = signed_in("nina", "reviewer")
    first = console.get("/staff/log?by=mere")
    assert len(sentences(first)) == 50
    assert 'href="/staff/log?page=2&amp;by=mere"' in first.text
    assert len(sentences(console.get("/staff/log?page=2&by=mere"))) == 12
    for page in ("0", "-1", "x", "9" * 30, "99"):
        assert console.get(f"/staff/log?page={page}").status_code == 200


def test_an_admin_takes_the_narrowed_list_along(signed_in: SignedIn, log: Parts) -> None:
    assert signed_in("nina", "reviewer").get("/staff/log/log.csv").status_code == 403
    response = signed_in("boss", "admin").get("/staff/log/log.csv?by=mere")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["When", "Who", "What"]
    assert [row[1] for row in rows[1:]] == ["mere", "mere"]
    assert rows[1][2] == "Added the phrase “hamas mi pem” to fees.who-pays (Bislama)"


def test_what_a_spreadsheet_would_run_is_made_harmless(signed_in: SignedIn, log: Parts) -> None:
    write(log.content, "audit.signed-in", by="=HYPERLINK(1)")
    response = signed_in("boss", "admin").get("/staff/log/log.csv?sentence=audit.signed-in")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert "'=HYPERLINK(1)" in [row[1] for row in rows]


def test_an_entry_of_another_edition_is_shown_all_the_same(signed_in: SignedIn, log: Parts) -> None:
    with writing(log.content) as session:
        session.add(AuditEntry(at=now(), by="joe", sentence="audit.forgotten", values={}, answer=None))
        old = {"name": "mere", "roles": "editor"}
        session.add(AuditEntry(at=now(), by="joe", sentence="audit.account-made", values=old, answer=None))
    page = words_of(signed_in("nina", "reviewer").get("/staff/log"))
    assert "joe audit.forgotten" in page
    assert "joe Made the account mere (editor; …)" in page


def test_every_sentence_has_words(words: Words) -> None:
    assert len(SENTENCES) > 20
    for sentence, blanks in SENTENCES.items():
        said = words.say(sentence, "en").format(by="x", **dict.fromkeys(blanks, "blank"))
        assert said.count("blank") >= len(blanks), sentence


def test_the_log_is_narrowed_in_a_browser_without_a_new_page(desk: Desk) -> None:
    page = desk("boss", "admin")
    page.get_by_role("link", name="Log").click()
    page.get_by_label("Who").select_option("boss")
    expect(page.get_by_text("1 entries")).to_be_visible()
    expect(page).to_have_url(re.compile(r"by=boss"))
    assert barriers(page) == []
    with page.expect_download() as begun:
        page.get_by_role("link", name="Export this list").click()
    assert begun.value.suggested_filename == f"tokstret-log-{today()}.csv"
