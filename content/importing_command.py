"""The command line of the importer: `python -m content.importer`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from content.folder import LibraryError, read_library, read_without_faulty
from content.importer import Report, import_library
from content.migrating import migrate
from content.settings import SettingsError, StoreSettings
from content.stamping import outdated_translations, stamp
from content.store import StoreError, open_store

_LIBRARY = Path("content/library")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 if all went in, 1 if there are problems or conflicts."""
    options = _parser().parse_args(arguments)
    if not (options.library / "answers").is_dir():
        return _complain(f"{options.library}: there is no library here (no folder answers)")
    if options.stamp:
        return _stamp(options.library)
    if options.outdated:
        return _list_outdated(options.library)
    try:
        return _check(options.library) if options.check else _import(options)
    except (LibraryError, SettingsError, StoreError) as error:
        return _complain(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m content.importer", description="Library into store.")
    parser.add_argument("--library", type=Path, default=_LIBRARY, help="the folder (default: %(default)s)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="name everything wrong, import nothing")
    what.add_argument("--stamp", action="store_true", help="fill `translation.of: pending`, import nothing")
    what.add_argument("--outdated", action="store_true", help="list outdated translations, import nothing")
    parser.add_argument("--skip-faulty", action="store_true", help="import what is whole, name the rest")
    parser.add_argument("--withdraw-missing", action="store_true", help="withdraw what left the library")
    return parser


def _import(options: argparse.Namespace) -> int:
    if options.skip_faulty:
        library, problems = read_without_faulty(options.library)
    else:
        library, problems = read_library(options.library), []
    address = StoreSettings.read().content_address
    migrate(address, "content")
    engine = open_store(address)
    try:
        report = import_library(engine, library, withdraw_missing=options.withdraw_missing)
    finally:
        engine.dispose()
    _say(*summary(report))
    for problem in problems:
        _complain(str(problem))
    return 1 if report.conflicts or problems else 0


def summary(report: Report) -> list[str]:
    """The report as lines."""
    numbers = {
        "new": len(report.added),
        "changed": len(report.changed),
        "removed": len(report.removed),
        "unchanged": report.unchanged,
        "in conflict": len(report.conflicts),
    }
    return [
        "Library imported; items " + ", ".join(f"{what}: {number}" for what, number in numbers.items()),
        *(f"  not imported: {conflict}" for conflict in report.conflicts),
        *(f"  no longer in the library, still in the store: {id_}" for id_ in report.missing),
    ]


def _check(folder: Path) -> int:
    library = read_library(folder)
    texts = sum(len(answer.texts) for answer in library.answers.values())
    _say(f"The library is whole: {len(library.answers)} answers, {texts} texts.")
    return 0


def _stamp(folder: Path) -> int:
    changed = stamp(folder)
    _say(*(f"stamped {path}" for path in changed), f"{len(changed)} files stamped.")
    return 0


def _list_outdated(folder: Path) -> int:
    found = outdated_translations(folder)
    _say(*(f"{path}: {name}" for path, name in found), f"{len(found)} outdated translations.")
    return 1 if found else 0


def _say(*lines: str) -> None:
    for line in lines:
        print(line)


def _complain(text: str) -> int:
    print(text, file=sys.stderr)
    return 1
