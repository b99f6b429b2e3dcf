"""Translating: the board, the way from text to text, and files for translators, out and in."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from content.editorial import Editorial, FullText
from content.fields import SOURCE_LANGUAGE
from content.translating.files import read
from content.translating.units import MOST_BYTES
from content.workflow import Workflow
from tests.bot.console.conftest import Console, SignedIn, words_of
from tests.bot.web.conftest import Parts, Site
from tests.bot.web.test_accessibility import barriers

BOARD, FILES, EXPORT, IMPORT = (f"/staff/translations{rest}" for rest in ("", "/files", "/export", "/import"))
NEXT = "/staff/translations/next"

type Desk = Callable[..., Page]
type Change = Callable[[str], str]


def newest(parts: Parts, key: str = "palm.cost", language: str = "bi") -> FullText:
    found = Editorial(parts.content, ["en", "bi"]).newest(key, "default", language)
    assert found is not None
    return found


def file_of(console: Console, form: str = "xliff", **query: str) -> str:
    response = console.get(EXPORT, params={"language": "bi", "form": form, "topic": "palm", **query})
    assert response.status_code == 200
    return response.content.decode()


def bring(console: Console, content: str | bytes, *, language: str = "bi") -> httpx.Response:
    data = content.encode() if isinstance(content, str) else content
    return console.post(IMPORT, language=language, files={"file": ("work.xlf", data)})


def with_title(content: str, title: str) -> str:
    """The Bislama title of palm.cost written anew."""
    changed = re.sub(
        r'(id="palm\.cost/default/title".*?<target[^>]*>)[^<]*',
        rf"\g<1>{title}",
        content,
        count=1,
        flags=re.DOTALL,
    )
    assert changed != content
    return changed


def decide(
    console: Console, preview: httpx.Response, do: str, *, take: str | list[str] | None = None
) -> httpx.Response:
    """Press a button of the preview, with what is ticked in it or with other ticks."""
    shown = re.search(r'name="shown" value="(\w+)"', preview.text)
    assert shown
    ticked = re.findall(r'name="take" value="([^"]+)" checked', preview.text)
    return console.post(preview.url.path, shown=shown[1], do=do, take=take or ticked)


# --- the board ------------------------------------------------------------------------------------


def test_the_board_shows_every_language_and_leads_to_each_text(signed_in: SignedIn) -> None:
    page = signed_in("mere", "editor").get(BOARD, params={"words": "cost palm"})
    assert "Answers found: 1" in words_of(page)
    for language in ("bi", "tpi", "tet", "sm", "fil"):
        assert f'href="/staff/answers/palm.cost/default/{language}"' in page.text


def test_the_board_is_narrowed_by_language_topic_state_and_words(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    assert "Answers found: 0" in words_of(mere.get(BOARD, params={"state": "outdated"}))
    form = newest(parts, language="en")
    Workflow(parts.content).withdraw("palm.cost", "bi", "default", "joe")
    missing = mere.get(BOARD, params={"state": "missing", "language": "bi"})
    assert "Answers found: 1" in words_of(missing)
    assert form.title in unescape(missing.text)
    assert "/palm.cost/default/tpi" not in missing.text
    assert "Answers found: 0" in words_of(mere.get(BOARD, params={"state": "missing", "language": "tpi"}))
    assert "palm.cost" not in mere.get(BOARD, params={"topic": "gulf"}).text
    piece = mere.get(BOARD, headers={"hx-request": "true"})
    assert "<html" not in piece.text


def test_next_leads_from_text_to_text(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor", languages=["bi"])
    Workflow(parts.content).withdraw("palm.cost", "bi", "default", "joe")
    address = mere.get(NEXT, params={"language": "bi"}).headers["location"]
    assert address == "/staff/answers/palm.cost/default/bi"
    assert mere.get(address).status_code == 200
    Workflow(parts.content).draft("palm.cost", "bi", title="x", body="y", by="mere")
    after = mere.get(NEXT, params={"language": "bi", "after": "palm.cost/default"}).headers["location"]
    assert re.fullmatch(r"/staff/answers/[^/]+/[^/]+/bi", after)
    assert after != address
    assert mere.get(NEXT, params={"language": "tpi"}).status_code == 403
    assert mere.get(NEXT, params={"language": "en"}).status_code == 404
    board = mere.get(BOARD)
    assert board.text.count(f'href="{NEXT}') == 1


def test_what_the_interface_lacks_is_shown(signed_in: SignedIn) -> None:
    page = words_of(signed_in("mere", "editor").get(f"{BOARD}/interface"))
    assert "Words of menus and buttons" in page
    assert "100%" in page


# --- out ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "type_", "end"), [("xliff", "application/x-xliff+xml", "xlf"), ("csv", "text/csv", "csv")]
)
def test_a_file_goes_out(signed_in: SignedIn, form: str, type_: str, end: str) -> None:
    response = signed_in("mere", "editor").get(
        EXPORT, params={"language": "bi", "form": form, "topic": "palm"}
    )
    assert response.headers["content-type"].startswith(type_)
    assert re.search(rf'filename="tokstret-bi-[\d-]+\.{end}"', response.headers["content-disposition"])
    assert "palm.cost/default/title" in {unit.id for unit in read(response.content, "bi")}


@pytest.mark.parametrize(
    "query", [{"form": "doc"}, {"language": "en"}, {"language": "xx"}, {"state": "told"}, {"form": ""}]
)
def test_a_file_that_there_is_not_is_refused(signed_in: SignedIn, query: dict[str, str]) -> None:
    asked = {"language": "bi", "form": "csv", **query}
    assert signed_in("mere", "editor").get(EXPORT, params=asked).status_code == 400


def test_no_file_goes_out_without_texts(signed_in: SignedIn) -> None:
    page = signed_in("mere", "editor").get(
        EXPORT, params={"language": "bi", "form": "csv", "state": "outdated"}, follow_redirects=True
    )
    assert "No text is as you chose" in words_of(page)


# --- in -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xliff", "csv"])
def test_a_file_that_comes_back_unchanged_leaves_nothing_to_do(signed_in: SignedIn, form: str) -> None:
    mere = signed_in("mere", "editor")
    page = words_of(bring(mere, file_of(mere, form)))
    assert "There is nothing to save in this file" in page
    assert "Not taken" not in page


def test_a_file_is_looked_at_first_and_written_as_drafts_then(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor", languages=["bi"])
    before = newest(parts)
    preview = bring(mere, with_title(file_of(mere), "Niu taetol?"))
    assert "Taken as drafts: 1" in words_of(preview)
    assert newest(parts) == before
    compared = mere.get(f"{preview.url.path}/palm.cost/default")
    assert "<ins>" in compared.text
    assert "Saved as drafts" in words_of(decide(mere, preview, "draft"))
    assert newest(parts).title == "Niu taetol?"
    assert (newest(parts).head.state, newest(parts).head.author) == ("draft", "mere")
    told = Editorial(parts.content, ["bi"]).told("palm.cost", "default", "bi")
    assert told is not None
    assert told.title == before.title
    assert mere.get(preview.url.path).status_code == 404


def test_a_file_can_go_on_to_review(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    page = decide(mere, bring(mere, with_title(file_of(mere), "Niu taetol?")), "review")
    assert "Saved and sent to review" in words_of(page)
    assert newest(parts).head.state == "in-review"


def test_what_is_refused_names_line_unit_and_reason(signed_in: SignedIn) -> None:
    mere = signed_in("mere", "editor")
    content = with_title(file_of(mere), "Hem i 777 vatu")
    line = content[: content.index('id="palm.cost/default/title"')].count("\n") + 1
    preview = words_of(bring(mere, content))
    assert "Not taken: 1" in preview
    assert "palm.cost/default/body" in preview
    assert "777" in preview
    assert "Its figures are not those of the English text" in preview
    empty = words_of(bring(mere, with_title(file_of(mere), "")))
    assert f"{line} palm.cost/default/title The translation is empty." in empty


def test_a_draft_of_somebody_else_gives_way_only_if_it_is_chosen(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    content = with_title(file_of(mere), "Niu taetol?")
    Workflow(parts.content).draft(
        "palm.cost", "bi", title="Taetol blong Joe", body=newest(parts).body, by="joe"
    )
    preview = bring(mere, content)
    assert "Takes the place of the draft of joe" in words_of(preview)
    nothing = decide(mere, preview, "draft")
    assert nothing.status_code == 422
    assert "Choose at least one text" in words_of(nothing)
    decide(mere, preview, "draft", take="palm.cost/default")
    assert newest(parts).title == "Niu taetol?"


def test_nothing_is_written_after_somebody_has_changed_something(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    preview = bring(mere, with_title(file_of(mere), "Niu taetol?"))
    Workflow(parts.content).draft(
        "palm.cost", "bi", title="Taetol blong Joe", body=newest(parts).body, by="joe"
    )
    again = decide(mere, preview, "draft")
    assert again.status_code == 409
    assert "Nothing was saved. Look again" in words_of(again)
    assert newest(parts).title == "Taetol blong Joe"
    decide(mere, again, "draft", take="palm.cost/default")
    assert newest(parts).title == "Niu taetol?"


def test_a_file_can_be_given_up(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    before = newest(parts)
    preview = bring(mere, with_title(file_of(mere), "Niu taetol?"))
    assert "Thrown away" in words_of(decide(mere, preview, "forget"))
    assert mere.get(preview.url.path).status_code == 404
    assert newest(parts) == before


def test_nobody_sees_or_takes_the_file_of_another(signed_in: SignedIn, parts: Parts) -> None:
    mere, joe = signed_in("mere", "editor"), signed_in("joe", "admin")
    preview = bring(mere, with_title(file_of(mere), "Niu taetol?"))
    assert joe.get(preview.url.path).status_code == 404
    assert decide(joe, preview, "draft").status_code == 404
    assert newest(parts).title != "Niu taetol?"


def test_a_member_brings_in_their_own_languages_only(signed_in: SignedIn) -> None:
    mere = signed_in("mere", "editor", languages=["bi"])
    assert bring(mere, file_of(mere), language="tpi").status_code == 403
    refused = bring(signed_in("joe", "editor"), file_of(mere), language="tpi")
    assert refused.status_code == 422
    assert "The file is in another language: bi." in words_of(refused)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The first row lacks these columns: key, variant, part, target, meaning."),
        (b"<tmx/>", "This is an XML file, but not XLIFF."),
        (b'<xliff version="1.2">\n<x>', "Save it as XLIFF 1.2."),
        (b'<!DOCTYPE lolz [<!ENTITY lol "lol">]><xliff>&lol;</xliff>', "For safety such files are not read."),
        (b"\xff\xff", "Save it as “CSV UTF-8”."),
        (b"x" * (MOST_BYTES + 1), "The file is too big: at most 8 MB."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(signed_in: SignedIn, content: bytes, said: str) -> None:
    page = bring(signed_in("mere", "editor"), content)
    assert page.status_code == 422
    assert said in words_of(page)


def test_no_file_and_no_such_button_are_told_so(signed_in: SignedIn) -> None:
    mere = signed_in("mere", "editor")
    nothing = mere.post(IMPORT, language="bi")
    assert "Choose a file." in words_of(nothing)
    preview = bring(mere, file_of(mere))
    assert decide(mere, preview, "publish").status_code == 400
    assert mere.get(f"{preview.url.path}/no.such/default").status_code == 404


# --- in a real browser ----------------------------------------------------------------------------


def translate(path: Path) -> Path:
    """What a translator does at home."""
    changed = with_title(path.read_text(encoding="utf-8"), "Niu taetol?")
    done = path.with_suffix(".xlf")
    done.write_text(changed, encoding="utf-8")
    return done


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_file_goes_to_a_translator_and_comes_back(
    desk: Desk, site: Site, tmp_path: Path, *, scripts: bool
) -> None:
    page = desk("mere", "editor", java_script_enabled=scripts)
    page.get_by_role("link", name="Translations", exact=True).click()
    page.get_by_role("link", name="Files for translators").click()
    out = page.locator("section", has_text="Take a file out")
    out.get_by_label("Language").select_option("bi")
    with page.expect_download() as downloading:
        out.get_by_role("button", name="Download the file").click()
    file = tmp_path / "work"
    downloading.value.save_as(file)
    page.get_by_label("File", exact=True).set_input_files(translate(file))
    came = page.locator("section", has_text="Bring a file in")
    came.get_by_label("Language").select_option("bi")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_role("heading", name="Taken as drafts: 1")).to_be_visible()
    page.get_by_text("Compare", exact=False).first.click()
    if scripts:
        expect(page.locator(".piece ins").first).to_be_visible()
    else:
        expect(page.get_by_role("link", name="Compare on a page of its own")).to_be_visible()
    page.get_by_role("button", name="Save and send to review").click()
    expect(page.get_by_text("Saved and sent to review.")).to_be_visible()
    assert newest(site.parts).title == "Niu taetol?"


def test_an_outdated_text_is_found_and_translated_beside_its_source(desk: Desk, site: Site) -> None:
    workflow, source = Workflow(site.parts.content), newest(site.parts, language=SOURCE_LANGUAGE)
    number = workflow.draft(
        "palm.cost", "en", title=source.title, body=f"{source.body}\n\nAsk your labour office.", by="ana"
    )
    workflow.submit(number, "ana")
    workflow.publish(number, "ben")
    page = desk("mere", "reviewer", languages=["bi"])
    page.goto(BOARD)
    page.get_by_role("link", name="Next one to do").click()
    expect(page.locator("ins").filter(has_text="labour")).to_be_visible()
    body = page.get_by_label("Answer", exact=True)
    body.press("Control+End")
    body.press_sequentially(" Askem leba ofis.")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Published. People are told this text")).to_be_visible()
    page.goto(f"{BOARD}?state=outdated&language=bi")
    expect(page.get_by_text("Answers found: 0")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_barrier_is_found_on_any_page_of_translating(
    desk: Desk, tmp_path: Path, width: int, scheme: str
) -> None:
    page = desk("mere", "admin", viewport={"width": width, "height": 740}, color_scheme=scheme)

    def check(name: str) -> None:
        assert barriers(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name

    for address in (BOARD, f"{BOARD}/interface", FILES):
        page.goto(address)
        check(address.rpartition("/")[2])
    work = tmp_path / "work.xlf"
    work.write_bytes(page.request.get(f"{EXPORT}?language=bi&form=xliff&topic=palm").body())
    done = translate(work)
    done.write_text(
        re.sub(r"(<target[^>]*>)Hao[^<]*", r"\1", done.read_text(encoding="utf-8")), encoding="utf-8"
    )
    page.goto(f"{FILES}?language=bi")
    page.get_by_label("File", exact=True).set_input_files(done)
    page.get_by_role("button", name="Show what it would change").click()
    page.get_by_text("Compare").first.click()
    expect(page.locator(".piece ins").first).to_be_visible()
    check("preview")
