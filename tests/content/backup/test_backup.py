"""Backing up and restoring: on both kinds of database, while others work, and with damaged archives."""

import gzip
import io
import json
import os
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from pydantic import SecretStr
from sqlalchemy import insert, select, text

from content.audit import write
from content.audit_log import AuditLog, LogFilter
from content.backup import BackupError, BackupSettings, make_backup, restore_backup
from content.backup.__main__ import main
from content.clock import today
from content.migrating import migrate, unmigrate
from content.people import People
from content.people.models import DailyCount
from content.store import open_store, reading, writing
from tests.postgres import NewDatabase

SECRET = "a secret key that is long enough for every use"


@pytest.fixture(params=["sqlite", "postgresql", "one postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> BackupSettings:
    """Stores with a little in them: three SQLite files, three databases of PostgreSQL, or one for all."""
    data_dir = tmp_path / "var"
    data_dir.mkdir()
    (data_dir / "secret.key").write_text(SECRET)
    if request.param == "sqlite":
        made = BackupSettings(data_dir=data_dir)
    else:
        new: NewDatabase = request.getfixturevalue("postgresql")
        first = new()
        addresses = [first] * 3 if request.param == "one postgresql" else [first, new(), new()]
        content, people, tracker = map(SecretStr, addresses)
        made = BackupSettings(data_dir=data_dir, content_db=content, people_db=people, tracker_db=tracker)
    fill(made)
    return made


@pytest.fixture
def light(tmp_path: Path) -> BackupSettings:
    """Stores in SQLite files."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret.key").write_text(SECRET)
    made = BackupSettings(data_dir=tmp_path / "var")
    fill(made)
    return made


def fill(settings: BackupSettings) -> None:
    migrate(settings.content_address, "content")
    migrate(settings.people_address, "people")
    say(settings, "mere")
    people = open_store(settings.people_address)
    People(people).count(today(), "bi", "web", "answer", "palm.cost", number=7)
    people.dispose()
    tracker = open_store(settings.tracker_address)
    with tracker.begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, data TEXT)"))
        connection.execute(text("INSERT INTO events VALUES (1, 'hello')"))
    tracker.dispose()


def say(settings: BackupSettings, name: str) -> None:
    """Write into the content store's log that somebody signed in."""
    engine = open_store(settings.content_address)
    write(engine, "audit.signed-in", by=name)
    engine.dispose()


def state(settings: BackupSettings) -> tuple[list[str], list[int], list[str]]:
    """Who is in the log, what was counted, what was said."""
    content, people, tracker = map(
        open_store, (settings.content_address, settings.people_address, settings.tracker_address)
    )
    names = sorted(entry.by for entry in AuditLog(content).all(LogFilter()))
    with reading(people) as session:
        counts = list(session.scalars(select(DailyCount.number)))
    with tracker.connect() as connection:
        events = list(connection.scalars(text("SELECT data FROM events")))
    for engine in (content, people, tracker):
        engine.dispose()
    return names, counts, events


def spoil(settings: BackupSettings) -> None:
    """Lose everything."""
    for address, table in (
        (settings.content_address, "audit_entry"),
        (settings.people_address, "daily_count"),
        (settings.tracker_address, "events"),
    ):
        engine = open_store(address)
        with writing(engine) as session:
            session.execute(text(f"DELETE FROM {table}"))
        engine.dispose()
    say(settings, "vandal")


def quietly(_: str) -> None:
    """Tell nobody."""


# --- both kinds of database --------------------------------------------------------------------------


def test_what_was_backed_up_is_there_again(settings: BackupSettings, tmp_path: Path) -> None:
    before = state(settings)
    archive, manifest = make_backup(settings, tmp_path / "safe")
    spoil(settings)
    (settings.data_dir / "secret.key").unlink()
    assert state(settings) == (["vandal"], [], [])
    restore_backup(settings, archive, tell=quietly)
    assert state(settings) == before == (["mere"], [7], ["hello"])
    assert settings.secret_file.read_text() == SECRET
    assert stat.S_IMODE(settings.secret_file.stat().st_mode) == 0o600
    assert {"content", "people"} == manifest.revisions.keys()


def test_a_restored_store_refuses_what_it_refused_before(settings: BackupSettings, tmp_path: Path) -> None:
    """Triggers and constraints come back with the tables, and new rows get numbers of their own."""
    archive, _ = make_backup(settings, tmp_path / "safe")
    restore_backup(settings, archive, tell=quietly)
    say(settings, "joe")
    assert state(settings)[0] == ["joe", "mere"]
    engine = open_store(settings.content_address)
    triggers = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal",
    }
    with engine.connect() as connection:
        assert (connection.scalar(text(triggers[engine.dialect.name])) or 0) >= 2
    engine.dispose()


def test_restoring_into_a_newer_schema_migrates(settings: BackupSettings, tmp_path: Path) -> None:
    unmigrate(settings.people_address, "people", "people_0001")
    archive, manifest = make_backup(settings, tmp_path / "safe")
    assert manifest.revisions["people"] == "people_0001"
    migrate(settings.people_address, "people")
    restore_backup(settings, archive, tell=quietly)
    engine = open_store(settings.people_address)
    with engine.connect() as connection:
        newest = connection.scalar(text("SELECT version_num FROM schema_version_people"))
        assert newest not in (None, "people_0001")
        assert connection.scalar(text("SELECT count(*) FROM staff_account")) == 0
    engine.dispose()
    assert state(settings)[1] == [7]


def test_what_was_there_before_restoring_is_kept(settings: BackupSettings, tmp_path: Path) -> None:
    archive, _ = make_backup(settings, tmp_path / "safe")
    spoil(settings)
    told: list[str] = []
    restore_backup(settings, archive, tell=told.append)
    [kept] = settings.backup_folder.glob("before-restore-*.tar.gz")
    assert str(kept) in told[0]
    restore_backup(settings, kept, tell=quietly)
    assert state(settings) == (["vandal"], [], [])


def test_nothing_is_restored_while_a_store_is_in_use(settings: BackupSettings, tmp_path: Path) -> None:
    archive, _ = make_backup(settings, tmp_path / "safe")
    spoil(settings)
    engine = open_store(settings.content_address)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1 FROM audit_entry"))
    with pytest.raises(BackupError, match=r"in use\. Stop Tokstret first"):
        restore_backup(settings, archive, tell=quietly)
    assert state(settings)[0] == ["vandal"]
    restore_backup(settings, archive, force=True, tell=quietly)
    engine.dispose()
    assert state(settings)[0] == ["mere"]


def test_a_backup_of_a_store_that_is_written_meanwhile_is_of_one_moment(
    settings: BackupSettings, tmp_path: Path
) -> None:
    stop = Event()

    def count_on() -> None:
        people = open_store(settings.people_address)
        number = 0
        while not stop.is_set():
            number += 1
            with writing(people) as session:  # two rows or none
                for channel in ("web", "api"):
                    row = {"day": today(), "language": "en", "channel": channel, "kind": "answer"}
                    session.execute(insert(DailyCount).values(answer=f"a.{number}", number=1, **row))
        people.dispose()

    writer = Thread(target=count_on)
    writer.start()
    try:
        archive, manifest = make_backup(settings, tmp_path / "safe")
    finally:
        stop.set()
        writer.join()
    [part] = [part for part in manifest.databases if "people" in part.stores]
    assert part.counts["daily_count"] % 2 == 1  # pairs, and the one of `fill`
    restore_backup(settings, archive, tell=quietly)
    assert len(state(settings)[1]) == part.counts["daily_count"]


# --- the archive --------------------------------------------------------------------------------------


def test_only_its_owner_can_read_a_backup(light: BackupSettings, tmp_path: Path) -> None:
    os.umask(0o022)
    archive, _ = make_backup(light, tmp_path / "safe")
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "safe").stat().st_mode) == 0o700
    assert [path.name for path in (tmp_path / "safe").iterdir()] == [archive.name]
    assert archive.name.startswith(f"tokstret-{today()}-")


