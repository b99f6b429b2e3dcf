"""Files of staff: registers of agencies and services, with a look at what changes before, and an undo after.

Not here: what a file would change (`content.import_views`), the steps (`content.imports`).
"""

import re

from starlette.responses import Response
from starlette.routing import Route

from bot.console.console import Console
from bot.console.csv_file import csv_response
from bot.console.door import Visit
from bot.problems import Problem
from content.csv_text import ENCODINGS
from content.import_views import ImportView, import_rows, register_rows
from content.imports import ImportFault, Imports
from content.register_files import COLUMNS, DAY_ORDERS
from content.service_files import HEADS, NEEDED, row_of
from content.sheets import SERVICES
from content.shelves import Shelves

_REFUSED = 422
_SHOWN = 100
_ID = re.compile(r"[0-9]{1,9}")
MOST_BYTES = 10 * 1024 * 1024
PLACE = "/library/imports"


class ImportPages:
    """The pages under `/staff/library/imports`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._imports = Imports(console.content)
        self._shelves = Shelves(console.content, console.editorial.languages)

    def index(self, visit: Visit) -> Response:
        """The registers, the forms to send a file, and the last files."""
        return self._index(visit)

    def begin(self, visit: Visit) -> Response:
        """Take a file in, and go on to what it would change."""
        file, by = visit.file("file"), visit.member.name
        content = file.file.read(MOST_BYTES + 1) if file else b""
        if file is None or not content:
            return self._index(visit, wrong="no-file")
        if len(content) > MOST_BYTES:
            return self._index(visit, wrong="too-big")
        name = file.filename or ""
        if visit.field("kind") == "services":
            return self._to(self._imports.begin_services(name, content, by=by))
        country, register = visit.field("country"), visit.field("register")
        try:
            return self._to(self._imports.begin_register(country, register, name, content, by=by))
        except ImportFault as fault:
            return self._index(visit, wrong=fault.reason)

    def show(self, visit: Visit) -> Response:
        """One import: what it would change, or has changed."""
        return self._show(visit, self._found(visit))

    def decide(self, visit: Visit) -> Response:
        """Read the file otherwise, tell it, undo it or throw it away; `do` says which."""
        view, do = self._found(visit), visit.field("do")
        try:
            if do == "choose":
                self._choose(visit, view)
                return self._to(view.id)
            if do == "tell":
                self._imports.tell(view.id, seal=visit.field("seal"), by=visit.member.name)
                return self._console.done(f"{PLACE}/{view.id}", "file-told")
            if do == "undo":
                left = self._imports.undo(view.id, by=visit.member.name)
                return self._console.done(f"{PLACE}/{view.id}", "file-undone", left=" ".join(left[:_SHOWN]))
            if do == "give-up":
                self._imports.give_up(view.id)
                return self._console.done(PLACE, "file-given-up")
        except ImportFault as fault:
            return self._show(visit, self._found(visit), wrong=fault.reason)
        raise Problem("bad-request")

    def services(self, _visit: Visit) -> Response:
        """All services as the table that can be sent in again."""
        rows = sorted(self._shelves.rows(SERVICES), key=lambda row: (row.country, row.id))
        sheets = [self._shelves.sheet(SERVICES, row.id) for row in rows]
        return csv_response("services", HEADS, [row_of(sheet) for sheet in sheets if sheet])

    # ----------------------------------------------------------------------------------------------

    def _choose(self, visit: Visit, view: ImportView) -> None:
        columns = {column: visit.field(f"column.{column}") for column in COLUMNS}
        self._imports.choose(
            view.id, columns=columns, encoding=visit.field("encoding"), days=visit.field("days")
        )

    def _index(self, visit: Visit, wrong: str = "") -> Response:
        return self._console.page(
            visit,
            "imports.html",
            status=_REFUSED if wrong else 200,
            here="library",
            wrong=wrong,
            typed={name: visit.field(name) for name in ("country", "register")},
            registers=register_rows(self._console.content),
            imports=import_rows(self._console.content),
            countries=self._shelves.names()["country"],
            heads=HEADS,
            needed=NEEDED,
        )

    def _show(self, visit: Visit, view: ImportView, wrong: str = "") -> Response:
        return self._console.page(
            visit,
            "import.html",
            status=_REFUSED if wrong else 200,
            here="library",
            view=view,
            wrong=wrong,
            left=visit.query.get("left", "").split(),
            columns=COLUMNS,
            encodings=ENCODINGS,
            day_orders=DAY_ORDERS,
            shown=_SHOWN,
        )

    def _found(self, visit: Visit) -> ImportView:
        asked = visit.named("import")
        view = self._imports.view(int(asked)) if _ID.fullmatch(asked) else None
        if view is None:
            raise Problem("not-found")
        return view

    def _to(self, id_: int) -> Response:
        return self._console.done(f"{PLACE}/{id_}", "file-begun")


def routes(console: Console) -> list[Route]:
    """The routes of imports; they stand before those of kinds."""
    pages, page = ImportPages(console), console.door.page
    return [
        page(PLACE, pages.index, "reviewer"),
        page(PLACE, pages.begin, "reviewer", methods=("POST",)),
        page(f"{PLACE}/services.csv", pages.services, "editor"),
        page(f"{PLACE}/{{import}}", pages.show, "reviewer"),
        page(f"{PLACE}/{{import}}", pages.decide, "reviewer", methods=("POST",)),
    ]
