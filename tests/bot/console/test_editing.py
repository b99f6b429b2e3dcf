"""Editing answers: from the to-do page to what people are told."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from content.editorial import Editorial
from content.repository import Repository
from content.workflow import Workflow
from tests.bot.console.conftest import SignedIn, words_of
from tests.bot.web.conftest import Parts
from tests.bot.web.test_accessibility import barriers

PLACE = "/staff/answers/palm.cost/default/en"
BISLAMA = "/staff/answers/palm.cost/default/bi"

type Desk = Callable[..., Page]


def told(parts: Parts, language: str = "en") -> str:
    """What people read now, through the reader that the bot uses."""
    found = Repository(parts.content).answer("palm.cost", language)
    assert found is not None
    return found.body


def written(parts: Parts, place: str = PLACE) -> dict[str, Any]:
    """What the form of a text holds when it is opened."""
    *_, key, variant, language = place.split("/")
    newest = Editorial(parts.content, ["en", "bi"]).newest(key, variant, language)
    assert newest is not None
    return {"title": newest.title, "body": newest.body, "based_on": str(newest.head.id)}


# --- publishing -----------------------------------------------------------------------------------


def test_a_reviewer_alone_in_a_centre_corrects_and_publishes_at_once(
    signed_in: SignedIn, parts: Parts
) -> None:
    mere = signed_in("mere", "reviewer")
    form = written(parts)
    page = mere.post(PLACE, **form | {"body": form["body"] + "\n\nAsk us.", "do": "publish"})
    assert "Published." in words_of(page)
    assert told(parts).endswith("Ask us.")


def test_an_editors_text_waits_for_a_reviewer(signed_in: SignedIn, parts: Parts) -> None:
    editor, reviewer = signed_in("mere", "editor"), signed_in("joe", "reviewer")
    before, form = told(parts), written(parts)
    page = editor.post(PLACE, **form | {"body": form["body"] + "\n\nAsk us.", "do": "review"})
    assert "sent to review" in words_of(page)
    assert told(parts) == before
    revision = written(parts)["based_on"]
    assert editor.post(f"{PLACE}/decide", revision=revision, do="publish").status_code == 403
    assert "Waiting for review 1" in words_of(reviewer.get("/staff"))
    reviewer.post(f"{PLACE}/decide", revision=revision, do="publish")
    assert told(parts).endswith("Ask us.")


def test_nobody_publishes_their_own_text_where_somebody_else_can(signed_in: SignedIn, parts: Parts) -> None:
    mere, _ = signed_in("mere", "reviewer"), signed_in("joe", "reviewer")
    page = mere.post(PLACE, **written(parts) | {"title": "Another title", "do": "publish"})
    assert page.status_code == 403
    assert "Somebody else must review this" in words_of(page)
    mere.post(PLACE, **written(parts) | {"title": "Another title", "do": "review"})
    refused = mere.post(f"{PLACE}/decide", revision=written(parts)["based_on"], do="publish")
    assert refused.status_code == 403


def test_a_text_is_sent_back_with_a_reason_that_its_author_reads(signed_in: SignedIn, parts: Parts) -> None:
    editor, reviewer = signed_in("mere", "editor"), signed_in("joe", "reviewer")
    editor.post(PLACE, **written(parts) | {"title": "What PALM costs", "do": "review"})
    revision = written(parts)["based_on"]
    without = reviewer.post(f"{PLACE}/decide", revision=revision, do="reject", why=" ")
    assert without.status_code == 422
    assert "with a reason" in words_of(without)
    reviewer.post(f"{PLACE}/decide", revision=revision, do="reject", why="Please keep it a question.")
    page = words_of(editor.get(PLACE))
    assert "joe sent this text back: Please keep it a question." in page
    assert "What PALM costs" in page


def test_what_may_not_be_published_comes_back_with_the_reason_and_the_text(
    signed_in: SignedIn, parts: Parts
) -> None:
    mere = signed_in("mere", "reviewer")
    page = mere.post(PLACE, **written(parts) | {"body": "See <b>this</b> page", "do": "draft"})
    assert page.status_code == 422
    assert "See &lt;b&gt;this&lt;/b&gt; page" in page.text
    assert 'role="alert"' in page.text


def test_a_translation_with_another_figure_is_refused(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    form = written(parts, BISLAMA)
    page = mere.post(BISLAMA, **form | {"body": form["body"] + "\n\nI sas 777 vatu.", "do": "publish"})
    assert page.status_code == 422
    assert "777" in words_of(page)
    assert "777" not in told(parts, "bi")


def test_a_member_changes_texts_of_their_own_languages_only(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor", languages=["bi"])
    refused = mere.post(PLACE, **written(parts) | {"title": "Another title", "do": "draft"})
    assert refused.status_code == 403
    assert "You may read this text" in words_of(mere.get(PLACE))
    assert "Saved as a draft" in words_of(mere.post(BISLAMA, **written(parts, BISLAMA) | {"do": "draft"}))


def test_a_machine_drafted_translation_is_approved_by_a_reader_of_the_language(
    signed_in: SignedIn, parts: Parts
) -> None:
    mere = signed_in("mere", "reviewer", languages=["bi"])
    assert "machine-drafted" in words_of(mere.get(BISLAMA))
    mere.post(f"{BISLAMA}/decide", revision=written(parts, BISLAMA)["based_on"], do="approve")
    found = Repository(parts.content).answer("palm.cost", "bi")
    assert found is not None
    assert found.translation == "reviewed"


def test_what_changed_in_the_source_stands_beside_its_translation(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    form = written(parts)
    mere.post(PLACE, **form | {"body": form["body"] + "\n\nCall your labour office.", "do": "publish"})
    page = mere.get(BISLAMA)
    assert "outdated" in words_of(page)
    assert "<ins>" in page.text
    assert "labour" in page.text.split("<ins>", 1)[1].split("</ins>")[0]


def test_a_minor_edit_leaves_translations_up_to_date(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    form = written(parts)
    changed = form | {"title": form["title"].replace("?", " ?"), "minor": "yes", "do": "publish"}
    mere.post(PLACE, **changed)
    assert "outdated" not in words_of(mere.get(BISLAMA))


def test_an_old_text_is_published_again(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    before, form = told(parts), written(parts)
    mere.post(PLACE, **form | {"body": "Something else.", "do": "publish"})
    assert told(parts) == "Something else."
    history = mere.get(f"{PLACE}/history")
    assert f"Revision {form['based_on']}" in words_of(history)
    mere.post(f"{PLACE}/restore", revision=form["based_on"])
    assert told(parts) == before


def test_a_withdrawn_text_is_told_no_more(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    mere.post(f"{BISLAMA}/withdraw")
    found = Repository(parts.content).answer("palm.cost", "bi")
    assert found is not None
    assert found.language == "en"


# --- nothing is lost ------------------------------------------------------------------------------


def test_who_saves_second_sees_both_texts_and_loses_nothing(signed_in: SignedIn, parts: Parts) -> None:
    mere, joe = signed_in("mere", "editor"), signed_in("joe", "editor")
    form = written(parts)
    mere.post(PLACE, **form | {"body": "Meres text.", "do": "draft"})
    page = joe.post(PLACE, **form | {"body": "Joes text.", "do": "draft"})
    assert page.status_code == 409
    assert "mere changed this text while you were writing" in words_of(page)
    assert "Meres text." in page.text
    assert "Joes text." in page.text
    assert "Joes text." in joe.get(PLACE).text
    again = written(parts) | {"body": "Meres and Joes text.", "do": "draft"}
    assert "Saved as a draft" in words_of(joe.post(PLACE, **again))
    assert [text.body for text in Editorial(parts.content, ["en"]).history("palm.cost", "default", "en")][
        :2
    ] == [
        "Meres and Joes text.",
        "Meres text.",
    ]


def test_what_was_begun_is_there_after_the_browser_was_closed(signed_in: SignedIn, parts: Parts) -> None:
    mere, joe = signed_in("mere", "editor"), signed_in("joe", "editor")
    mere.post(f"{PLACE}/keep", **written(parts) | {"body": "Half a sentence"})
    assert "Half a sentence" in mere.get(PLACE).text
    assert "palm.cost" in words_of(mere.get("/staff"))
    others = joe.get(PLACE)
    assert "mere is writing this text too" in words_of(others)
    assert "Half a sentence" not in others.text
    mere.post(f"{PLACE}/forget")
    assert "Half a sentence" not in mere.get(PLACE).text


@pytest.mark.parametrize(
    "address",
    [
        "/staff/answers/no.such",
        "/staff/answers/palm.cost/default/xx",
        "/staff/answers/palm.cost/nobody/en",
        "/staff/answers/palm.cost/default/en?revision=999999",
    ],
)
def test_what_is_not_there_is_told_so(signed_in: SignedIn, address: str) -> None:
    assert signed_in("mere", "editor").get(address).status_code == 404


def test_a_revision_of_another_text_is_not_decided_on_here(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    other = written(parts, BISLAMA)["based_on"]
    assert mere.post(f"{PLACE}/decide", revision=other, do="approve").status_code == 404
    assert mere.post(f"{PLACE}/decide", revision="x", do="approve").status_code == 400


def test_a_revision_of_another_text_is_not_brought_back_here(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer", languages=["bi"])
    joe = signed_in("joe", "reviewer")
    english = written(parts)["based_on"]
    joe.post(PLACE, **written(parts) | {"title": "Another title", "do": "publish"})
    assert mere.post(f"{BISLAMA}/restore", revision=english).status_code == 404


# --- finding --------------------------------------------------------------------------------------


def test_answers_are_found_by_words_topic_state_and_date(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    found = words_of(mere.get("/staff/answers", params={"words": "cost palm"}))
    assert "palm.cost" in found
    assert "gulf.kafala" not in found
    assert "palm." not in words_of(mere.get("/staff/answers", params={"topic": "gulf"}))
    assert "Answers found: 0" in words_of(mere.get("/staff/answers", params={"state": "in-review"}))
    Workflow(parts.content).submit(_a_draft(parts), "joe")
    assert "Answers found: 1" in words_of(mere.get("/staff/answers", params={"state": "in-review"}))


def _a_draft(parts: Parts) -> int:
    return Workflow(parts.content).draft("palm.cost", "en", title="A draft", body="A text.", by="joe")


def test_still_correct_moves_the_review_date(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    page = mere.post("/staff/answers/palm.cost/still-correct")
    assert "all sources were checked today" in words_of(page)
    row = Editorial(parts.content, ["en"]).answer("palm.cost")
    assert row is not None
    assert not row.is_due


# --- in a real browser ----------------------------------------------------------------------------


def test_a_correction_is_told_by_the_bot_within_five_seconds(desk: Desk) -> None:
    page = desk("mere", "reviewer")
    page.get_by_role("link", name="Answers", exact=True).click()
    page.get_by_label("Words in the title").press_sequentially("cost to join palm")
    expect(page.get_by_role("status").filter(has_text="Answers found")).to_contain_text("Answers found: 1")
    page.get_by_role("link", name="What does it cost to join PALM?").click()
    page.locator("tr", has_text="English").get_by_role("link").first.click()
    body = page.get_by_label("Answer", exact=True)
    body.press("Control+End")
    body.press_sequentially(" Straight from the console.")
    expect(page.locator("#preview .telegram")).to_contain_text("Straight from the console.")
    expect(page.locator("#preview")).to_contain_text("What you write is kept.")
    assert barriers(page) == []
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Published. People are told this text")).to_be_visible()
    page.goto("/guide/en/palm.cost")
    expect(page.get_by_text("Straight from the console.")).to_be_visible(timeout=5_000)


def test_the_console_goes_without_scripts(desk: Desk) -> None:
    page = desk("mere", "reviewer", java_script_enabled=False)
    page.goto(PLACE)
    page.get_by_label("Question (title)").fill("What is the cost of PALM?")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview strong").first).to_have_text("What is the cost of PALM?")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Published. People are told this text")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_barrier_is_found_on_any_page_of_editing(desk: Desk, width: int, scheme: str) -> None:
    page = desk("mere", "admin", viewport={"width": width, "height": 740}, color_scheme=scheme)
    addresses = [
        "/staff",
        "/staff/answers",
        "/staff/answers/palm.cost",
        PLACE,
        BISLAMA,
        f"{BISLAMA}/history",
        "/staff/account",
        "/staff/account/password",
        "/staff/account/totp",
        "/staff/nothing",
    ]
    for address in addresses:
        page.goto(address)
        assert barriers(page) == [], address
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, address
