"""Services as a table: one row each, so that a centre can keep them in the program it knows.

The heads are those of `HEADS`; words are in English, other languages stay as they are in the store.
Not here: CSV itself (`content.csv_text`), keeping them (`content.imports`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from content.csv_text import CellError, Table
from content.fields import SOURCE_LANGUAGE
from content.record_rules import SheetError, checked_words
from content.records import RecordWords
from content.schema_errors import faults_of
from content.sheet_changes import with_facts
from content.sheets import SERVICE_WORDS, SERVICES, Sheet

_PLAIN = ("id", "country", "kind")
_LISTS = ("phones", "danger_kinds")
_SOURCE = ("source_title", "source_publisher", "source_url", "source_as_of")
HEADS = (
    *_PLAIN,
    *SERVICE_WORDS.values(),
    *_LISTS,
    "messaging",
    "checked_on",
    "note",
    *_SOURCE,
)
NEEDED = ("id", "country", "kind", "name", "who_for", "checked_on", "source_title", "source_publisher")
_BETWEEN = "; "


def row_of(sheet: Sheet) -> list[str]:
    """A service as a row of the table."""
    facts, words = sheet.facts, sheet.said(SOURCE_LANGUAGE)
    told = {key: str(facts.get(key) or "") for key in (*_PLAIN, "checked_on", "note")}
    told |= {key: words.get(slot, "") for slot, key in SERVICE_WORDS.items()}
    told |= {key: _BETWEEN.join(facts.get(key) or ()) for key in _LISTS}
    told["messaging"] = _BETWEEN.join(f"{kind}: {where}" for kind, where in facts["messaging"].items())
    told |= {key: facts["source"][key.removeprefix("source_")] for key in _SOURCE}
    return [told[head] for head in HEADS]


def missing_heads(table: Table) -> list[str]:
    """The heads that a table of services must have and this one has not."""
    return [head for head in NEEDED if head not in table.heads]


def sheets_in(table: Table, stored: Mapping[str, Sheet]) -> tuple[list[Sheet], list[CellError]]:
    """The services of a table, each made from what the store has, and what is wrong by row and column."""
    sheets: list[Sheet] = []
    wrong: list[CellError] = []
    seen: dict[str, int] = {}
    for line, cells in zip(table.lines, table.rows, strict=True):
        id_ = cells.get("id", "")
        first = seen.setdefault(id_, line)
        if first != line:
            wrong.append(CellError(line, "id", "stands-twice", str(first)))
            continue
        try:
            sheets.append(_sheet(cells, stored.get(id_)))
        except SheetError as error:
            wrong += [CellError(line, _head(key), "sentence", saying) for key, saying in error.wrong]
    return sheets, wrong


def _sheet(cells: Mapping[str, str], before: Sheet | None) -> Sheet:
    """A row as a sheet; raises SheetError."""
    facts = dict(_facts(cells, before.facts if before else {}))
    try:
        about = SERVICES.form.model_validate(facts)
    except ValidationError as error:
        raise SheetError(faults_of(error)) from None
    said = before.said(SOURCE_LANGUAGE) if before else {}
    words = {slot: cells.get(key, said.get(slot, "")) for slot, key in SERVICE_WORDS.items()}
    told = checked_words(SERVICES, about, SOURCE_LANGUAGE, words)
    english = {SOURCE_LANGUAGE: RecordWords(words=told)}
    others = {code: each for code, each in (before.words if before else {}).items() if code not in english}
    return with_facts(Sheet(SERVICES, about.id, {}, {**english, **others}), about, {})


def _facts(cells: Mapping[str, str], before: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Facts from a row; of what the table has no column for, as they are."""
    yield from before.items()
    for key in (*_PLAIN, "checked_on"):
        yield key, cells.get(key, before.get(key, ""))
    for key in _LISTS:
        if key in cells:
            yield key, _split(cells[key])
    if "danger_kinds" in cells or not before:
        yield "danger", bool(cells.get("danger_kinds"))
    if "phones" not in cells and not before:
        yield "phones", []
    if "messaging" in cells or not before:
        pairs = (each.partition(":") for each in _split(cells.get("messaging", "")))
        yield "messaging", {kind.strip(): where.strip() for kind, _, where in pairs}
    if "note" in cells:
        yield "note", cells["note"] or None
    source = dict(before.get("source") or {"url": "", "as_of": "unknown"})
    source |= {key.removeprefix("source_"): cells[key] for key in _SOURCE if key in cells}
    yield "source", {**source, "as_of": source["as_of"] or "unknown"}


def _split(cell: str) -> list[str]:
    return [each.strip() for each in cell.split(";") if each.strip()]


def _head(key: str) -> str:
    """The head under which a key of the facts stands."""
    first, _, rest = key.partition(".")
    if first == "words":
        return SERVICE_WORDS.get(rest, rest)
    return f"source_{rest}" if first == "source" else first
