"""Registers and services from files: what is read, refused, told, undone and found again."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from content.csv_text import CsvError, read_table
from content.import_views import ImportView, import_rows, register_rows
from content.imports import KEPT_IMPORTS, ImportFault, Imports
from content.record_workflow import RecordWorkflow
from content.register_command import main
from content.registers import Registers
from content.repository import Repository
from content.service_files import HEADS, row_of
from content.sheets import SERVICES
from content.shelves import Shelves

HEAD = "Name of Agency,Licence No,Status,Date Issued,Expiry date,Address"
SUNRISE = "Sunrise Overseas Employment Ltd,POEA-001-LB,Valid,01/02/2025,31/01/2027,Port Vila"
OCEAN = "Ocean Manpower Services,POEA-002-LB,Suspended,01/03/2024,28/02/2026,Luganville"


def file_of(*rows: str, head: str = HEAD, encoding: str = "utf-8") -> bytes:
    return "\r\n".join((head, *rows)).encode(encoding)


def looked_at(store: Engine, content: bytes, *, days: str = "dmy", **columns: str) -> ImportView:
    """A register that was sent in, and how it would be read."""
    imports = Imports(store)
    begun = imports.begin_register("VU", "Licensed agents", "agents.csv", content, by="mere")
    view = imports.view(begun)
    assert view is not None
    imports.choose(begun, columns={**view.columns, **columns}, encoding=view.encoding, days=days)
    again = imports.view(begun)
    assert again is not None
    return again


def told(store: Engine, content: bytes, **more: Any) -> int:
    view = looked_at(store, content, **more)
    assert (view.fault, view.wrong) == (None, ())
    Imports(store).tell(view.id, seal=view.seal, by="mere")
    return view.id


def names(store: Engine) -> list[str]:
    return [row.name for row in Registers(store).by_name("VU", "sunrise ocean coral", most=10)]


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_whatever_office_made_it(encoding: str, separator: str) -> None:
    content = f"Name{separator}Où\r\nJosé{separator}“Vila”\r\n\r\n".encode(encoding)
    table = read_table(content)
    assert (table.heads, table.rows, table.lines) == (
        ("Name", "Où"),
        ({"Name": "José", "Où": "“Vila”"},),
        (2,),
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b"name\r\n\x81\x8d", "encoding"),
        (b'name\r\n"never closed', "not-a-table"),
        (b"name,licence\r\n,,", "empty"),
        (b"name,name\r\na,b", "twice"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(CsvError) as refused:
        read_table(content)
    assert refused.value.reason == reason


def test_nothing_that_is_left_empty_or_broken_over_lines_puts_a_row_out_of_place() -> None:
    table = read_table(b'\xef\xbb\xbfname,address\r\n"A\r\nB",\r\n\r\nC\r\n')
    assert [row["name"] for row in table.rows] == ["A B", "C"]
    assert table.lines == (2, 4)


# --- registers ------------------------------------------------------------------------------------


def test_columns_are_guessed_and_remembered_for_the_next_file(store: Engine) -> None:
    view = looked_at(store, file_of(SUNRISE))
    assert dict(view.columns) == {
        "name": "Name of Agency",
        "licence": "Licence No",
        "status": "Status",
        "valid_from": "Date Issued",
        "valid_until": "Expiry date",
        "address": "Address",
    }
    odd = file_of("Sunrise,1", head="Wan,Tu")
    assert looked_at(store, odd).fault is not None
    told(store, odd, name="Wan", licence="Tu")
    next_one = Imports(store).begin_register("VU", "Licensed agents", "a.csv", odd, by="mere")
    again = Imports(store).view(next_one)
    assert again is not None
    assert dict(again.columns) == {"name": "Wan", "licence": "Tu"}


def test_a_register_is_told_and_looked_up_by_number_and_by_name(store: Engine) -> None:
    assert Registers(store).of_country("VU") == ()
    told(store, file_of(SUNRISE, OCEAN))
    registers = Registers(store)
    [register] = registers.of_country("VU")
    assert (register.name, register.agencies) == ("Licensed agents", 2)
    [found] = registers.by_licence("VU", "poea 001 lb")
    assert (found.name, found.status, found.valid_until) == (
        "Sunrise Overseas Employment Ltd",
        "Valid",
        date(2027, 1, 31),
    )
    assert not found.is_over(date(2027, 1, 31))
    assert found.is_over(date(2027, 2, 1))
    for typed in ("sunrise", "Sun rise overseas", "SUNRISE EMPLOYMENT LIMITED", "sunrize"):
        assert [each.name for each in registers.by_name("VU", typed)][:1] == [found.name], typed
    assert registers.by_name("VU", "golden gate") == ()
    assert registers.by_name("PH", "sunrise") == ()
    assert registers.by_licence("VU", "--") == ()
    assert registers.by_name("VU", "") == ()


def test_a_preview_says_what_comes_goes_and_changes_and_tells_nobody(store: Engine) -> None:
    told(store, file_of(SUNRISE, OCEAN))
    version = Repository(store).version()
    view = looked_at(store, file_of(SUNRISE.replace("Valid", "Cancelled"), "Coral,3,Valid,,,"))
    changes = {change.name: (change.kind, [each.path for each in change.details]) for change in view.changes}
    assert changes == {
        "Sunrise Overseas Employment Ltd": ("changed", [("status",)]),
        "Coral": ("added", []),
        "Ocean Manpower Services": ("removed", []),
    }
    assert Repository(store).version() == version
    assert len(Registers(store).by_licence("VU", "POEA-002-LB")) == 1


def test_an_undo_goes_back_to_the_import_before(store: Engine) -> None:
    registers, imports = Registers(store), Imports(store)
    first = told(store, file_of(SUNRISE, OCEAN))
    second = told(store, file_of(SUNRISE))
    assert registers.by_name("VU", "ocean") == ()
    with pytest.raises(ImportFault, match="not-the-newest"):
        imports.undo(first, by="mere")
    imports.undo(second, by="mere")
    assert [each.name for each in registers.by_name("VU", "ocean")] == ["Ocean Manpower Services"]
    with pytest.raises(ImportFault, match="decided-already"):
        imports.undo(second, by="mere")
    imports.undo(first, by="mere")
    assert registers.of_country("VU") == ()
    assert [(row.name, row.agencies, row.import_id) for row in register_rows(store)] == [
        ("Licensed agents", 0, None)
    ]


def test_what_is_undone_twice_too_often_is_kept_no_longer(store: Engine) -> None:
    told_ones = [told(store, file_of(f"Agency {number},{number},,,,")) for number in range(KEPT_IMPORTS + 2)]
    imports = Imports(store)
    for newest in reversed(told_ones[2 + 1 :]):
        imports.undo(newest, by="mere")
    with pytest.raises(ImportFault, match="too-long-ago"):
        imports.undo(told_ones[2], by="mere")
    assert len(Registers(store).by_licence("VU", "2")) == 1


def test_errors_name_row_and_column(store: Engine) -> None:
    view = looked_at(
        store,
        file_of(
            SUNRISE,
            "",
            ",7,Valid,,,",
            OCEAN.replace("28/02/2026", "31/02/2026"),
            SUNRISE,
            "Late,9,,02/01/2026,01/01/2026,",
        ),
    )
    assert [(cell.row, cell.column, cell.reason, cell.value) for cell in view.wrong] == [
        (4, "Name of Agency", "no-name", ""),
        (5, "Expiry date", "not-a-day", "31/02/2026"),
        (6, "Licence No", "stands-twice", "2"),
        (7, "Expiry date", "ends-first", "01/01/2026"),
    ]
    with pytest.raises(ImportFault, match="still-wrong"):
        Imports(store).tell(view.id, seal=view.seal, by="mere")


@pytest.mark.parametrize(
    ("days", "typed"),
    [
        ("dmy", "3/2/2026"),
        ("dmy", "3-Feb-2026"),
        ("mdy", "2/3/2026"),
        ("mdy", "February 3, 2026"),
        ("dmy", "2026-02-03"),
    ],
)
def test_days_are_read_in_the_order_chosen(store: Engine, days: str, typed: str) -> None:
    head = "name;valid until"
    view = looked_at(store, file_of(f"Sunrise;{typed}", head=head), days=days)
    assert [agency.valid_until for agency in view.agencies] == [date(2026, 2, 3)]


def test_what_changed_since_the_look_must_be_looked_at_again(store: Engine) -> None:
    view = looked_at(store, file_of(SUNRISE))
    told(store, file_of(OCEAN))
    with pytest.raises(ImportFault, match="changed-meanwhile"):
        Imports(store).tell(view.id, seal=view.seal, by="mere")


def test_a_file_is_thrown_away_or_told_only_once(store: Engine) -> None:
    imports, view = Imports(store), looked_at(store, file_of(SUNRISE))
    imports.give_up(view.id)
    for step in (
        lambda: imports.tell(view.id, seal=view.seal, by="mere"),
        lambda: imports.give_up(view.id),
        lambda: imports.choose(view.id, columns={}, encoding="", days=""),
        lambda: imports.undo(view.id, by="mere"),
    ):
        with pytest.raises(ImportFault, match="decided-already"):
            step()
    assert [each.state for each in import_rows(store)] == ["given-up"]
    assert imports.view(999_999) is None


@pytest.mark.parametrize(("country", "name"), [("XX", "A register"), ("VU", "  ")])
def test_a_register_needs_a_country_and_a_name(store: Engine, country: str, name: str) -> None:
    with pytest.raises(ImportFault, match="which-register"):
        Imports(store).begin_register(country, name, "a.csv", file_of(SUNRISE), by="mere")


def test_thousands_of_rows_are_imported_and_found(store: Engine) -> None:
    rows = [
        f"Agency number {number},L-{number},Valid,01/01/2025,31/12/2026,Street {number}"
        for number in range(5_000)
    ]
    told(store, file_of(*rows))
    registers = Registers(store)
    assert registers.of_country("VU")[0].agencies == 5_000
    assert registers.by_licence("VU", "L 4321")[0].name == "Agency number 4321"


# --- services -------------------------------------------------------------------------------------


def services_file(store: Engine, **changed: str) -> bytes:
    shelves = Shelves(store, ["en", "bi"])
    sheets = [shelves.sheet(SERVICES, row.id) for row in shelves.rows(SERVICES)]
    rows = [row_of(sheet) for sheet in sheets if sheet]
    lines = [list(HEADS), *rows]
    for head, value in changed.items():
        lines[1][HEADS.index(head)] = value
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode()


def services(store: Engine, content: bytes) -> ImportView:
    begun = Imports(store).begin_services("services.csv", content, by="mere")
    view = Imports(store).view(begun)
    assert view is not None
    return view


def test_a_table_of_services_that_is_sent_back_as_it_came_changes_nothing(store: Engine) -> None:
    view = services(store, services_file(store))
    assert (view.fault, view.wrong, view.changes, view.rows) == (None, (), (), 3)


def test_services_are_changed_by_a_file_and_put_back_by_an_undo(store: Engine) -> None:
    before = Repository(store).services("en")
    view = services(store, services_file(store, phones="000; 112", cost="Free"))
    assert [(change.kind, change.number) for change in view.changes] == [("changed", "au-emergency")]
    Imports(store).tell(view.id, seal=view.seal, by="mere")
    [changed] = Repository(store).services("bi", ids=["au-emergency"])
    assert (changed.phones, changed.cost, changed.name) == (("000", "112"), "Free", "Imejensi")
    assert Imports(store).undo(view.id, by="mere") == []
    assert Repository(store).services("en") == before


def test_what_was_changed_since_an_import_is_left_alone_by_its_undo(store: Engine) -> None:
    new = ",".join(("id,country,kind,name,who_for,checked_on,source_title,source_publisher,phones",))
    rows = [
        "au-new,AU,labour,New,All,2026-11-01,A page,A ministry,+61 2 1234",
        "au-line,AU,scheme,Line,All,2026-11-01,P,M,123",
    ]
    view = services(store, file_of(*rows, head=new))
    assert view.wrong == ()
    Imports(store).tell(view.id, seal=view.seal, by="mere")
    RecordWorkflow(store).still_correct(SERVICES, "au-line", by="joe")
    assert Imports(store).undo(view.id, by="mere") == ["au-line"]
    assert Repository(store).services("en", ids=["au-new"]) == ()
    [line] = Repository(store).services("en", ids=["au-line"])
    assert line.phones == ("123",)


def test_services_with_faults_are_named_by_row_and_column(store: Engine) -> None:
    head = "id,country,kind,name,who_for,checked_on,source_title,source_publisher,phones,danger_kinds"
    rows = [
        "au-one,AU,labour,,All,2026-11-01,P,M,123,",
        "au-two,AU,labour,Two,All,soon,P,M,call us,",
        "au-two,AU,labour,Two,All,2026-11-01,P,M,123,",
        "au-six,AU,labour,Six,All,2026-11-01,P,,123,rain",
    ]
    view = services(store, file_of(*rows, head=head))
    assert {(cell.row, cell.column) for cell in view.wrong} == {
        (2, "name"),
        (3, "checked_on"),
        (3, "phones"),
        (4, "id"),
        (5, "danger_kinds"),
        (5, "source_publisher"),
    }
    missing = services(store, file_of("a,b", head="id,country"))
    assert missing.fault is not None
    assert missing.fault.reason == "missing-heads"


# --- the command line -----------------------------------------------------------------------------


def test_a_register_is_imported_and_undone_from_the_command_line(
    store: Engine, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOKSTRET_CONTENT_DB", store.url.render_as_string(hide_password=False))
    file = tmp_path / "agents.csv"
    file.write_bytes(file_of(SUNRISE))
    register = ["VU", "Licensed agents"]
    assert main([*register, str(file), "--days", "dmy"]) == 0
    assert "added 1" in capsys.readouterr().out
    assert Registers(store).of_country("VU") == ()
    assert main([*register, str(file), "--days", "dmy", "--tell"]) == 0
    assert Registers(store).of_country("VU")[0].agencies == 1
    assert main([*register, "--undo"]) == 0
    assert Registers(store).of_country("VU") == ()
    assert main([*register, "--undo"]) == 1
    assert main(["XX", "A register", str(file)]) == 1
    assert main([*register, str(tmp_path / "nothing.csv")]) == 1
    assert main(register) == 1
    assert main([*register, str(file), "--days", "mdy"]) == 1
    assert "row 2, Expiry date: not-a-day 31/01/2027" in capsys.readouterr().out
