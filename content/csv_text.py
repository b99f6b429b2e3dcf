"""CSV files as offices make them: their encoding and separator found, every row with its number.

Not here: what the columns mean (`content.register_files`, `content.service_files`).
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from content.words import Saying

ENCODINGS = ("utf-8-sig", "cp1252")
"""What a file may be written in; the first one also reads UTF-8 without a mark."""

_SEPARATORS = ",;\t|"
_PEEKED = 64 * 1024
MOST_ROWS = 100_000


class CsvError(Exception):
    """A file is no table.

    `reason` is `empty`, `encoding`, `not-a-table`, `too-long` or `twice`; who knows what the columns mean
    adds `no-columns` and `missing-heads`.
    """

    def __init__(self, reason: str, value: str = "") -> None:
        super().__init__(f"{reason} {value}".strip())
        self.reason = reason
        self.value = value


@dataclass(frozen=True, slots=True)
class Table:
    """The heads of a file, and its rows by head; `lines` are their numbers in an office program."""

    heads: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    lines: tuple[int, ...]
    encoding: str


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with a cell: its row, its column, the id of a sentence, and what stands in it."""

    row: int
    column: str
    reason: str
    value: str | Saying = ""


def read_table(content: bytes, encoding: str = "") -> Table:
    """The table in a file, in an encoding or in the first that fits; raises CsvError."""
    text, found = _decoded(content, encoding)
    if not text.strip():
        raise CsvError("empty")
    read: list[list[str]] = []
    try:
        read.extend(csv.reader(io.StringIO(text, newline=""), _dialect(text), strict=True))
    except csv.Error as error:
        raise CsvError("not-a-table", f"{len(read) + 1}: {error}") from None
    filled = [(number, row) for number, row in enumerate(read, start=1) if any(cell.strip() for cell in row)]
    if len(filled) < 2:  # noqa: PLR2004 - the heads and a row
        raise CsvError("empty")
    if len(filled) > MOST_ROWS:
        raise CsvError("too-long", str(MOST_ROWS))
    heads = _heads(filled[0][1])
    return Table(
        heads,
        tuple(_row(heads, row) for _, row in filled[1:]),
        tuple(number for number, _ in filled[1:]),
        found,
    )


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    for each in (encoding,) if encoding in ENCODINGS else ENCODINGS:
        try:
            return content.decode(each), each
        except UnicodeDecodeError:
            continue
    raise CsvError("encoding", encoding)


def _dialect(text: str) -> type[csv.Dialect]:
    """Separated by whatever stands most often in the first line; quoted as Excel quotes."""
    head = text[:_PEEKED].lstrip().splitlines()[0]

    class Found(csv.excel):
        delimiter = max(_SEPARATORS, key=head.count)

    return Found


def _heads(row: Sequence[str]) -> tuple[str, ...]:
    heads = tuple(" ".join(cell.split()) for cell in row)
    named = [head for head in heads if head]
    if twice := next((head for head in named if named.count(head) > 1), ""):
        raise CsvError("twice", twice)
    return heads


def _row(heads: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """By head, on one line each; an apostrophe that only kept an office program from calculating goes."""
    cells = [*row, *([""] * (len(heads) - len(row)))]
    return {head: _harmful(" ".join(cell.split())) for head, cell in zip(heads, cells, strict=False) if head}


def _harmful(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell
