"""Records as the exporter writes them: facts in one file, the words of each language beside it."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from content.items import RecordItem, RecordWordsItem
from content.record_folder import about_path, kind_of
from content.records import KINDS, RecordWords, Referred, less_references
from content.yaml_text import OneLine

_SHORT = 12


def record_files(
    records: Iterable[RecordItem],
    words: Iterable[RecordWordsItem],
    *,
    answers: Collection[str],
    services: Collection[str],
) -> dict[str, dict[str, Any]]:
    """Content of the files of all records, by their place in the library folder.

    They lead only to the answers and services given: those that are told.
    """
    told: dict[Referred, Collection[str]] = {"answer": answers, "service": services}
    kinds = {kind.folder: kind for kind in KINDS}
    files: dict[str, dict[str, Any]] = {}
    places: dict[tuple[str, str], Path] = {}
    for item in records:
        facts = kinds[item.folder].model_validate(item.facts)
        record = less_references(facts, lambda what, name: what not in told or name in told[what])
        path = about_path(Path(), record)
        places[item.folder, item.record] = path
        files[path.as_posix()] = _plain(record)
    for each in words:
        place = places[each.folder, each.record].parent / f"{each.language}.yml"
        files[place.as_posix()] = each.words.model_dump(exclude_none=True)
    return files


def record_form(path: Path) -> type[BaseModel] | None:
    """What may stand in the file at a place of the library, if it is a record's."""
    kind = kind_of(path)
    if kind is None:
        return None
    return kind if kind.about in (None, path.stem) else RecordWords


def _plain(part: BaseModel) -> dict[str, Any]:
    """A record's facts; what they leave unsaid is left out."""
    told: dict[str, Any] = _written(part.model_dump(by_alias=True, exclude_defaults=True))
    return told


def _written(value: Any) -> Any:
    """Numbers as text, short lists of words on one line."""
    if isinstance(value, dict):
        return {key: _written(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        items = [_written(each) for each in value]
        words = all(isinstance(each, str) for each in items)
        return OneLine(items) if words and len(items) <= _SHORT else items
    if isinstance(value, bool) or value is None or hasattr(value, "isoformat"):
        return value
    return str(value)
