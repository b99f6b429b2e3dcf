"""Making a backup, while the product runs or not."""

import tempfile
from datetime import UTC
from pathlib import Path

from content.backup.archive import SECRET, BackupError, DatabasePart, Manifest, Store, pack, sum_of
from content.backup.settings import BackupSettings
from content.backup.stores import databases_of
from content.clock import now

_PRIVATE_FOLDER = 0o700


def make_backup(settings: BackupSettings, folder: Path, *, name: str = "tokstret") -> tuple[Path, Manifest]:
    """Write all stores and the secret key into one archive in a folder, named by date and time (UTC).

    BackupError if a store cannot be read. A tracker store that is not there yet is left out.
    """
    made_at = now().replace(microsecond=0)
    folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    with tempfile.TemporaryDirectory(prefix=".tokstret-", dir=folder) as inside:
        work = Path(inside)
        parts, revisions = _dump(settings, work)
        if (secret := settings.secret()) is not None:
            (work / SECRET).write_bytes(secret)
        manifest = Manifest(
            made_at=made_at.replace(tzinfo=UTC),
            revisions=revisions,
            databases=tuple(parts),
            files={path.name: sum_of(path) for path in sorted(work.iterdir())},
        )
        archive = folder / f"{name}-{made_at:%Y-%m-%d-%H%M%S}.tar.gz"
        pack(manifest, work, archive)
    return archive, manifest


def _dump(settings: BackupSettings, work: Path) -> tuple[list[DatabasePart], dict[Store, str]]:
    parts: list[DatabasePart] = []
    revisions: dict[Store, str] = {}
    for stores, database in databases_of(settings).items():
        if not database.exists:
            if stores == ("tracker",):
                continue
            raise BackupError(f"There is no {stores[0]} store yet; there is nothing to back up.")
        file = work / f"{'-'.join(stores)}.{database.suffix}"
        found = database.dump(file)
        for store in stores:
            if store != "tracker":
                if store not in found.revisions:
                    raise BackupError(f"The {store} store has no schema yet; run `make migrate` first.")
                revisions[store] = found.revisions[store]
        parts.append(
            DatabasePart(file=file.name, kind=database.kind, stores=stores, counts=dict(found.counts))
        )
    return parts, revisions
