"""Files of staff in the console: sent, looked at, told, undone."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from content.registers import Registers
from content.repository import Repository
from tests.bot.console.conftest import Console, SignedIn, words_of
from tests.bot.web.conftest import Parts
from tests.bot.web.test_accessibility import barriers

PLACE = "/staff/library/imports"
REGISTER = (
    "Agency name;Licence number;Status;Valid until\r\nMañana Jobs;PH-1;Valid;31/12/2027\r\nCoral;PH-2;;\r\n"
)

type Desk = Callable[..., Page]


def sent(console: Console, content: bytes, *, kind: str = "register", country: str = "PH") -> httpx.Response:
    files = {"file": ("agencies.csv", content, "text/csv")}
    return console.post(PLACE, files=files, kind=kind, country=country, register="Licensed agencies")


def seal_on(page: httpx.Response) -> str:
    found = re.search(r'name="seal" value="([^"]+)"', page.text)
    assert found
    return found[1]


def test_a_register_is_looked_at_told_and_undone(signed_in: SignedIn, parts: Parts) -> None:
    mere, registers = signed_in("mere", "reviewer"), Registers(parts.content)
    page = sent(mere, REGISTER.encode("cp1252"))
    assert "Nothing is in force yet" in words_of(page)
    assert "“31/12/2027” is not a day" in words_of(page)
    address = page.url.path
    columns = {"column.name": "Agency name", "column.licence": "Licence number", "column.status": "Status"}
    columns |= {"column.valid_until": "Valid until", "days": "dmy", "encoding": ""}
    page = mere.post(address, do="choose", **columns)
    assert "Added 2" in words_of(page)
    assert "Mañana Jobs" in page.text
    assert registers.by_licence("PH", "PH-1") == ()
    told = mere.post(address, do="tell", seal=seal_on(page))
    assert "Imported." in words_of(told)
    assert registers.by_licence("PH", "ph 1")[0].name == "Mañana Jobs"
    assert "Licensed agencies" in words_of(mere.get(PLACE))
    undone = mere.post(address, do="undo")
    assert "Undone." in words_of(undone)
    assert registers.of_country("PH") == ()
    assert mere.post(address, do="undo").status_code == 422


def test_services_go_out_as_a_table_and_come_in_again(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    table = mere.get(f"{PLACE}/services.csv")
    same = sent(mere, table.content, kind="services")
    assert "Nothing changes." in words_of(same)
    page = sent(mere, table.content.replace(b"161; 25764", b"162; 25764"), kind="services")
    assert "Changed 1" in words_of(page)
    mere.post(page.url.path, do="tell", seal=seal_on(page))
    [told] = Repository(parts.content).services("bi", ids=["vu-womens-centre"])
    assert told.phones == ("162", "25764")
    mere.post(page.url.path, do="undo")
    [again] = Repository(parts.content).services("bi", ids=["vu-womens-centre"])
    assert again.phones == ("161", "25764")


def test_what_cannot_be_taken_in_is_told_with_the_reason(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "reviewer")
    assert "Please choose a file" in words_of(mere.post(PLACE, kind="services"))
    assert "choose a country" in words_of(sent(mere, REGISTER.encode(), country=""))
    assert "no rows" in words_of(sent(mere, b"name\r\n"))
    odd = sent(mere, b"one,two\r\n<b>1</b>,2")
    assert "Choose below which column says what" in words_of(odd)
    assert "&lt;b&gt;1" in odd.text
    assert "These columns are missing" in words_of(sent(mere, b"one,two\r\n1,2", kind="services"))
    assert mere.post(odd.url.path, do="tell", seal="").status_code == 422
    assert mere.post(odd.url.path, do="nothing").status_code == 400
    assert "Thrown away" in words_of(mere.post(odd.url.path, do="give-up"))
    for address in (f"{PLACE}/999999", f"{PLACE}/x", f"{PLACE}/99999999999999999999"):
        assert mere.get(address).status_code == 404


def test_what_changed_since_the_look_is_looked_at_again(signed_in: SignedIn, parts: Parts) -> None:
    mere, joe = signed_in("mere", "reviewer"), signed_in("joe", "reviewer")
    mine = sent(mere, b"agency;licence\r\nA;1")
    theirs = sent(joe, b"agency;licence\r\nB;2")
    joe.post(theirs.url.path, do="tell", seal=seal_on(theirs))
    late = mere.post(mine.url.path, do="tell", seal=seal_on(mine))
    assert late.status_code == 422
    assert "Something has changed since you looked" in words_of(late)
    assert "Removed 1" in words_of(late)


def test_an_editor_sends_no_files(signed_in: SignedIn, parts: Parts) -> None:
    editor = signed_in("mere", "editor")
    assert "Import a file" not in words_of(editor.get("/staff/library"))
    assert editor.get(PLACE).status_code == 403
    assert sent(editor, REGISTER.encode()).status_code == 403
    assert editor.get(f"{PLACE}/services.csv").status_code == 200


def test_a_register_is_imported_in_a_browser(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "agencies.csv"
    file.write_text(REGISTER, encoding="utf-8")
    page = desk("mere", "reviewer")
    page.get_by_role("link", name="Library", exact=True).click()
    page.get_by_role("link", name="Import a file").click()
    assert barriers(page) == []
    form = page.locator("form", has=page.get_by_role("heading", name="Send a register"))
    form.get_by_label("Country").select_option("Philippines")
    form.get_by_label("Register", exact=True).fill("Licensed agencies")
    form.get_by_label("File").set_input_files(file)
    form.get_by_role("button", name="See what changes").click()
    expect(page.get_by_text("“31/12/2027” is not a day")).to_be_visible()
    page.get_by_label("Days are written").select_option("dmy")
    page.get_by_role("button", name="Read it so").click()
    expect(page.get_by_role("cell", name="PH-1").first).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("It is in force from now on")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("What was there before is in force again")).to_be_visible()
    assert barriers(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_no_barrier_is_found_where_files_are_sent(desk: Desk, width: int) -> None:
    page = desk("mere", "admin", viewport={"width": width, "height": 740})
    page.goto(PLACE)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
