"""Registers of agencies as authorities publish them: which column says what, and what is wrong with a row.

Not here: CSV itself (`content.csv_text`), keeping a register (`content.imports`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from content.csv_text import CellError, Table
from content.search.normalise import normalise

COLUMNS = ("name", "licence", "status", "valid_from", "valid_until", "address")
"""What a register may say of an agency; of these the first is needed."""

type DayOrder = Literal["ymd", "dmy", "mdy"]
DAY_ORDERS: tuple[DayOrder, ...] = ("ymd", "dmy", "mdy")
_FORMATS: Mapping[str, tuple[str, ...]] = {
    "ymd": ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    "dmy": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y"),
    "mdy": ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y"),
}
_NO_DAY = {"", "-", "–", "n/a", "na", "nil", "none"}
_GUESSES: Mapping[str, tuple[str, ...]] = {
    "name": ("agency name", "name of agency", "agency", "company name", "company", "name", "licensee"),
    "licence": ("licence number", "license number", "licence no", "license no", "licence", "license"),
    "status": ("status", "licence status", "license status"),
    "valid_from": ("valid from", "issue date", "date of issue", "issued on", "date issued", "issued"),
    "valid_until": ("valid until", "expiry date", "expiration date", "valid to", "date of expiry", "expires"),
    "address": ("address", "office address", "business address", "location"),
}


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency as a register has it."""

    name: str
    licence: str
    status: str
    valid_from: date | None
    valid_until: date | None
    address: str

    @property
    def identity(self) -> tuple[str, str]:
        """By what an agency is known from one file to the next: its licence number, else its name."""
        return ("licence", number_of(self.licence)) if self.licence else ("name", normalise(self.name))


def number_of(licence: str) -> str:
    """A licence number as it is compared: letters and digits only."""
    return "".join(letter for letter in licence.casefold() if letter.isalnum())


def guessed_columns(heads: Sequence[str]) -> dict[str, str]:
    """Which column probably says what."""
    plain = {normalise(head): head for head in heads if head}
    found = {}
    for column, guesses in _GUESSES.items():
        if head := next((plain[guess] for guess in guesses if guess in plain), ""):
            found[column] = head
    return found


def fits(columns: Mapping[str, str], heads: Sequence[str]) -> bool:
    """Whether a file has all the columns that are wanted of it."""
    return bool(columns.get("name")) and all(head in heads for head in columns.values())


def agencies_in(
    table: Table, columns: Mapping[str, str], days: str
) -> tuple[list[AgencyRow], list[CellError]]:
    """The agencies of a file, and everything that is wrong in it by row and column."""
    rows: list[AgencyRow] = []
    wrong: list[CellError] = []
    seen: dict[tuple[str, str], int] = {}
    for line, cells in zip(table.lines, table.rows, strict=True):
        told = {column: cells.get(columns.get(column, ""), "") for column in COLUMNS}

        def note(column: str, reason: str, value: str = "", *, line: int = line) -> None:
            wrong.append(CellError(line, columns.get(column, column), reason, value))

        if not normalise(told["name"]):
            note("name", "no-name", told["name"])
            continue
        row = AgencyRow(
            name=told["name"],
            licence=told["licence"],
            status=told["status"],
            valid_from=_day(told["valid_from"], days, "valid_from", note),
            valid_until=_day(told["valid_until"], days, "valid_until", note),
            address=told["address"],
        )
        if row.valid_from and row.valid_until and row.valid_until < row.valid_from:
            note("valid_until", "ends-first", told["valid_until"])
        first = seen.setdefault(row.identity, line)
        if first != line:
            note("licence" if row.licence else "name", "stands-twice", str(first))
        rows.append(row)
    return rows, wrong


def _day(text: str, days: str, column: str, note: Callable[..., None]) -> date | None:
    if text.casefold() in _NO_DAY:
        return None
    plain = text.partition("T")[0].removesuffix(" 00:00:00").removesuffix(" 0:00").strip()
    for form in (*_FORMATS["ymd"][:1], *_FORMATS.get(days, ())):
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    note(column, "not-a-day", text)
    return None
