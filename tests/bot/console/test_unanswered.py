"""Unanswered questions: grouped, taught to the bot, set aside; and answers that did not help."""

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot import searching
from bot.assets import Assets
from bot.console.console import assemble as assemble_console
from bot.console.teaching import Teaching
from bot.console.unanswered import Unanswered, Waiting
from bot.pages import Pages
from bot.settings import Settings
from bot.web import limits_of
from content.clock import as_of, today
from content.editorial import Editorial
from content.people import People
from content.people.questions import Question, Questions
from content.repository import Repository
from content.search.live import LiveSearch
from content.staff import Staff
from content.workflow import Workflow
from tests.bot.console.conftest import SignedIn, member_with_password, words_of
from tests.bot.console.small_stores import settings, small_stores
from tests.bot.web.conftest import Parts, Site
from tests.bot.web.test_accessibility import barriers

__all__ = ["settings", "small_stores"]  # fixtures, instead of those with the whole library

PLACE = "/staff/unanswered"
DOG = "can i bring my dog with me"
DAY = date(2026, 11, 2)

type Desk = Callable[..., Page]


def ask(parts: Parts, *texts: str, language: str = "en", guesses: tuple[str, ...] = ()) -> list[Question]:
    """Questions that nobody could answer."""
    for text in texts:
        People(parts.people).unanswered(text, language, guesses)
    return Questions(parts.people).waiting([language])


def phrases(parts: Parts, answer: str, language: str = "en") -> list[str]:
    """Those that staff added."""
    found = Editorial(parts.content, ["en", "bi"]).phrases(answer, language)
    return [phrase.text for phrase in found if phrase.kind == "staff"]


def unanswered_of(parts: Parts, settings: Settings) -> Unanswered:
    """The pages as the to-do page has them."""
    conversation = parts.conversation
    console = assemble_console(
        settings,
        content=parts.content,
        people=parts.people,
        repository=conversation.repository,
        pages=Pages(conversation.words, conversation.repository, Assets()),
        limits=limits_of(settings, conversation),
        search=conversation.search,
    )
    return Unanswered(console, Teaching(console))


def waiting(parts: Parts) -> list[str]:
    return [question.text for question in Questions(parts.people).waiting()]


# --- the list -------------------------------------------------------------------------------------


def test_questions_that_ask_the_same_stand_together(signed_in: SignedIn, parts: Parts) -> None:
    parts.conversation.search.now()
    with as_of(DAY):
        ask(parts, DOG, DOG)
    with as_of(DAY + timedelta(days=3)):
        ask(parts, "may i bring my dog along", "is it free of charge for me")
    page = words_of(signed_in("mere", "editor").get(PLACE))
    assert "Groups: 2, questions: 3" in page
    assert f"{DOG} English · asked 3× · 2 November 2026 to 5 November 2026" in page
    assert "The same in other words: 1" in page
    assert page.index(DOG) < page.index("is it free of charge")


def test_questions_of_two_languages_are_never_in_one_group(signed_in: SignedIn, parts: Parts) -> None:
    parts.conversation.search.now()
    ask(parts, DOG)
    ask(parts, DOG, language="bi")
    mere = signed_in("mere", "editor")
    assert "Groups: 2, questions: 2" in words_of(mere.get(PLACE))
    assert "Groups: 1, questions: 1" in words_of(mere.get(f"{PLACE}?language=bi"))


