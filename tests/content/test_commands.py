"""`python -m content.importer`, `content.exporter` and `content.migrating` from the command line."""

import shutil
from pathlib import Path

import pytest

from content import exporter, importing_command, migrating
from content.repository import Repository
from content.store import open_store


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stores are in a folder of the test's own."""
    for name in ("TOKSTRET_CONTENT_DB", "TOKSTRET_PEOPLE_DB"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TOKSTRET_DATA_DIR", str(tmp_path / "var"))
    return tmp_path / "var"


def importer(folder: Path, *options: str) -> int:
    return importing_command.main(["--library", str(folder), *options])


def test_a_first_import_makes_the_store_and_a_second_says_that_nothing_changed(
    library_folder: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert importer(library_folder) == 0
    assert "new: 36, changed: 0" in capsys.readouterr().out
    assert importer(library_folder) == 0
    assert "new: 0, changed: 0, removed: 0, unchanged: 36" in capsys.readouterr().out
    repository = Repository(open_store(f"sqlite:///{data_folder / 'content.sqlite'}"))
    assert repository.languages() == ("en", "bi")


def test_a_faulty_library_is_named_and_nothing_is_imported(
    library_folder: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (library_folder / "answers/palm/cost/bi.yml").write_text("title: x\n", encoding="utf-8")
    for options in ((), ("--check",)):
        assert importer(library_folder, *options) == 1
        assert "answers/palm/cost/bi.yml: body: is missing" in capsys.readouterr().err
    assert not data_folder.exists()
    assert importer(library_folder, "--skip-faulty") == 1
    assert "bi.yml: body: is missing" in capsys.readouterr().err
    repository = Repository(open_store(f"sqlite:///{data_folder / 'content.sqlite'}"))
    assert repository.languages() == ("en",)


def test_a_whole_library_is_called_whole(library_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert importer(library_folder, "--check") == 0
    assert "2 answers, 3 texts" in capsys.readouterr().out


def test_a_folder_without_a_library_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert importer(tmp_path) == 1
    assert "there is no library here" in capsys.readouterr().err


def test_what_left_the_library_is_named_until_it_is_withdrawn(
    library_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    importer(library_folder)
    shutil.rmtree(library_folder / "answers/fees")
    answer = library_folder / "answers/palm/cost/answer.yml"
    text = answer.read_text(encoding="utf-8")
    answer.write_text(text.replace("related: [fees.who-pays]\n", ""), encoding="utf-8")
    importer(library_folder)
    assert "still in the store: text fees.who-pays/default en" in capsys.readouterr().out
    importer(library_folder, "--withdraw-missing")
    assert "removed: 1" in capsys.readouterr().out


def test_the_exporter_writes_what_was_imported(
    library_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    importer(library_folder)
    assert exporter.main(["--library", str(tmp_path / "out")]) == 0
    assert "22 files written" in capsys.readouterr().out
    assert exporter.main(["--library", str(library_folder)]) == 0
    assert "0 files written, 22 unchanged" in capsys.readouterr().out


def test_an_export_before_any_import_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert exporter.main([]) == 1
    assert "is not migrated" in capsys.readouterr().err


def test_migrations_make_both_stores(data_folder: Path) -> None:
    assert migrating.main() == 0
    assert {path.name for path in data_folder.glob("*.sqlite")} == {"content.sqlite", "people.sqlite"}


def test_a_wrong_address_is_named(
    monkeypatch: pytest.MonkeyPatch, library_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOKSTRET_CONTENT_DB", "mysql://host/name")
    assert (importer(library_folder), exporter.main([]), migrating.main()) == (1, 1, 1)
    assert capsys.readouterr().err.count("only SQLite and PostgreSQL addresses can hold a store") == 3
