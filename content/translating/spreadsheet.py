"""CSV, the format of spreadsheets: a row for each title and each body, UTF-8 with a byte order mark.

A cell that a spreadsheet would take for a formula (a list begins with `-`) goes out behind an apostrophe,
which is taken off again when the file comes back.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from content.translating.texts import WorkText
from content.translating.units import MOST_UNITS, FileFault, UnitIn, check_language, plain_lines, units_out

CONTENT_TYPE = "text/csv; charset=utf-8"
COLUMNS = ("key", "variant", "part", "source", "target", "state", "meaning", "language")
_NEEDED = ("key", "variant", "part", "target", "meaning")
# What a translator writes into the column `state` to say that a text is right as it stands.
_FINISHED = frozenset({"translated", "final", "reviewed", "done"})
_SEPARATORS = ",;\t"
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def written(texts: Iterable[WorkText], language: str) -> bytes:
    """The file for a language."""
    out = StringIO(newline="")
    sheet = csv.writer(out, quoting=csv.QUOTE_ALL)
    sheet.writerow(COLUMNS)
    for unit in units_out(texts):
        text = unit.text
        words = [_guarded(unit.source), _guarded(unit.target)]
        sheet.writerow([text.key, text.variant, unit.part, *words, unit.state, text.meaning, language])
    return out.getvalue().encode("utf-8-sig")


def read(content: bytes, language: str) -> list[UnitIn]:
    """The units of a file that came back; raises FileFault if it cannot be read."""
    text = _decoded(content)
    units: list[UnitIn] = []
    for number, row in _rows(text):
        check_language(row.get("language", ""), language)
        if len(units) >= MOST_UNITS:
            raise FileFault("too-many", most=MOST_UNITS)
        units.append(
            UnitIn(
                id="/".join(row.get(name, "").strip() for name in ("key", "variant", "part")),
                target=plain_lines(_unguarded(row.get("target", ""))),
                meaning=_unguarded(row.get("meaning", "")).strip(),
                finished=row.get("state", "").strip().lower() in _FINISHED,
                line=number,
            )
        )
    return units


def _guarded(cell: str) -> str:
    return f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-16" if content.startswith(_UTF16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileFault("not-utf8") from None


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that are not empty, numbered as a spreadsheet numbers them."""
    number = 1
    rows = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        names = [name.strip().lower() for name in next(rows, [])]
        if missing := [name for name in _NEEDED if name not in names]:
            raise FileFault("columns", names=", ".join(missing))
        for number, row in enumerate(rows, start=2):
            if any(cell.strip() for cell in row):
                yield number, dict(zip(names, row, strict=False))
    except csv.Error:
        raise FileFault("broken-row", line=number + 1) from None


def _separator(text: str) -> str:
    """Spreadsheets of some countries write semicolons."""
    first = text.partition("\n")[0]
    return max(_SEPARATORS, key=first.count)
