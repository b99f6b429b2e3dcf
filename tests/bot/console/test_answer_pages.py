"""Sources of an answer, what it is about, its variants; and a new answer, from a question to what is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.console.new_answer import kind_of, name_of
from content.answer_facts import print_of, read_about, read_sources, read_variants
from content.clock import today
from content.editorial import Editorial
from content.repository import AnswerText, Corridor, Repository
from tests.bot.console.conftest import SignedIn, words_of
from tests.bot.web.conftest import Parts
from tests.bot.web.test_accessibility import barriers

ANSWER = "/staff/answers/palm.cost"
SOURCES, ABOUT, NEW = f"{ANSWER}/sources/default", f"{ANSWER}/about", "/staff/answers/new"

type Desk = Callable[..., Page]


def told(parts: Parts, key: str = "palm.cost", corridor: Corridor | None = None) -> AnswerText:
    found = Repository(parts.content).answer(key, "en", corridor or Corridor())
    assert found is not None
    return found


def sources_form(parts: Parts, variant: str = "default") -> dict[str, Any]:
    """What the form of sources holds when it is opened."""
    facts = read_sources(parts.content, "palm.cost", variant)
    assert facts is not None
    form = {"based_on": print_of(facts), "facts.review_date": facts["review_date"]}
    for place, source in enumerate(facts["sources"]):
        form |= {f"facts.sources.{place}.{key}": text for key, text in source.items() if key != "facts"}
        form |= {f"facts.sources.{place}.facts.{n}": fact for n, fact in enumerate(source["facts"])}
    return form


def about_form(parts: Parts) -> dict[str, Any]:
    """What the form of an answer holds when it is opened."""
    facts = read_about(parts.content, "palm.cost")
    assert facts is not None
    form = {"based_on": print_of(facts)}
    form |= {f"facts.{key}": facts[key] for key in ("audience", "owner", "review_every_days", "review_date")}
    for key in ("related", "services"):
        form |= {f"facts.{key}.{place}": name for place, name in enumerate(facts[key])}
    for place, corridor in enumerate(facts["concerns"]):
        form |= {f"facts.concerns.{place}.{key}": code for key, code in corridor.items()}
    return form


# --- sources --------------------------------------------------------------------------------------


def test_a_source_is_corrected_and_seen_at_once(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    form = sources_form(parts) | {"facts.sources.0.title": "How to apply for PALM", "do": "save"}
    page = mere.post(SOURCES, **form)
    assert "The sources are saved" in words_of(page)
    assert told(parts).sources[0].title == "How to apply for PALM"
    assert "Changed the sources of palm.cost (default)" in words_of(mere.get("/staff/log"))


def test_rows_are_added_and_removed_without_scripts(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    number, form = len(told(parts).sources), sources_form(parts)
    page = mere.post(SOURCES, **form | {"facts.sources.0.title": "Half typed", "do": "add:sources"})
    assert f'name="facts.sources.{number}.title"' in page.text
    assert "Half typed" in page.text
    assert today().isoformat() in page.text
    page = mere.post(SOURCES, **form | {"facts.sources.1.title": "Stays", "do": "remove:sources.0"})
    assert f'name="facts.sources.{number - 1}.title"' not in page.text
    assert "Stays" in page.text
    assert len(told(parts).sources) == number


def test_what_is_wrong_with_a_source_stands_beside_its_field(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    wrong = {"facts.sources.0.url": "ftp://old.example", "facts.sources.1.checked_on": "yesterday"}
    page = mere.post(SOURCES, **sources_form(parts) | wrong | {"do": "save"})
    assert page.status_code == 422
    assert 'id="facts.sources.0.url-wrong"' in page.text
    assert 'id="facts.sources.1.checked_on-wrong"' in page.text
    assert "ftp://old.example" in page.text


def test_a_review_before_the_last_check_is_refused(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    day = {"facts.sources.0.checked_on": today().isoformat(), "facts.review_date": today().isoformat()}
    page = mere.post(SOURCES, **sources_form(parts) | day | {"do": "save"})
    assert page.status_code == 422
    assert 'id="facts.review_date-wrong"' in page.text


def test_the_last_source_of_what_is_told_stays(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    form = {key: value for key, value in sources_form(parts).items() if ".sources." not in key}
    page = mere.post(SOURCES, **form, do="save")
    assert page.status_code == 422
    assert "needs at least one source" in words_of(page)


def test_who_saves_sources_second_sees_both_and_loses_nothing(signed_in: SignedIn, parts: Parts) -> None:
    mere, joe = signed_in("mere", "reviewer"), signed_in("joe", "reviewer")
    form = sources_form(parts)
    mere.post(SOURCES, **form | {"facts.sources.0.title": "Meres title", "do": "save"})
    page = joe.post(SOURCES, **form | {"facts.sources.0.title": "Joes title", "do": "save"})
    assert page.status_code == 409
    assert "Meres title" in words_of(page)
    assert 'value="Joes title"' in page.text
    again = form | {"based_on": sources_form(parts)["based_on"], "facts.sources.0.title": "Joes title"}
    joe.post(SOURCES, **again, do="save")
    assert told(parts).sources[0].title == "Joes title"


def test_an_editor_reads_the_sources_of_what_is_told_and_a_reviewer_changes_them(
    signed_in: SignedIn, parts: Parts
) -> None:
    editor = signed_in("mere", "editor")
    assert "Only a reviewer" in words_of(editor.get(SOURCES))
    assert editor.post(SOURCES, **sources_form(parts), do="save").status_code == 403
    speaker = signed_in("joe", "reviewer", languages=["bi"])
    assert speaker.post(SOURCES, **sources_form(parts), do="save").status_code == 403
    assert editor.get(f"{ANSWER}/sources/nobody").status_code == 404


# --- about ----------------------------------------------------------------------------------------


def test_related_answers_and_corridors_are_changed(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    changed = {"facts.owner": "Mere", "facts.related.0": "fees.report-scam", "facts.concerns.1.origin": "VU"}
    page = mere.post(ABOUT, **about_form(parts) | changed | {"do": "save"})
    assert "Saved." in words_of(page)
    assert told(parts).concerns == (Corridor(scheme="PALM"), Corridor(origin="VU"))
    assert told(parts).related[0] == "fees.report-scam"
    row = Editorial(parts.content, ["en"]).answer("palm.cost")
    assert row is not None
    assert row.owner == "Mere"


def test_a_related_answer_that_is_not_there_is_named_by_field(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    wrong = {"facts.related.0": "no.such", "facts.owner": "Kept in the form"}
    page = mere.post(ABOUT, **about_form(parts) | wrong | {"do": "save"})
    assert page.status_code == 422
    assert 'id="facts.related.0-wrong"' in page.text
    assert "Kept in the form" in page.text


def test_who_saves_about_second_is_told_so(signed_in: SignedIn, parts: Parts) -> None:
    mere, joe = signed_in("mere", "reviewer"), signed_in("joe", "reviewer")
    form = about_form(parts)
    mere.post(ABOUT, **form | {"facts.owner": "Mere", "do": "save"})
    page = joe.post(ABOUT, **form | {"facts.owner": "Joe", "do": "save"})
    assert page.status_code == 409
    assert "Mere" in words_of(page)
    assert 'value="Joe"' in page.text


def test_a_variant_is_added_with_its_sources_and_retired(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    page = mere.post(f"{ABOUT}/variants", scheme="PALM", origin="VU", destination="", name="")
    assert str(page.url).split("?")[0].endswith("/palm.cost/sources/palm-vu")
    assert mere.get(f"{ANSWER}/palm-vu/en").status_code == 200
    again = mere.post(f"{ABOUT}/variants", scheme="PALM", origin="VU", name="other")
    assert again.status_code == 422
    assert "is for the same people" in words_of(again)
    assert 'value="other"' in again.text
    page = mere.post(f"{ABOUT}/palm-vu/retire")
    assert "The variant is retired" in words_of(page)
    assert [row.name for row in read_variants(parts.content, "palm.cost")] == ["default"]
    assert mere.post(f"{ABOUT}/default/retire").status_code == 422


# --- a new answer ---------------------------------------------------------------------------------

PHRASES = {
    "phrases.plain": "can i bring my dog\nmay my dog come along\nis my dog allowed there\nwhat about my dog",
    "phrases.short": "my dog\r\ndog allowed\r\n\r\ndogs",
    "phrases.story": "\n".join(f"i have a dog called {name} and want to take it along" for name in "ABC"),
}


def new_form(**changed: str) -> dict[str, str]:
    return {
        "title": "Can I bring my dog?",
        "body": "No. Dogs stay at home.",
        "topic": "palm",
        "name": "",
        "audience": "everyone",
        "owner": "Mere",
        "review_every_days": "90",
        "facts.sources.0.title": "Pets",
        "facts.sources.0.publisher": "A ministry",
        "facts.sources.0.url": "https://example.org/pets",
        "facts.sources.0.as_of": "unknown",
        "facts.sources.0.checked_on": today().isoformat(),
        **PHRASES,
        **changed,
    }


def test_a_new_answer_goes_to_review_and_is_told(signed_in: SignedIn, parts: Parts) -> None:
    editor, reviewer = signed_in("mere", "editor"), signed_in("joe", "reviewer")
    page = editor.post(NEW, **new_form(), do="review")
    assert str(page.url).split("?")[0].endswith("/staff/answers/palm.bring-dog")
    assert "The new answer is saved" in words_of(page)
    newest = Editorial(parts.content, ["en"]).newest("palm.bring-dog", "default", "en")
    assert newest is not None
    assert newest.head.state == "in-review"
    address = "/staff/answers/palm.bring-dog/default/en/decide"
    reviewer.post(address, revision=str(newest.head.id), do="publish")
    assert told(parts, "palm.bring-dog").body == "No. Dogs stay at home."
    assert told(parts, "palm.bring-dog").review_date == today() + timedelta(days=90)


def test_a_draft_without_phrases_is_kept_and_says_what_it_needs(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    page = mere.post(NEW, **new_form() | dict.fromkeys(PHRASES, ""), do="draft")
    assert "it needs more phrases" in words_of(page)
    assert Editorial(parts.content, ["en"]).phrases("palm.bring-dog", "en") == []


def test_the_question_it_came_from_becomes_a_phrase(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    page = mere.get(NEW, params={"title": "can i bring my dog", "language": "en"})
    assert 'value="Can i bring my dog?"' in page.text
    assert page.text.split('id="phrases.plain"')[1].split("</textarea>")[0].endswith("can i bring my dog")
    page = mere.get(NEW, params={"title": "mi save tekem dog blong mi", "language": "bi"})
    assert 'value="mi save tekem dog' not in page.text.split('id="title"')[1][:200]
    question = {"question": "mi save tekem dog blong mi", "language": "bi"}
    mere.post(NEW, **new_form() | question, do="draft")
    [phrase] = Editorial(parts.content, ["en", "bi"]).phrases("palm.bring-dog", "bi")
    assert (phrase.text, phrase.kind) == ("mi save tekem dog blong mi", "staff")


def test_nothing_typed_in_a_new_answer_is_lost(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    page = mere.post(NEW, **new_form() | {"title": ""}, do="review")
    assert page.status_code == 422
    for text in ("Dogs stay at home.", "https://example.org/pets", "may my dog come along"):
        assert text in page.text
    assert 'id="title-wrong"' in page.text
    page = mere.post(NEW, **new_form() | {"facts.sources.0.title": ""}, do="add:sources")
    assert 'name="facts.sources.1.title"' in page.text
    assert "Dogs stay at home." in page.text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "cost"}, "name"),
        ({"topic": ""}, "topic"),
        ({"topic": "nothing"}, "topic"),
        ({"body": "<b>"}, "body"),
        ({"owner": ""}, "owner"),
        ({"review_every_days": "soon"}, "review_every_days"),
        ({"review_every_days": "99999999999"}, "review_every_days"),
        ({"phrases.short": "dogs\nDogs"}, "phrases.short"),
        ({"facts.sources.0.publisher": ""}, "facts.sources.0.publisher"),
    ],
)
def test_each_fault_of_a_new_answer_stands_beside_its_field(
    signed_in: SignedIn, changed: dict[str, str], field: str
) -> None:
    page = signed_in("mere", "editor").post(NEW, **new_form(**changed), do="draft")
    assert page.status_code == 422
    assert f'id="{field}-wrong"' in page.text


def test_a_new_answer_is_for_those_who_write_english(signed_in: SignedIn) -> None:
    assert signed_in("mere", "editor", languages=["bi"]).get(NEW).status_code == 403


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Can I bring my dog?", "bring-dog"),
        ("What does it cost to join PALM?", "cost-join-palm"),
        ("Is it?", "is-it"),
        ("", ""),
        ("犬", ""),
    ],
)
def test_a_key_is_proposed_from_the_title(title: str, name: str) -> None:
    assert name_of(title) == name


@pytest.mark.parametrize(("words", "kind"), [(2, "short"), (3, "short"), (4, "plain"), (14, "story")])
def test_a_question_counts_as_a_phrase_of_a_kind_by_its_length(words: int, kind: str) -> None:
    assert kind_of(" ".join(["word"] * words)) == kind


# --- in a real browser ----------------------------------------------------------------------------


def test_a_new_answer_is_written_and_its_sources_corrected_in_the_browser(desk: Desk) -> None:
    page = desk("mere", "reviewer")
    page.goto(f"{NEW}?title=can+i+bring+my+dog&language=en")
    page.get_by_label("Question (title)").fill("Can I bring my dog?")
    page.get_by_label("Answer", exact=True).fill("No. Dogs stay at home.")
    page.get_by_label("Topic").select_option("palm")
    page.get_by_label("Title", exact=True).fill("Pets")
    page.get_by_label("Publisher").fill("A ministry")
    page.get_by_label("Plain questions").fill(PHRASES["phrases.plain"])
    page.get_by_label("Short ones").fill(PHRASES["phrases.short"])
    page.get_by_label("Stories").fill(PHRASES["phrases.story"])
    assert barriers(page) == []
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("The new answer is saved")).to_be_visible()
    page.goto("/staff/answers/palm.bring-dog/default/en")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Published. People are told this text")).to_be_visible()
    page.goto("/staff/answers/palm.bring-dog/sources/default")
    page.get_by_role("button", name="Add: Source").click()
    page.locator("#facts\\.sources\\.1\\.title").fill("More on pets")
    page.locator("#facts\\.sources\\.1\\.publisher").fill("A union")
    page.get_by_role("button", name="Save the sources").click()
    expect(page.get_by_text("The sources are saved")).to_be_visible()
    page.goto("/guide/en/palm.bring-dog")
    expect(page.get_by_text("More on pets")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_barrier_is_found_on_the_pages_of_whole_answers(desk: Desk, width: int, scheme: str) -> None:
    page = desk("mere", "admin", viewport={"width": width, "height": 740}, color_scheme=scheme)
    for address in (SOURCES, ABOUT, NEW, f"{NEW}?title=mi+save+tekem+dog&language=bi"):
        page.goto(address)
        assert barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
