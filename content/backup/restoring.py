"""Restoring a backup: everything is checked and made ready beside before anything is touched."""

import hmac
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util import CommandError

from content.backup.archive import PRIVATE, SECRET, BackupError, Manifest, Store, unpack
from content.backup.databases import Database
from content.backup.making import make_backup
from content.backup.settings import BackupSettings
from content.backup.stores import databases_of
from content.migrating import migration_config
from content.store import StoreName

type Tell = Callable[[str], None]
_SCHEMAS: tuple[StoreName, ...] = ("content", "people")


def restore_backup(
    settings: BackupSettings, archive: Path, *, force: bool = False, tell: Tell = print
) -> Manifest:
    """Put what an archive holds in the place of what is in the stores.

    BackupError, before anything is touched, if the archive is damaged, is of a newer version or of other
    kinds of databases, or if the product is running (unless forced). What was there is backed up first.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.data_dir) as inside:
        work = Path(inside)
        manifest = unpack(archive, work)
        databases = _fitting(settings, manifest)
        _check_revisions(manifest)
        _check_secret(settings, work / SECRET)
        for part in manifest.databases:
            databases[part.stores].check(work / part.file, part.counts)
        for part in manifest.databases:
            databases[part.stores].prepare(work / part.file)
        if not force:
            _check_idle(databases)
        _keep_what_is_there(settings, tell)
        for part in manifest.databases:
            databases[part.stores].restore(work / part.file)
            tell(f"Restored: {', '.join(part.stores)} ({sum(part.counts.values())} rows).")
        _put_secret(settings, work / SECRET)
    settings.index_file.unlink(missing_ok=True)
    return manifest


def _fitting(settings: BackupSettings, manifest: Manifest) -> Mapping[tuple[Store, ...], Database]:
    """The databases of the settings, if they are those of the backup; BackupError else."""
    databases = databases_of(settings)
    for part in manifest.databases:
        database = databases.get(part.stores)
        if database is None or database.kind != part.kind:
            raise BackupError(
                f"The backup has {' and '.join(part.stores)} in a {part.kind} database; the settings do not. "
                "Set the stores' addresses as they were; docs/backup.md says how to move."
            )
    return databases


def _check_revisions(manifest: Manifest) -> None:
    for store in _SCHEMAS:
        script = ScriptDirectory.from_config(migration_config(store))
        try:
            script.get_revision(manifest.revisions.get(store, "none"))
        except CommandError as error:
            raise BackupError(
                f"The backup's {store} store has a schema that this version does not know. "
                "It was made by a newer version of Tokstret: restore it with that one."
            ) from error


def _check_secret(settings: BackupSettings, backed_up: Path) -> None:
    """A key that is set must be the one of the backup, or its encrypted parts could not be read."""
    if settings.secret_key is None or not backed_up.exists():
        return
    if not hmac.compare_digest(settings.secret_key.get_secret_value().encode(), backed_up.read_bytes()):
        raise BackupError(
            "TOKSTRET_SECRET_KEY is not the key of the backup. Set it to that key, or unset it: "
            "then the backup's key is put into the data folder."
        )


def _check_idle(databases: Mapping[tuple[Store, ...], Database]) -> None:
    for stores, database in databases.items():
        if database.is_in_use():
            raise BackupError(
                f"The {stores[0]} store is in use. Stop Tokstret first. If you must restore while it runs, "
                "force it, and start Tokstret again afterwards."
            )


def _keep_what_is_there(settings: BackupSettings, tell: Tell) -> None:
    try:
        archive, _ = make_backup(settings, settings.backup_folder, name="before-restore")
    except BackupError as error:
        tell(f"What is there now was not backed up: {error}")
    else:
        tell(f"What was there is kept in {archive}")


def _put_secret(settings: BackupSettings, backed_up: Path) -> None:
    if settings.secret_key is not None or not backed_up.exists():
        return
    beside = settings.secret_file.with_name(".secret.key.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as file:
        file.write(backed_up.read_bytes())
    beside.replace(settings.secret_file)