@pytest.fixture
def slow_search(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """A search that is made as soon as the event is set, not before."""
    begun = threading.Event()

    def made(*arguments: Any, **named: Any) -> LiveSearch:
        begun.wait()
        return LiveSearch(*arguments, **named)

    monkeypatch.setattr(searching, "LiveSearch", made)
    return begun


def test_until_the_search_is_ready_questions_stand_alone_and_no_page_waits(
    signed_in: SignedIn, parts: Parts, slow_search: threading.Event
) -> None:
    ask(parts, DOG, "may i bring my dog along", guesses=("palm.cost",))
    mere = signed_in("mere", "editor")
    page = mere.get(PLACE)
    assert "Groups: 2, questions: 2" in words_of(page)
    assert "are not grouped yet" in words_of(page)
    assert "What does it cost to join?" in words_of(page)
    slow_search.set()
    parts.conversation.search.now()
    page = mere.get(PLACE, headers={"hx-request": "true"})
    assert "Groups: 1, questions: 2" in words_of(page)
    assert "<html" not in page.text


def test_many_new_questions_are_grouped_beside(signed_in: SignedIn, parts: Parts) -> None:
    parts.conversation.search.now()
    ask(parts, *(f"{DOG} and {number} cats" for number in range(60)))
    mere = signed_in("mere", "editor")
    until = time.monotonic() + 30
    while "are not grouped yet" in (page := words_of(mere.get(PLACE))) and time.monotonic() < until:
        time.sleep(0.1)
    assert "questions: 60" in page
    assert "Groups: 60" not in page


def test_a_member_works_on_questions_of_their_own_languages_only(signed_in: SignedIn, parts: Parts) -> None:
    [english] = ask(parts, DOG)
    ask(parts, "mi save karem dog blong mi", language="bi")
    mere = signed_in("mere", "editor", languages=["bi"])
    assert DOG not in words_of(mere.get(PLACE))
    assert "mi save karem dog" in words_of(mere.get(PLACE))
    assert mere.get(f"{PLACE}/{english.id}").status_code == 403
    assert mere.post(f"{PLACE}/aside", question=english.id).status_code == 403
    assert mere.post(f"{PLACE}/{english.id}/teach", answer="palm.cost").status_code == 403
    assert DOG in waiting(parts)


def test_what_the_bot_answers_by_now_is_told_so(signed_in: SignedIn, parts: Parts) -> None:
    parts.conversation.search.now()
    ask(parts, "is there a fee for palm")
    assert "By now the bot answers this question" in words_of(signed_in("mere", "editor").get(PLACE))


def test_the_list_has_pages(signed_in: SignedIn, parts: Parts) -> None:
    parts.conversation.search.now()
    ask(
        parts,
        *(
            f"{word} {word}{word} {word}o"
            for word in ["abc", "def", "ghi", "jkl", "mno", "pqr", "stu", "vwx", "yza", "bcd", "efg", "hij"]
        ),
    )
    mere = signed_in("mere", "editor")
    assert "Page 1 of 2" in words_of(mere.get(PLACE))
    assert words_of(mere.get(f"{PLACE}?page=2")) == words_of(mere.get(f"{PLACE}?page=99"))
    assert mere.get(f"{PLACE}?page=x²").status_code == 200


# --- teaching -------------------------------------------------------------------------------------


def test_one_click_makes_a_question_a_phrase_that_the_bot_understands_within_five_seconds(
    signed_in: SignedIn, parts: Parts, settings: Settings
) -> None:
    [question] = ask(parts, DOG, guesses=("fees.who-pays",))
    search = LiveSearch(Repository(parts.content), kept_in=settings.index_file)
    assert search.find(DOG, "en").verdict == "not"
    search.watch()
    mere = signed_in("mere", "editor")
    clicked = time.monotonic()
    page = mere.post(f"{PLACE}/{question.id}/teach", answer="fees.who-pays")
    while (found := search.find(DOG, "en")).verdict != "sure" and time.monotonic() < clicked + 30:
        time.sleep(0.05)
    seconds = time.monotonic() - clicked
    search.close()
    assert "Added. The bot understands it in a few seconds" in words_of(page)
    assert [candidate.answer for candidate in found.candidates] == ["fees.who-pays"]
    assert seconds < 5
    assert waiting(parts) == []


def test_other_wordings_are_added_with_it(signed_in: SignedIn, parts: Parts) -> None:
    parts.conversation.search.now()
    first, second, third = ask(parts, DOG, "may i bring my dog along", "who knows what this may be")
    mere = signed_in("mere", "editor")
    mere.post(f"{PLACE}/{first.id}/teach", answer="palm.cost", also=[str(second.id), str(third.id), "x"])
    assert phrases(parts, "palm.cost") == [DOG, "may i bring my dog along"]
    assert waiting(parts) == ["who knows what this may be"]


def test_a_phrase_may_be_changed_before_it_is_added_and_told_in_another_language(
    signed_in: SignedIn, parts: Parts
) -> None:
    [question] = ask(parts, "hamas mane nao")
    mere = signed_in("mere", "editor")
    mere.post(f"{PLACE}/{question.id}/teach", answer="palm.cost", phrase=" hamas  mane? ", language="bi")
    assert phrases(parts, "palm.cost", "bi") == ["hamas mane?"]
    assert waiting(parts) == []


def test_a_phrase_too_like_one_of_another_answer_is_added_only_when_it_is_meant(
    signed_in: SignedIn, parts: Parts
) -> None:
    [question] = ask(parts, "who pays the recruiters")
    mere = signed_in("mere", "editor")
    asked = mere.post(f"{PLACE}/{question.id}/teach", answer="palm.cost")
    assert asked.status_code == 422
    assert "say nearly the same" in words_of(asked)
    assert "fees.who-pays" in words_of(asked)
    assert phrases(parts, "palm.cost") == []
    mere.post(f"{PLACE}/{question.id}/teach", answer="palm.cost", anyway="yes")
    assert phrases(parts, "palm.cost") == ["who pays the recruiters"]


def test_an_answer_that_is_not_told_in_the_language_is_warned_of(signed_in: SignedIn, parts: Parts) -> None:
    [question] = ask(parts, "hu i pem agen", language="bi")
    page = signed_in("mere", "editor").post(f"{PLACE}/{question.id}/teach", answer="fees.who-pays")
    assert page.status_code == 422
    assert "not published in Bislama" in words_of(page)


def test_a_question_with_a_gap_becomes_a_phrase_only_without_it(signed_in: SignedIn, parts: Parts) -> None:
    [question] = ask(parts, "my name is Ana Kalo, may i bring my dog")
    mere = signed_in("mere", "editor")
    for anyway in ("", "yes"):
        page = mere.post(f"{PLACE}/{question.id}/teach", answer="palm.cost", anyway=anyway)
        assert page.status_code == 422
        assert "has left a gap" in words_of(page)
    mere.post(f"{PLACE}/{question.id}/teach", answer="palm.cost", phrase="may i bring my dog")
    assert phrases(parts, "palm.cost") == ["may i bring my dog"]
    assert waiting(parts) == []


def test_a_question_that_is_a_phrase_of_the_answer_already_only_leaves_the_list(
    signed_in: SignedIn, parts: Parts
) -> None:
    [question] = ask(parts, DOG)
    Workflow(parts.content).add_phrase("palm.cost", "en", "Can I bring my dog with me", by="joe")
    signed_in("mere", "editor").post(f"{PLACE}/{question.id}/teach", answer="palm.cost")
    assert waiting(parts) == []
    assert phrases(parts, "palm.cost") == ["Can I bring my dog with me"]


def test_a_phrase_of_another_answer_is_refused_and_the_question_stays(
    signed_in: SignedIn, parts: Parts
) -> None:
    [question] = ask(parts, DOG)
    Workflow(parts.content).add_phrase("palm.cost", "en", DOG, by="joe")
    page = signed_in("mere", "editor").post(
        f"{PLACE}/{question.id}/teach", answer="fees.who-pays", anyway="yes"
    )
    assert page.status_code == 422
    assert "leads to palm.cost already" in words_of(page)
    assert waiting(parts) == [DOG]


def test_what_is_not_there_is_told_so(signed_in: SignedIn, parts: Parts) -> None:
    [question] = ask(parts, DOG)
    mere = signed_in("mere", "editor")
    for address in (f"{PLACE}/999", f"{PLACE}/x", f"{PLACE}/{2**40}", "/staff/phrases/effect"):
        assert mere.get(address).status_code == 404, address
    assert mere.post(f"{PLACE}/{question.id}/teach", answer="no.such").status_code == 404
    assert mere.post(f"{PLACE}/999/teach", answer="palm.cost").status_code == 404


def test_an_answer_is_found_by_words_of_its_title(signed_in: SignedIn, parts: Parts) -> None:
    [question] = ask(parts, DOG)
    mere = signed_in("mere", "editor")
    piece = mere.get(f"{PLACE}/{question.id}?words=recruitment", headers={"hx-request": "true"})
    assert "Who pays the recruitment fee?" in words_of(piece)
    assert "What does it cost to join?" not in words_of(piece)
    assert "<html" not in piece.text
    assert "Who pays the recruitment fee?" in words_of(mere.get(f"{PLACE}/{question.id}?words=recruitment"))
    assert "Answers found: 0" in words_of(mere.get(f"{PLACE}/{question.id}?words=xyz"))


def test_a_new_answer_is_begun_from_a_question(signed_in: SignedIn, parts: Parts) -> None:
    ask(parts, DOG)
    page = signed_in("mere", "editor").get(PLACE)
    assert "/staff/answers/new?title=can+i+bring+my+dog+with+me&amp;language=en" in page.text


# --- what it would change -------------------------------------------------------------------------


def effect_of(signed_in: SignedIn, parts: Parts, **query: str) -> str:
    parts.conversation.search.now()
    console = signed_in("mere", "editor")
    piece = console.get("/staff/phrases/effect", params=query, headers={"hx-request": "true"})
    assert "<html" not in piece.text
    return words_of(piece)


def test_what_a_phrase_would_change_is_shown_before_it_is_added(signed_in: SignedIn, parts: Parts) -> None:
    ask(parts, DOG, "who knows what this may be")
    said = effect_of(
        signed_in, parts, answer="palm.cost", language="en", phrase="who gives the agent his money"
    )
    assert "Test questions that it would break: 1 of 5" in said
    assert "It would steal 1 of: Who pays the recruitment fee?" in said
    assert "who gives the agent his money" in said
    assert phrases(parts, "palm.cost") == []


def test_waiting_questions_that_it_would_answer_are_counted(signed_in: SignedIn, parts: Parts) -> None:
    ask(parts, "how much for the boss", "may i sing")
    said = effect_of(signed_in, parts, answer="palm.cost", language="en", phrase="how much for the boss")
    assert "Waiting questions that it would answer: 1" in said
    assert "Show them how much for the boss" in said
    assert "would break: 0 of 5" in said


def test_a_phrase_of_which_the_bot_would_not_be_sure_even_then_is_told_so(
    signed_in: SignedIn, parts: Parts
) -> None:
    said = effect_of(signed_in, parts, answer="palm.cost", language="en", phrase=DOG)
    assert f"Even then the bot would not be sure of {DOG}" in said


def test_without_evaluation_questions_they_are_not_checked(
    signed_in: SignedIn, parts: Parts, settings: Settings
) -> None:
    assert "not checked" in effect_of(
        signed_in, parts, answer="palm.cost", language="bi", phrase="hamas mane"
    )
    (settings.evaluation_dir / "bi.yml").write_text("questions: [", encoding="utf-8")
    console = signed_in("joe", "editor")
    again = console.get("/staff/phrases/effect?answer=palm.cost&language=bi&phrase=hamas+pei")
    assert "not checked" in words_of(again)


def test_the_same_is_tried_once(signed_in: SignedIn, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"answer": "palm.cost", "language": "en", "phrase": "flooble gribble"}
    said = effect_of(signed_in, parts, **query)
    monkeypatch.setattr("bot.console.phrase_effects.trial", None)
    again = signed_in("joe", "editor").get("/staff/phrases/effect", params=query)
    assert said.removeprefix("What would change ") in words_of(again)


def test_until_the_search_is_ready_what_changes_is_asked_for_again(signed_in: SignedIn, parts: Parts) -> None:
    page = signed_in("mere", "editor").get("/staff/phrases/effect?answer=palm.cost&language=en&phrase=x")
    assert "The search is being made ready" in words_of(page)
    assert 'hx-trigger="load delay:3s"' in page.text


# --- setting aside --------------------------------------------------------------------------------


def test_a_group_is_set_aside_and_put_back(signed_in: SignedIn, parts: Parts) -> None:
    first, second = ask(parts, DOG, "may i bring my dog along")
    mere = signed_in("mere", "editor")
    page = mere.post(f"{PLACE}/aside", question=[str(first.id), str(second.id)])
    assert "Groups: 0, questions: 0" in words_of(page)
    assert DOG in words_of(mere.get(f"{PLACE}/aside"))
    mere.post(f"{PLACE}/back", question=str(first.id))
    assert waiting(parts) == [DOG]
    log = words_of(signed_in("joe", "reviewer").get("/staff/log"))
    assert "Set 2 unanswered questions aside" in log
    assert DOG not in log


def test_a_question_set_aside_comes_back_when_somebody_asks_it_again(parts: Parts) -> None:
    [question] = ask(parts, DOG)
    Questions(parts.people).set_aside([question.id])
    assert waiting(parts) == []
    ask(parts, "Can I bring my DOG with me?")
    assert waiting(parts) == [DOG]


# --- what did not help ----------------------------------------------------------------------------


def test_answers_that_did_not_help_stand_in_a_list(signed_in: SignedIn, parts: Parts) -> None:
    people = People(parts.people)
    with as_of(today() - timedelta(days=31)):
        people.feedback("palm.cost", "bi", "unhelpful")
    for verdict in ("unhelpful", "unhelpful", "unhelpful", "helpful"):
        people.feedback("palm.cost", "en", verdict)
    people.feedback("fees.who-pays", "en", "helpful")
    people.feedback("gone.answer", "en", "unhelpful")
    page = signed_in("mere", "editor").get(f"{PLACE}/feedback")
    said = words_of(page)
    assert "palm.cost English 3 look at this 1 75 %" in said
    assert "gone.answer English 1 0 100 %" in said
    assert "fees.who-pays" not in said
    assert "Bislama" not in said
    assert "/staff/answers/palm.cost/default/en" in page.text


def test_the_to_do_page_can_tell_how_much_waits(parts: Parts, settings: Settings, staff: Staff) -> None:
    member_with_password(staff, "mere", ["editor"], ["en"])
    [mere] = staff.members()
    unanswered = unanswered_of(parts, settings)
    ask(parts, DOG, "may i bring my dog along", "is it free of charge for me")
    ask(parts, "hamas mane", language="bi")
    assert unanswered.waiting(mere) == Waiting(questions=3, groups=None, unhelpful=0)
    parts.conversation.search.now()
    for _ in range(3):
        People(parts.people).feedback("palm.cost", "en", "unhelpful")
    assert unanswered.waiting(mere) == Waiting(questions=3, groups=2, unhelpful=1)


# --- in a real browser ----------------------------------------------------------------------------


def test_from_an_unanswered_question_to_a_phrase(desk: Desk, site: Site) -> None:
    site.parts.conversation.search.now()
    ask(site.parts, DOG, "may i bring my dog along")
    page = desk("mere", "editor")
    page.get_by_role("link", name="Unanswered").click()
    expect(page.get_by_role("heading", name=DOG)).to_be_visible()
    page.get_by_role("link", name="What would change? Who pays the recruitment fee?").click()
    expect(page.get_by_text("Waiting questions that it would answer")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("may i bring my dog along").check()
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_text("Waiting questions that it would answer: 2")).to_be_visible()
    page.get_by_role("button", name="Add as a phrase").click()
    expect(page.get_by_text("Added. The bot understands it")).to_be_visible()
    expect(page.get_by_text("No question waits.")).to_be_visible()
    assert phrases(site.parts, "fees.who-pays") == [DOG, "may i bring my dog along"]


def test_another_answer_is_found_while_one_types(desk: Desk, site: Site) -> None:
    [question] = ask(site.parts, DOG)
    page = desk("mere", "editor")
    page.goto(f"{PLACE}/{question.id}")
    page.get_by_label("Words of the answer").press_sequentially("recruit")
    page.locator("#answers-found").get_by_role("link", name="Choose Who pays the recruitment fee?").click()
    page.get_by_role("button", name="Add as a phrase").click()
    expect(page.get_by_text("Added. The bot understands it")).to_be_visible()


def test_all_of_it_goes_without_scripts(desk: Desk, site: Site) -> None:
    site.parts.conversation.search.now()
    ask(site.parts, DOG, "is it free of charge for me")
    page = desk("mere", "editor", java_script_enabled=False)
    page.goto(PLACE)
    page.get_by_role("link", name=DOG).click()
    page.get_by_label("Words of the answer").fill("recruitment")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Choose Who pays the recruitment fee?").last.click()
    page.get_by_role("link", name="See what would change").click()
    expect(page.get_by_text("Test questions that it would break")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Add as a phrase").click()
    expect(page.get_by_text("Added. The bot understands it")).to_be_visible()
    page.get_by_role("button", name="Set aside").click()
    expect(page.get_by_text("No question waits.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_barrier_is_found_on_any_page(desk: Desk, site: Site, width: int, scheme: str) -> None:
    site.parts.conversation.search.now()
    first, *_ = ask(site.parts, DOG, "may i bring my dog along", "who pays the recruiters")
    aside, *_ = ask(site.parts, "mi save karem dog", language="bi")
    Questions(site.parts.people).set_aside([aside.id])
    People(site.parts.people).feedback("palm.cost", "en", "unhelpful")
    page = desk("mere", "admin", viewport={"width": width, "height": 740}, color_scheme=scheme)
    addresses = [
        PLACE,
        f"{PLACE}/aside",
        f"{PLACE}/feedback",
        f"{PLACE}/{first.id}?words=fee",
        f"{PLACE}/{first.id + 2}?answer=palm.cost",
        "/staff/phrases/effect?answer=palm.cost&language=en&phrase=who+gives+the+agent+his+money",
        "/staff/answers/palm.cost/phrases/en",
    ]
    for address in addresses:
        page.goto(address)
        expect(page.locator(".effect", has_text="a few seconds")).to_have_count(0)
        assert barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
