"""Tables as CSV files that office programs open as they are."""

import csv
import io
from collections.abc import Iterable, Sequence

from starlette.responses import Response

from bot.pages import NOT_KEPT

# A cell that begins so would be run as a formula: somebody may have written it as a question.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table to keep as a file. It begins with the mark by which Excel knows UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": NOT_KEPT}
    return Response(
        text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers
    )


def harmless(cell: object) -> str:
    """A cell as no office program runs it: an apostrophe before what would be a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
