"""Records as files: reads them and checks what must hold between a record's facts and its words.

Not here: what may stand in one file (`content.records`), references to the rest of the library
(`content.folder`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from content.faults import Fault
from content.fields import PENDING, SOURCE_LANGUAGE
from content.records import KINDS, Record, RecordWords
from content.translations import STAMP, figure_problems
from content.words import Saying


@dataclass(slots=True)
class LibraryRecord:
    """One record: its facts, and its words by language, the source language first."""

    about: Record
    words: dict[str, RecordWords] = field(default_factory=dict)


type RecordKey = tuple[str, str]
type Wrong = Callable[[Path, str, Saying], None]


def about_paths(folder: Path, kind: type[Record]) -> list[Path]:
    """The files with the facts of a kind's records."""
    pattern = "*.yml" if kind.about is None else f"*/{kind.about}.yml"
    return sorted((folder / kind.folder).glob(pattern))


def id_of(path: Path, kind: type[Record]) -> str:
    """The id of the record at a path."""
    return path.stem if kind.about is None else path.parent.name


def about_path(folder: Path, record: Record) -> Path:
    """Where the facts of a record stand."""
    place = folder / record.folder
    return place / f"{record.id}.yml" if record.about is None else place / record.id / f"{record.about}.yml"


def words_paths(path: Path, kind: type[Record]) -> list[Path]:
    """The files with the words of the record at a path, the source language first."""
    if kind.about is None:
        return []
    others = [each for each in path.parent.glob("*.yml") if each != path]
    return sorted(others, key=lambda each: (each.stem != SOURCE_LANGUAGE, each.stem))


def kind_of(path: Path) -> type[Record] | None:
    """The kind whose facts or words stand at a path of the library; None if it is no record's."""
    for kind in KINDS:
        place = path.parent if kind.about is None else path.parent.parent
        if place.as_posix().endswith(kind.folder):
            return kind
    return None


def check(path: Path, record: LibraryRecord, wrong: Wrong, *, pending_allowed: bool) -> None:
    """Tell everything that is wrong between the facts and the words of a record."""
    slots = list(record.about.slots())
    source = record.words.get(SOURCE_LANGUAGE)
    if slots and source is None:
        wrong(path.parent / f"{SOURCE_LANGUAGE}.yml", "", Saying("fault.source-missing"))
    for language, words in record.words.items():
        beside = path.parent / f"{language}.yml"
        for slot in (slot for slot in slots if slot not in words.words):
            wrong(beside, f"words.{slot}", Saying("fault.missing"))
        for slot in (slot for slot in words.words if slot not in slots):
            wrong(beside, f"words.{slot}", Saying("fault.no-place", file=path.name))
        for key, saying in _translation_problems(language, words, source, pending_allowed):
            wrong(beside, key, saying)


def is_outdated(words: RecordWords, source: RecordWords) -> bool:
    """Whether the source words changed since they were translated."""
    made_of = words.translation.of if words.translation else PENDING
    return made_of not in (PENDING, source.fingerprint)


def _translation_problems(
    language: str, words: RecordWords, source: RecordWords | None, pending_allowed: bool
) -> Iterator[Fault]:
    if language == SOURCE_LANGUAGE:
        if words.translation is not None:
            yield "translation", Saying("fault.none-in-source")
        return
    if words.translation is None:
        yield "translation", Saying("fault.missing")
    elif words.translation.of == PENDING and not pending_allowed:
        yield "translation.of", Saying("fault.pending", command=STAMP)
    if source is not None:
        for slot, text in words.words.items():
            for saying in figure_problems(source.words.get(slot, ""), text):
                yield f"words.{slot}", saying
