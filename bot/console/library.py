"""The library's shelves: kinds of services and records with what is due, and the lists of each.

Not here: answers (`answers`), one record (`records`).
"""

from starlette.responses import Response
from starlette.routing import Route

from bot.console.console import Console
from bot.console.door import Visit
from bot.problems import Problem
from content.fields import SOURCE_LANGUAGE
from content.sheets import Kind, kind_named
from content.shelves import ShelfRow, Shelves

ON_A_PAGE = 50
DUE = ("overdue", "due")


class Library:
    """The pages that look at many records."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shelves = Shelves(console.content, console.editorial.languages)

    def index(self, visit: Visit) -> Response:
        """All kinds, with their numbers and what is due."""
        return self._console.page(visit, "library.html", here="library", counts=self._shelves.counts())

    def shelf(self, visit: Visit) -> Response:
        """All records of a kind that fit; htmx gets the table alone."""
        kind = kind_of(visit)
        words, due = visit.query.get("words", "").strip(), visit.query.get("due", "")
        country = visit.query.get("country", "")
        rows = self._shelves.rows(kind)
        found = [
            row
            for row in rows
            if row.has(words) and (not country or row.country == country) and _is_due(row, due)
        ]
        page = page_asked(visit)
        return self._console.page(
            visit,
            "_library_table.html" if visit.is_piece else "library_shelf.html",
            here="library",
            kind=kind,
            rows=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
            number=len(found),
            page=page,
            pages=max(1, -(-len(found) // ON_A_PAGE)),
            wanted={"words": words, "due": due, "country": country},
            countries=sorted({row.country for row in rows if row.country}),
            dues=DUE,
            all_languages=[code for code in self._shelves.languages if code != SOURCE_LANGUAGE],
        )


def kind_of(visit: Visit) -> Kind:
    """The kind that an address names; raises Problem if there is none such."""
    kind = kind_named(visit.named("kind"))
    if kind is None:
        raise Problem("not-found")
    return kind


def page_asked(visit: Visit) -> int:
    """Which page of a list an address asks for."""
    asked = visit.query.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() else 1


def _is_due(row: ShelfRow, due: str) -> bool:
    return not due or (row.is_due if due == "overdue" else row.is_due_soon)


def routes(console: Console) -> list[Route]:
    """The routes of the lists; those of single records stand beside them."""
    library, page = Library(console), console.door.page
    return [
        page("/library", library.index, "editor"),
        page("/library/{kind}", library.shelf, "editor"),
    ]
