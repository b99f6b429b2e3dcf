"""The phrases of an answer: adding, removing, and what is warned of."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from content.editorial import Editorial
from content.workflow import Workflow
from tests.bot.console.conftest import SignedIn, words_of
from tests.bot.console.small_stores import settings, small_stores
from tests.bot.web.conftest import Parts, Site

__all__ = ["settings", "small_stores"]  # fixtures, instead of those with the whole library

PLACE = "/staff/answers/palm.cost/phrases/en"
PHRASE = "what do they want from me for a place"

type Desk = Callable[..., Page]


def phrases(parts: Parts, kind: str, language: str = "en") -> list[str]:
    found = Editorial(parts.content, ["en", "bi"]).phrases("palm.cost", language)
    return [phrase.text for phrase in found if phrase.kind == kind]


def test_phrases_stand_by_kind_those_of_staff_first(signed_in: SignedIn, parts: Parts) -> None:
    Workflow(parts.content).add_phrase("palm.cost", "en", PHRASE, by="joe")
    page = words_of(signed_in("mere", "editor").get(PLACE))
    assert f"Added by staff 1 {PHRASE} joe" in page
    places = [page.index(words) for words in ("Added by staff", "Plain questions", "Short questions")]
    assert places == sorted(places)


def test_a_phrase_is_added_and_taken_away_and_put_back(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    mere.post(PLACE, phrase=f"  {PHRASE} ")
    assert phrases(parts, "staff") == [PHRASE]
    page = mere.post(f"{PLACE}/remove", phrase=PHRASE)
    assert phrases(parts, "staff") == []
    assert f">{PHRASE}</textarea>" in page.text
    log = words_of(signed_in("joe", "reviewer").get("/staff/log"))
    assert f"Removed the phrase “{PHRASE}” from palm.cost" in log


def test_too_few_phrases_are_never_left(signed_in: SignedIn, parts: Parts) -> None:
    page = signed_in("mere", "editor").post(f"{PLACE}/remove", phrase="palm fee")
    assert page.status_code == 422
    assert "needs 3 phrases of the kind “short”; there are 2" in words_of(page)
    assert "palm fee" in phrases(parts, "short")


@pytest.mark.parametrize("phrase", ["", "   ", "x" * 501])
def test_what_is_no_phrase_is_refused(signed_in: SignedIn, parts: Parts, phrase: str) -> None:
    page = signed_in("mere", "editor").post(PLACE, phrase=phrase)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert phrases(parts, "staff") == []


def test_a_phrase_too_like_one_of_another_answer_is_added_only_when_it_is_meant(
    signed_in: SignedIn, parts: Parts
) -> None:
    mere = signed_in("mere", "editor")
    asked = mere.post(PLACE, phrase="who pays the recruiters")
    assert asked.status_code == 422
    assert "say nearly the same" in words_of(asked)
    assert phrases(parts, "staff") == []
    mere.post(PLACE, phrase="who pays the recruiters", anyway="yes")
    assert phrases(parts, "staff") == ["who pays the recruiters"]


def test_the_phrase_of_another_answer_is_refused(signed_in: SignedIn, parts: Parts) -> None:
    page = signed_in("mere", "editor").post(PLACE, phrase="Who pays the recruiter", anyway="yes")
    assert page.status_code == 422
    assert "leads to fees.who-pays already" in words_of(page)


def test_phrases_in_a_language_of_others_are_read_only(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor", languages=["bi"])
    page = mere.get(PLACE)
    assert "palm fee" in words_of(page)
    assert "You may read this text" in words_of(page)
    assert mere.post(PLACE, phrase=PHRASE).status_code == 403
    assert mere.post(f"{PLACE}/remove", phrase="palm fee").status_code == 403


def test_phrases_of_an_answer_that_is_not_told_in_the_language_are_warned_of(signed_in: SignedIn) -> None:
    mere = signed_in("mere", "editor")
    page = words_of(mere.get("/staff/answers/fees.who-pays/phrases/bi"))
    assert "not published in Bislama. People are told it in English" in page
    assert "There are no phrases yet." in page


@pytest.mark.parametrize("address", ["no.such/phrases/en", "palm.cost/phrases/xx"])
def test_what_is_not_there_is_told_so(signed_in: SignedIn, address: str) -> None:
    assert signed_in("mere", "editor").get(f"/staff/answers/{address}").status_code == 404


def test_what_a_phrase_changes_is_seen_before_it_is_added(desk: Desk, site: Site) -> None:
    site.parts.conversation.search.now()
    page = desk("mere", "editor")
    page.goto(PLACE)
    page.get_by_label("A question as people ask it").fill("who gives the agent his money")
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_text("It would steal 1 of: Who pays the recruitment fee?")).to_be_visible()
    assert phrases(site.parts, "staff") == []
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Added. The bot understands it")).to_be_visible()
    assert phrases(site.parts, "staff") == ["who gives the agent his money"]