def rewritten(archive: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with its files changed."""
    with tarfile.open(archive) as tar:
        files = {member.name: (tar.extractfile(member) or io.BytesIO()).read() for member in tar}
    change(files)
    other = archive.with_name("changed.tar.gz")
    with tarfile.open(other, "w:gz") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return other


def flip(files: dict[str, bytes], name: str) -> None:
    """One bit of a file in the middle."""
    data = bytearray(files[name])
    data[len(data) // 2] ^= 1
    files[name] = bytes(data)


def in_manifest(**changes: object) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        files["manifest.json"] = json.dumps(manifest | changes).encode()

    return change


def wrongly_counted(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    manifest["databases"][0]["counts"]["audit_entry"] += 1
    files["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: flip(files, "content.sqlite"), "content.sqlite is not as it was backed up"),
        (lambda files: flip(files, "secret.key"), "secret.key is not as it was backed up"),
        (lambda files: files.pop("people.sqlite"), "people.sqlite is missing"),
        (lambda files: files.update({"../evil": b"x"}), "does not belong into it"),
        (lambda files: files.pop("manifest.json"), "does not begin with its manifest"),
        (lambda files: files.update({"manifest.json": b"{"}), "The manifest is damaged"),
        (in_manifest(form=2), "of a newer version of Tokstret"),
        (in_manifest(revisions={"content": "content_9999", "people": "people_0001"}), "a newer version"),
        (in_manifest(revisions={}), "schema that this version does not know"),
        (wrongly_counted, "does not have the rows that its manifest counts"),
    ],
)
def test_a_damaged_archive_is_refused_before_anything_is_touched(
    light: BackupSettings, tmp_path: Path, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    archive, _ = make_backup(light, tmp_path / "safe")
    say(light, "joe")
    before = state(light)
    with pytest.raises(BackupError, match=said):
        restore_backup(light, rewritten(archive, change), tell=quietly)
    assert state(light) == before
    assert not light.backup_folder.exists()
    assert not list(light.data_dir.glob(".restore*"))


@pytest.mark.parametrize("kept", [0, 10, 500, 5_000])
def test_an_archive_cut_short_is_refused(light: BackupSettings, tmp_path: Path, kept: int) -> None:
    archive, _ = make_backup(light, tmp_path / "safe")
    archive.write_bytes(archive.read_bytes()[:kept])
    with pytest.raises(BackupError, match=r"is not a backup|is damaged"):
        restore_backup(light, archive, tell=quietly)
    assert state(light)[0] == ["mere"]


def test_every_flipped_byte_of_an_archive_is_found(light: BackupSettings, tmp_path: Path) -> None:
    archive, _ = make_backup(light, tmp_path / "safe")
    whole = archive.read_bytes()
    for place in range(20, len(whole) - 8, len(whole) // 40):
        archive.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(BackupError):
            restore_backup(light, archive, tell=quietly)
    assert state(light)[0] == ["mere"]


def test_a_link_in_an_archive_is_not_followed(light: BackupSettings, tmp_path: Path) -> None:
    archive, _ = make_backup(light, tmp_path / "safe")
    plain = io.BytesIO(gzip.decompress(archive.read_bytes()))
    with tarfile.open(fileobj=plain, mode="a") as tar:
        link = tarfile.TarInfo("content.sqlite")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    archive.write_bytes(gzip.compress(plain.getvalue()))
    with pytest.raises(BackupError, match="does not belong into it"):
        restore_backup(light, archive, tell=quietly)


# --- keys, kinds, first starts ---------------------------------------------------------------------------


def test_a_key_that_is_set_must_be_the_one_of_the_backup(light: BackupSettings, tmp_path: Path) -> None:
    archive, _ = make_backup(light, tmp_path / "safe")
    other = BackupSettings(data_dir=light.data_dir, secret_key=SecretStr("another key"))
    with pytest.raises(BackupError, match="TOKSTRET_SECRET_KEY is not the key of the backup"):
        restore_backup(other, archive, tell=quietly)
    restore_backup(
        BackupSettings(data_dir=light.data_dir, secret_key=SecretStr(SECRET)), archive, tell=quietly
    )


def test_a_key_that_is_set_is_backed_up_too(light: BackupSettings, tmp_path: Path) -> None:
    light.secret_file.unlink()
    set_ = BackupSettings(data_dir=light.data_dir, secret_key=SecretStr(SECRET))
    archive, _ = make_backup(set_, tmp_path / "safe")
    restore_backup(light, archive, tell=quietly)
    assert light.secret_file.read_text() == SECRET


def test_a_backup_goes_to_an_empty_machine(light: BackupSettings, tmp_path: Path) -> None:
    archive, _ = make_backup(light, tmp_path / "safe")
    empty, told = BackupSettings(data_dir=tmp_path / "elsewhere" / "var"), list[str]()
    restore_backup(empty, archive, tell=told.append)
    assert state(empty) == state(light)
    assert "was not backed up" in told[0]


def test_a_store_that_is_no_database_any_more_is_put_aside(light: BackupSettings, tmp_path: Path) -> None:
    archive, _ = make_backup(light, tmp_path / "safe")
    broken = light.data_dir / "content.sqlite"
    broken.write_bytes(b"the disk was full " * 1000)
    restore_backup(light, archive, tell=quietly)
    assert state(light)[0] == ["mere"]
    assert broken.with_name("content.sqlite.damaged").read_bytes().startswith(b"the disk")


def test_a_backup_of_another_kind_of_database_is_refused(
    light: BackupSettings, tmp_path: Path, postgresql: NewDatabase
) -> None:
    archive, _ = make_backup(light, tmp_path / "safe")
    other = BackupSettings(data_dir=light.data_dir, content_db=SecretStr(postgresql()))
    with pytest.raises(BackupError, match="Set the stores' addresses as they were"):
        restore_backup(other, archive, tell=quietly)


def test_before_the_first_start_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no content store yet"):
        make_backup(BackupSettings(data_dir=tmp_path), tmp_path / "safe")
    assert list((tmp_path / "safe").iterdir()) == []


def test_a_tracker_store_that_is_not_there_yet_is_left_out(light: BackupSettings, tmp_path: Path) -> None:
    (light.data_dir / "tracker.sqlite").unlink()
    archive, manifest = make_backup(light, tmp_path / "safe")
    assert [part.file for part in manifest.databases] == ["content.sqlite", "people.sqlite"]
    restore_backup(light, archive, tell=quietly)


def test_the_learnt_index_of_the_other_content_is_forgotten(light: BackupSettings, tmp_path: Path) -> None:
    archive, _ = make_backup(light, tmp_path / "safe")
    light.index_file.write_bytes(b"learnt of something else")
    restore_backup(light, archive, tell=quietly)
    assert not light.index_file.exists()


# --- the command ---------------------------------------------------------------------------------------


@pytest.fixture
def as_set(light: BackupSettings, monkeypatch: pytest.MonkeyPatch) -> BackupSettings:
    monkeypatch.setenv("TOKSTRET_DATA_DIR", str(light.data_dir))
    return light


def test_the_command_backs_up_and_restores(
    as_set: BackupSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["make"]) == 0
    [archive] = as_set.backup_folder.iterdir()
    assert str(archive) in capsys.readouterr().out
    spoil(as_set)
    assert main(["restore", str(archive)]) == 0
    assert "Everything is as it was on" in capsys.readouterr().out
    assert state(as_set)[0] == ["mere"]


def test_the_command_says_what_is_wrong_in_a_sentence(
    as_set: BackupSettings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["restore", str(tmp_path / "nothing.tar.gz")]) == 1
    error = capsys.readouterr().err
    assert "nothing.tar.gz is not a backup" in error
    assert "Traceback" not in error
    assert SECRET not in error


def test_a_password_in_an_address_is_not_told(
    light: BackupSettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = SecretStr("postgresql://tok:hidden-word@127.0.0.1:9/nowhere")
    broken = BackupSettings(data_dir=light.data_dir, content_db=address)
    with pytest.raises(BackupError) as raised:
        make_backup(broken, tmp_path / "safe")
    assert "hidden-word" not in str(raised.value)
