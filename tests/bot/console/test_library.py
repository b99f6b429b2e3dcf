"""The library's shelves: fee rules, schemes, services and their like, edited with dates and references."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from content.clock import today
from content.fact_changes import fact_changes
from content.records import FeeRules, SchemeFacts
from content.repository import Repository
from content.sheets import SHEET_KINDS, kind_named
from content.shelves import Shelves
from tests.bot.console.conftest import SignedIn, words_of
from tests.bot.web.conftest import Parts
from tests.bot.web.test_accessibility import barriers

RULES = "/staff/library/rules/pg"
SCHEME = "/staff/library/schemes/palm"
SERVICE = "/staff/library/services/vu-womens-centre"
CHECKLIST = "/staff/library/checklists/palm"

type Desk = Callable[..., Page]

_INPUT = re.compile(r"<input ([^>]*)>")
_AREA = re.compile(r'<textarea [^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
_SELECT = re.compile(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)


def form_on(page: httpx.Response, action: str) -> dict[str, Any]:
    """What the form of a page holds, as a browser would send it."""
    found = re.search(rf'<form [^>]*action="{re.escape(action)}".*?</form>', page.text, re.DOTALL)
    assert found, action
    fields: dict[str, Any] = {}
    for attributes in _INPUT.findall(found[0]):
        told = dict(re.findall(r'([a-z-]+)="([^"]*)"', attributes))
        if told.get("name") in (None, "csrf") or (
            told.get("type") == "checkbox" and "checked" not in attributes.split()
        ):
            continue
        fields.setdefault(told["name"], []).append(unescape(told.get("value", "")))
    fields |= {name: [unescape(text)] for name, text in _AREA.findall(found[0])}
    for name, options in _SELECT.findall(found[0]):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(
            r'<option value="([^"]*)"', options
        )
        fields[name] = [unescape(chosen[1])] if chosen else []
    return fields


def rules_of(parts: Parts, country: str = "pg") -> FeeRules:
    """A country's rules as journeys read them."""
    told = Repository(parts.content).record(FeeRules, country, "en")
    assert told is not None
    return told.about


# --- forms ----------------------------------------------------------------------------------------


def test_a_form_that_is_sent_as_it_is_changes_nothing(parts: Parts, signed_in: SignedIn) -> None:
    """And so every field and choice of every kind has its words."""
    mere, shelves = signed_in("mere", "admin"), Shelves(parts.content, ["en"])
    for kind in SHEET_KINDS:
        assert mere.get(f"/staff/library/{kind.name}/+new").status_code == 200
        for row in shelves.rows(kind)[:3]:
            address = f"/staff/library/{kind.name}/{row.id}"
            before = shelves.sheet(kind, row.id)
            mere.post(address, **form_on(mere.get(address), address), do="save")
            after = shelves.sheet(kind, row.id)
            assert after is not None
            assert before is not None
            assert fact_changes(before.facts, after.facts) == []
            assert after == before
            assert "Nothing was changed here" in words_of(mere.get(f"{address}/history"))


# --- rules ----------------------------------------------------------------------------------------


