"""Records as the exporter writes them: facts in one file, the words of each language beside it."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from content.items import RecordItem, RecordWordsItem
from content.record_folder import about_path, kind_of
from content.records import KINDS, RecordWords
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
    told_names = {"answers": answers, **dict.fromkeys(("services", "complain", "apply_at"), services)}
    kinds = {kind.folder: kind for kind in KINDS}
    files: dict[str, dict[str, Any]] = {}
    places: dict[tuple[str, str], Path] = {}
    for item in records:
        record = kinds[item.folder].model_validate(_leading_only_to(told_names, item.facts))
        path = about_path(Path(), record)
        places[item.folder, item.record] = path
        files[path.as_posix()] = _plain(record)
    for told in words:
        place = places[told.folder, told.record].parent / f"{told.language}.yml"
        files[place.as_posix()] = told.words.model_dump(exclude_none=True)
    return files


def record_form(path: Path) -> type[BaseModel] | None:
    """What may stand in the file at a place of the library, if it is a record's."""
    kind = kind_of(path)
    if kind is None:
        return None
    return kind if kind.about in (None, path.stem) else RecordWords


def _leading_only_to(told: Mapping[str, Collection[str]], value: Any, key: str = "") -> Any:
    """A record's facts without the names of what is not told, wherever they stand."""
    if isinstance(value, dict):
        return {
            name: _leading_only_to(told, each, key if key in told else name) for name, each in value.items()
        }
    if isinstance(value, list):
        known = [each for each in value if key not in told or not isinstance(each, str) or each in told[key]]
        return [_leading_only_to(told, each, key) for each in known]
    return value


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
