"""The command line of registers: `make import-register ARGS="PH 'DMW licensed agencies' agencies.csv"`.

Shows what a file would change; `--tell` brings it into force, `--undo` takes the newest import back.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from content.csv_text import ENCODINGS
from content.import_views import ImportView
from content.imports import ImportFault, Imports
from content.migrating import migrate
from content.register_files import COLUMNS, DAY_ORDERS
from content.settings import SettingsError, StoreSettings
from content.store import StoreError, open_store

_BY = "command line"
_SHOWN = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 if all went well, 1 with a sentence if not."""
    options = _parser().parse_args(arguments)
    try:
        address = StoreSettings.read().content_address
        migrate(address, "content")
        engine = open_store(address)
        try:
            imports = Imports(engine)
            return _undo(imports, options) if options.undo else _import(imports, options)
        finally:
            engine.dispose()
    except ImportFault as fault:
        return _complain(_FAULTS[fault.reason])
    except (SettingsError, StoreError, OSError) as error:
        return _complain(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make import-register", description="A register of agencies.")
    parser.add_argument("country", help="the country's code, e.g. PH")
    parser.add_argument("register", help="what the authority calls the register")
    parser.add_argument("file", type=Path, nargs="?", help="the register as CSV")
    for column in COLUMNS:
        parser.add_argument(f"--{column.replace('_', '-')}", metavar="HEAD", help=f"the column with {column}")
    parser.add_argument("--days", choices=DAY_ORDERS, help="how days are written")
    parser.add_argument("--encoding", choices=ENCODINGS, help="how letters are written (default: what fits)")
    parser.add_argument("--tell", action="store_true", help="bring it into force")
    parser.add_argument("--undo", action="store_true", help="go back to the import before the newest")
    return parser


def _import(imports: Imports, options: argparse.Namespace) -> int:
    if options.file is None:
        return _complain("which file?")
    content = options.file.read_bytes()
    begun = imports.begin_register(options.country, options.register, options.file.name, content, by=_BY)
    view = imports.view(begun)
    if view is None:
        raise ImportFault("decided-already")
    given = {column: getattr(options, column) for column in COLUMNS if getattr(options, column)}
    imports.choose(
        begun,
        columns={**view.columns, **given},
        encoding=options.encoding or view.encoding,
        days=options.days or view.days,
    )
    view = imports.view(begun) or view
    _say(*_told(view))
    if options.tell and view.fault is None and not view.wrong:
        imports.tell(begun, seal=view.seal, by=_BY)
        _say("It is in force now.")
        return 0
    imports.give_up(begun)
    _say("Nothing was changed." if options.tell else "Nothing was changed: --tell brings it into force.")
    return 1 if view.fault is not None or view.wrong else 0


def _told(view: ImportView) -> list[str]:
    """What an import would change, as lines."""
    if view.fault is not None:
        return [f"The file cannot be read: {view.fault}. Its columns: {', '.join(view.heads)}"]
    cells = [
        f"  row {cell.row}, {cell.column}: {cell.reason} {cell.value}".rstrip()
        for cell in view.wrong[:_SHOWN]
    ]
    numbers = ", ".join(f"{kind} {view.number(kind)}" for kind in ("added", "changed", "removed"))
    return [f"{view.rows} rows: {numbers}; wrong cells: {len(view.wrong)}", *cells]


def _undo(imports: Imports, options: argparse.Namespace) -> int:
    newest = imports.newest_told(options.country, options.register)
    if newest is None:
        return _complain("nothing of this register is in force")
    imports.undo(newest, by=_BY)
    _say("Undone.")
    return 0


_FAULTS = {
    "which-register": "there is no such country in the library, or the register has no name",
    "changed-meanwhile": "something changed meanwhile; please try again",
    "decided-already": "this was decided already",
    "not-the-newest": "only the newest import can be undone",
    "too-long-ago": "what was there before is kept no longer",
    "still-wrong": "the file cannot be imported yet",
}


def _say(*lines: str) -> None:
    for line in lines:
        print(line)


def _complain(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
