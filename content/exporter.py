"""Store → library files: what is published, in a form that imports again to the same store.

A file whose content is as it should be is left alone, so that what a person wrote keeps its form.
Drafts, old revisions, the audit log and what is withdrawn are not exported: backups keep those.

`python -m content.exporter --help` says what it can do from the command line.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from content.export_files import library_files
from content.export_records import record_form
from content.records import KINDS
from content.schema import file_form
from content.settings import SettingsError, StoreSettings
from content.store import StoreError, open_store, reading
from content.stored import stored_items
from content.yaml_text import dump, load

_LIBRARY = Path("content/library")
_FOLDERS = ("answers", "services", "gazetteers", *(kind.folder for kind in KINDS))


@dataclass(slots=True)
class Exported:
    """What an export did: files written, files left alone, and files that the store knows nothing of."""

    written: list[Path] = field(default_factory=list)
    unchanged: int = 0
    unknown: list[Path] = field(default_factory=list)


def export_library(engine: Engine, folder: Path) -> Exported:
    """Write everything published into a library folder."""
    with reading(engine) as session:
        files = library_files(list(stored_items(session)))
    exported = Exported()
    for name, content in files.items():
        path, text = folder / name, dump(content)
        if _says_the_same(path, text):
            exported.unchanged += 1
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            exported.written.append(path)
    exported.unknown = sorted(set(_library_paths(folder)) - {folder / name for name in files})
    return exported


def _says_the_same(path: Path, text: str) -> bool:
    """Whether the file there has the same content already, in whatever form."""
    form = record_form(path) or file_form(path)
    try:
        return form.model_validate(load(path.read_text(encoding="utf-8"))) == form.model_validate(load(text))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError):
        return False


def _library_paths(folder: Path) -> Iterator[Path]:
    for name in _FOLDERS:
        yield from (folder / name).rglob("*.yml")


def _export(address: str, folder: Path) -> Exported:
    engine = open_store(address)
    try:
        return export_library(engine, folder)
    except DBAPIError as error:
        raise StoreError(f"The content store cannot be read, or is not migrated: {error.orig}") from error
    finally:
        engine.dispose()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 1 with a sentence if the store cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m content.exporter", description="Store into library.")
    parser.add_argument("--library", type=Path, default=_LIBRARY, help="the folder (default: %(default)s)")
    folder: Path = parser.parse_args(arguments).library
    try:
        exported = _export(StoreSettings.read().content_address, folder)
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Library exported: {len(exported.written)} files written, {exported.unchanged} unchanged.")
    for path in exported.unknown:
        print(f"  not in the store, left alone: {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
