"""The archive file of a backup: a manifest, then the files it lists, each with its SHA-256.

Nothing of an archive is believed before it was checked: names, kinds, sizes and sums.
Not here: how the files are made of stores (`making`) and become stores again (`restoring`).
"""

import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

PRIVATE = 0o600
SECRET = "secret.key"  # noqa: S105 - a file's name
_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 1024 * 1024
_AT_ONCE = 1024 * 1024

FileName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]*\.(sqlite|dump|key)$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Store = Literal["content", "people", "tracker"]
Kind = Literal["sqlite", "postgresql"]


class BackupError(Exception):
    """A backup cannot be made or restored; the message says why, and that nothing was changed if so."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileSum(_Part):
    """How large a file is, and its sum."""

    size: int = Field(ge=0)
    sha256: Sha256


class DatabasePart(_Part):
    """A database in the archive: which stores are in it, and how many rows each table has."""

    file: FileName
    kind: Kind
    stores: tuple[Store, ...] = Field(min_length=1)
    counts: dict[str, int]


class Manifest(_Part):
    """What an archive holds. `revisions` are those of the schemas, by store."""

    form: Literal[1] = 1
    made_at: datetime
    revisions: dict[Store, str]
    databases: tuple[DatabasePart, ...] = Field(min_length=1)
    files: dict[FileName, FileSum]

    def counted(self) -> dict[str, int]:
        """Rows of each database, by its file."""
        return {part.file: sum(part.counts.values()) for part in self.databases}


def sum_of(path: Path) -> FileSum:
    """The size and sum of a file."""
    with path.open("rb") as file:
        return FileSum(size=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest())


def pack(manifest: Manifest, folder: Path, archive: Path) -> None:
    """Write the archive, readable by its owner alone; it appears under its name when it is whole."""
    unfinished = archive.with_name(f".{archive.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", format=tarfile.PAX_FORMAT) as tar:
            text = manifest.model_dump_json(indent=1).encode()
            _add(tar, _MANIFEST, len(text), io.BytesIO(text))
            for name, known in manifest.files.items():
                with (folder / name).open("rb") as part:
                    _add(tar, name, known.size, part)
        file.flush()
        os.fsync(file.fileno())
    if archive.exists():
        unfinished.unlink()
        raise BackupError(f"{archive} is there already; it was left as it is.")
    unfinished.rename(archive)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Put the files of an archive into a folder; BackupError if anything about them is not as it must be."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            manifest = _manifest_of(tar)
            seen = {}
            while (member := tar.next()) is not None:
                if not member.isreg() or member.name not in manifest.files or member.name in seen:
                    raise BackupError(f"{archive} is damaged: {member.name!r} does not belong into it.")
                seen[member.name] = _take_out(tar, member, folder / member.name)
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise BackupError(f"{archive} is not a backup, or it is damaged: {error}") from error
    _compare(archive, manifest.files, seen)
    return manifest


def _manifest_of(tar: tarfile.TarFile) -> Manifest:
    member = tar.next()
    if member is None or member.name != _MANIFEST or not member.isreg() or member.size > _LARGEST_MANIFEST:
        raise BackupError(f"{tar.name!s} is not a backup: it does not begin with its manifest.")
    file = tar.extractfile(member)
    try:
        manifest = Manifest.model_validate_json(file.read() if file else b"")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]["msg"]
        raise BackupError(f"The manifest is damaged, or of a newer version of Tokstret: {first}.") from error
    if not {part.file for part in manifest.databases} <= manifest.files.keys():
        raise BackupError("The manifest is damaged: it names a database that it does not list.")
    return manifest


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> FileSum:
    """Write a member to a file; its size and sum as they were read."""
    source, digest, size = tar.extractfile(member), hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as target:
        while source and (piece := source.read(_AT_ONCE)):
            digest.update(piece)
            size += target.write(piece)
    return FileSum(size=size, sha256=digest.hexdigest())


def _compare(archive: Path, listed: Mapping[str, FileSum], seen: Mapping[str, FileSum]) -> None:
    if missing := sorted(listed.keys() - seen.keys()):
        raise BackupError(f"{archive} is damaged: {', '.join(missing)} is missing.")
    if changed := sorted(name for name in listed if listed[name] != seen[name]):
        raise BackupError(f"{archive} is damaged: {', '.join(changed)} is not as it was backed up.")


def _add(tar: tarfile.TarFile, name: str, size: int, file: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, PRIVATE
    tar.addfile(member, file)