def test_a_rule_changes_from_a_day_and_what_it_said_before_stays(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    before = rules_of(parts).rules[0]
    day = today() + timedelta(days=10)
    address = f"{RULES}/from/{before.id}"
    form = form_on(mere.get(address), address) | {
        "facts.from": day.isoformat(),
        "facts.verdict": "limited",
        "facts.limit.value": "1.5",
        "facts.limit.unit": "months-of-pay",
        "facts.source.title": "The new law",
        "facts.source.as_of": "2026",
    }
    page = mere.post(address, **form)
    assert "What held before stays" in words_of(page)
    after = rules_of(parts).rules[0]
    assert after.on(day - timedelta(days=1)) == before.periods[-1].model_copy(
        update={"until": day - timedelta(days=1)}
    )
    new = after.on(day)
    assert new is not None
    assert (new.verdict, new.source.title) == ("limited", "The new law")
    assert after.periods[:-2] == before.periods[:-1]


def test_a_period_that_has_begun_is_corrected_only_with_a_reason_and_stays_in_the_history(
    signed_in: SignedIn, parts: Parts
) -> None:
    mere = signed_in("mere", "reviewer")
    before = rules_of(parts)
    form = form_on(mere.get(RULES), RULES) | {"facts.rules.0.periods.0.source.title": "Another law"}
    refused = mere.post(RULES, **form, do="save")
    assert refused.status_code == 422
    assert "write down why" in words_of(refused)
    assert "Another law" in refused.text
    assert rules_of(parts) == before
    mere.post(RULES, **form | {"why": "The title was misread."}, do="save")
    assert rules_of(parts).rules[0].periods[0].source.title == "Another law"
    history = mere.get(f"{RULES}/history")
    assert "The title was misread." in words_of(history)
    version = re.search(r'name="version" value="(\d+)"', history.text)
    assert version
    without = mere.post(f"{RULES}/restore", version=version[1])
    assert without.status_code == 422
    mere.post(f"{RULES}/restore", version=version[1], why="It was right.")
    assert rules_of(parts) == before


def test_an_editor_reads_rules_and_changes_none(signed_in: SignedIn, parts: Parts) -> None:
    editor, before = signed_in("mere", "editor"), rules_of(parts)
    page = editor.get(RULES)
    assert "Only a reviewer may change rules" in words_of(page)
    for address in (
        RULES,
        f"{RULES}/still-correct",
        f"{RULES}/restore",
        f"{RULES}/from/{before.rules[0].id}",
    ):
        assert editor.post(address, do="save", version="1").status_code in (403, 404), address
    assert editor.get(f"{RULES}/from/{before.rules[0].id}").status_code == 403
    assert rules_of(parts) == before


def test_a_new_period_that_is_wrong_comes_back_as_it_was_typed(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    rule = rules_of(parts).rules[0].id
    address = f"{RULES}/from/{rule}"
    form = form_on(mere.get(address), address)
    early = mere.post(address, **form | {"facts.from": "1990-01-01", "facts.source.as_of": "typed"})
    assert early.status_code == 422
    assert "must be after" in words_of(early)
    assert "typed" in early.text
    wrong = mere.post(address, **form | {"facts.from": "soon"})
    assert "is not a day like" in words_of(wrong)
    assert mere.get(f"{RULES}/from/no-such-rule").status_code == 404


# --- facts ----------------------------------------------------------------------------------------


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    form = form_on(mere.get(SCHEME), SCHEME)
    page = mere.post(
        SCHEME,
        **form
        | {
            "facts.review_date": "next year",
            "facts.answers.0": "palm.no-such-answer",
            "facts.sources.0.url": "ftp://somewhere",
            "facts.ages.0.least": "ten",
        },
        do="save",
    )
    assert page.status_code == 422
    for name, value, text in (
        ("facts.review_date", "next year", "is not a day like"),
        ("facts.answers.0", "palm.no-such-answer", "there is no answer"),
        ("facts.sources.0.url", "ftp://somewhere", "must begin with https://"),
        ("facts.ages.0.least", "ten", "is not a whole number"),
    ):
        assert f'value="{value}"' in page.text
        said = re.search(rf'id="{re.escape(name)}-wrong">([^<]*)<', page.text)
        assert said, name
        assert text in unescape(said[1])


def test_parts_are_added_moved_and_removed_without_saving(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    form = form_on(mere.get(CHECKLIST), CHECKLIST)
    number = len([name for name in form if re.fullmatch(r"facts\.items\.\d+\.id", name)])
    more = mere.post(CHECKLIST, **form, do="add:items")
    assert f'name="facts.items.{number}.id"' in more.text
    less = mere.post(CHECKLIST, **form, do="remove:items.0")
    assert f'name="facts.items.{number - 1}.id"' not in less.text
    moved = form_on(mere.post(CHECKLIST, **form, do="up:items.1"), CHECKLIST)
    assert moved["facts.items.0.id"] == form["facts.items.1.id"]
    for nonsense in ("add:no.such", "remove:items.99", "up:items.x", "remove:", ""):
        assert mere.post(CHECKLIST, **form, do=nonsense).status_code == 200
    assert form_on(mere.get(CHECKLIST), CHECKLIST) == form


def test_a_new_item_needs_english_words_and_is_told_in_english_until_translated(
    signed_in: SignedIn, parts: Parts
) -> None:
    mere = signed_in("mere", "editor")
    form = form_on(mere.get(CHECKLIST), CHECKLIST)
    number = len([name for name in form if re.fullmatch(r"facts\.items\.\d+\.id", name)])
    form |= {f"facts.items.{number}.id": "say-goodbye", f"facts.items.{number}.days_before": "1"}
    asked = mere.post(CHECKLIST, **form, do="save")
    assert asked.status_code == 422
    assert 'name="words.item.say-goodbye"' in asked.text
    done = mere.post(CHECKLIST, **form | {"words.item.say-goodbye": "Say goodbye."}, do="save")
    assert "Saved." in words_of(done)
    bislama = mere.get(f"{CHECKLIST}/words/bi")
    assert "Told in English until it is translated." in words_of(bislama)


def test_who_saves_second_sees_what_differs_and_loses_nothing(signed_in: SignedIn, parts: Parts) -> None:
    mere, joe = signed_in("mere", "editor"), signed_in("joe", "editor")
    form = form_on(mere.get(SCHEME), SCHEME)
    mere.post(SCHEME, **form | {"facts.status": "closed"}, do="save")
    page = joe.post(SCHEME, **form | {"facts.family": "no"}, do="save")
    assert page.status_code == 409
    assert "mere changed this while you were writing" in words_of(page)
    again = form_on(page, SCHEME)
    assert again["facts.family"] == ["no"]
    joe.post(SCHEME, **again | {"facts.status": "closed"}, do="save")
    told = Repository(parts.content).record(SchemeFacts, "palm", "en")
    assert told is not None
    assert (told.about.status, told.about.family) == ("closed", "no")


def test_still_correct_moves_the_review_date(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    kind = kind_named("schemes")
    assert kind is not None
    page = mere.post(f"{SCHEME}/still-correct")
    assert "checked today" in words_of(page)
    row = Shelves(parts.content, ["en"]).row(kind, "palm")
    assert row is not None
    assert row.due_on is not None
    assert row.due_on > today()


# --- words ----------------------------------------------------------------------------------------


def test_words_are_translated_beside_the_english_ones(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor", languages=["bi"])
    address = f"{SCHEME}/words/bi"
    form = form_on(mere.get(address), address)
    page = mere.post(address, **form | {"words.family": "No gat."})
    assert "Saved." in words_of(page)
    told = Repository(parts.content).record(SchemeFacts, "palm", "bi")
    assert told is not None
    assert (told.words["family"], told.translation) == ("No gat.", "reviewed")
    assert mere.post(f"{SCHEME}/words/en", **form).status_code == 403
    wrong = mere.post(address, **form_on(page, address) | {"words.family": "777 famili."})
    assert wrong.status_code == 422
    assert "777 famili." in wrong.text


def test_a_figure_that_changes_in_english_is_told_in_no_other_language_as_it_was(
    signed_in: SignedIn, parts: Parts
) -> None:
    mere = signed_in("mere", "editor")
    address = f"{SCHEME}/words/en"
    form = form_on(mere.get(address), address)
    mere.post(address, **form | {"words.cost": form["words.cost"][0].replace("A$300", "A$350")})
    told = Repository(parts.content).record(SchemeFacts, "palm", "bi")
    assert told is not None
    assert "A$350" in told.words["cost"]
    assert told.translation == "outdated"


def test_a_reviewer_who_reads_the_language_approves_its_words(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer", languages=["bi"])
    page = mere.post(f"{SCHEME}/words/bi/approve")
    assert "Approved." in words_of(page)
    told = Repository(parts.content).record(SchemeFacts, "palm", "bi")
    assert told is not None
    assert told.translation == "reviewed"


# --- services -------------------------------------------------------------------------------------


def test_a_service_is_added_withdrawn_and_brought_back(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    new = "/staff/library/services/+new"
    form = form_on(mere.get(new), new) | {
        "facts.id": "vu-new-office",
        "facts.country": "VU",
        "facts.kind": "labour",
        "facts.phones.0": "+678 12345",
        "facts.checked_on": today().isoformat(),
        "facts.source.title": "A page",
        "facts.source.publisher": "A ministry",
        "facts.source.as_of": "unknown",
        "words.name": "New office",
        "words.who-for": "Everybody.",
    }
    wrong = mere.post(new, **form | {"facts.phones.0": "call us"}, do="save")
    assert wrong.status_code == 422
    assert "is not a phone number" in words_of(wrong)
    assert "New office" in wrong.text
    assert "Saved." in words_of(mere.post(new, **form, do="save"))
    [told] = Repository(parts.content).services("bi", ids=["vu-new-office"])
    assert (told.name, told.phones) == ("New office", ("+678 12345",))
    twice = mere.post(new, **form, do="save")
    assert twice.status_code == 409
    place = "/staff/library/services/vu-new-office"
    assert mere.post(f"{place}/withdraw", why=" ").status_code == 422
    page = mere.post(f"{place}/withdraw", why="It is closed.")
    assert "It is closed." in words_of(page)
    assert Repository(parts.content).services("en", ids=["vu-new-office"]) == ()
    assert mere.get(place).status_code == 404
    version = re.search(r'name="version" value="(\d+)"', page.text)
    assert version
    mere.post(f"{place}/restore", version=version[1])
    assert len(Repository(parts.content).services("en", ids=["vu-new-office"])) == 1


def test_a_service_keeps_its_other_languages_when_its_phones_change(
    signed_in: SignedIn, parts: Parts
) -> None:
    mere = signed_in("mere", "editor")
    form = form_on(mere.get(SERVICE), SERVICE)
    mere.post(SERVICE, **form | {"facts.phones.0": "162"}, do="save")
    [told] = Repository(parts.content).services("bi", ids=["vu-womens-centre"])
    assert told.phones[0] == "162"
    assert told.hours.endswith("dei mo naet")


# --- lists ----------------------------------------------------------------------------------------


def test_shelves_count_and_find(signed_in: SignedIn) -> None:
    mere = signed_in("mere", "editor")
    assert "Fee rules 31" in words_of(mere.get("/staff/library"))
    found = words_of(mere.get("/staff/library/services", params={"words": "womens centre vanuatu"}))
    assert "Found: 1 " in found
    assert "Found: 0" in words_of(mere.get("/staff/library/services", params={"due": "overdue"}))
    assert mere.get("/staff/library/services", params={"page": "2"}).status_code == 200


def test_what_is_not_there_is_told_so(signed_in: SignedIn) -> None:
    mere = signed_in("mere", "admin")
    for address in (
        "/staff/library/nothing",
        "/staff/library/schemes/nothing",
        "/staff/library/schemes/palm/words/xx",
        "/staff/library/rules/pg/words/en",
        "/staff/library/schemes/nothing/history",
        "/staff/library/schemes/palm/from/rule",
    ):
        assert mere.get(address).status_code == 404, address


# --- in a real browser ----------------------------------------------------------------------------


def test_a_rule_and_a_service_are_edited_in_a_browser(desk: Desk) -> None:
    page = desk("mere", "reviewer")
    page.get_by_role("link", name="Library", exact=True).click()
    page.get_by_role("link", name="Services", exact=True).click()
    page.get_by_label("Words", exact=True).press_sequentially("womens centre vanuatu")
    expect(page.get_by_text("Found: 1")).to_be_visible()
    page.get_by_role("link", name="Vanuatu Women's Centre").click()
    page.get_by_label("Phone 1", exact=True).fill("162")
    assert barriers(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. It is told from now on.")).to_be_visible()
    expect(page.get_by_label("Phone 1", exact=True)).to_have_value("162")


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_no_barrier_is_found_on_any_page_of_the_library(desk: Desk, width: int, scheme: str) -> None:
    page = desk("mere", "admin", viewport={"width": width, "height": 740}, color_scheme=scheme)
    for address in (
        "/staff/library",
        "/staff/library/services",
        "/staff/library/services/+new",
        RULES,
        f"{RULES}/from/pg-placement-palm",
        f"{RULES}/history",
        SCHEME,
        f"{SCHEME}/words/bi",
        f"{SCHEME}/words/en",
        SERVICE,
        "/staff/library/orientation/palm",
    ):
        page.goto(address)
        assert barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
