"""Stamping: writes into each translated file which source text it was made from.

Only values that are `pending` are filled in, in place, so that a file keeps its comments and its form.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from content.fields import PENDING, SOURCE_LANGUAGE
from content.folder import LibraryAnswer, answer_folder, survey
from content.record_folder import LibraryRecord, about_path, is_outdated
from content.schema import DEFAULT, TextFile, meaning_of
from content.translations import outdated

_BLOCK = re.compile(r"^translation:.*\n?(?:^[ \t]+.*\n?|^\s*\n)*", re.MULTILINE)
_VALUE = re.compile(rf"\bof:(?P<space>\s*)(?P<value>\{{[^}}]*\}}|['\"]?{PENDING}['\"]?)")


def stamp(folder: Path) -> list[Path]:
    """Fill every pending pin of a library folder; the files that changed."""
    library, _ = survey(folder, pending_allowed=True)
    pending = [
        (answer_folder(folder, key) / f"{language}.yml", pins)
        for key, answer in library.answers.items()
        for language, pins in _pending(answer)
    ]
    pending += [
        (about_path(folder, record.about).parent / f"{language}.yml", {DEFAULT: pin})
        for record in library.records.values()
        for language, pin in _pending_words(record)
    ]
    return [path for path, pins in pending if _write(path, pins)]


def _write(path: Path, pins: dict[str, str]) -> bool:
    """Fill the pins of one file; whether it changed."""
    text = path.read_text(encoding="utf-8")
    stamped = _BLOCK.sub(lambda block: _fill(block[0], pins), text)
    if stamped != text:
        path.write_text(stamped, encoding="utf-8")
    return stamped != text


def _pending_words(record: LibraryRecord) -> Iterator[tuple[str, str]]:
    """Languages whose words wait for their pin, and what they are to be pinned to."""
    source = record.words.get(SOURCE_LANGUAGE)
    for language, words in record.words.items():
        if source and words.translation and words.translation.of == PENDING:
            yield language, source.fingerprint


def outdated_translations(folder: Path) -> list[tuple[Path, str]]:
    """Files and variants whose source text changed since they were translated."""
    library, _ = survey(folder, pending_allowed=True)
    return [
        (answer_folder(folder, key) / f"{language}.yml", name)
        for key, answer in library.answers.items()
        for language, text in answer.texts.items()
        if SOURCE_LANGUAGE in answer.texts
        for name in outdated(answer.texts[SOURCE_LANGUAGE], text)
    ] + [
        (about_path(folder, record.about).parent / f"{language}.yml", "words")
        for record in library.records.values()
        for language, words in record.words.items()
        if SOURCE_LANGUAGE in record.words and is_outdated(words, record.words[SOURCE_LANGUAGE])
    ]


def _pending(answer: LibraryAnswer) -> Iterator[tuple[str, dict[str, str]]]:
    """Languages with pending pins, and for each variant what it is to be pinned to."""
    source = answer.texts.get(SOURCE_LANGUAGE)
    for language, text in answer.texts.items():
        if source is not None and text.translation is not None:
            pins = {name: _pin(text, source, name) for name in text.told() if name in source.told()}
            if PENDING in str(text.translation.of):
                yield language, pins


def _pin(text: TextFile, source: TextFile, name: str) -> str:
    given = text.translation.for_variant(name).of if text.translation else None
    return given if given not in (None, PENDING) else meaning_of(source.text_of(name))


def _fill(block: str, pins: dict[str, str]) -> str:
    if len(pins) == 1:
        value = next(iter(pins.values()))
    else:
        value = "{" + ", ".join(f"{name}: {pin}" for name, pin in pins.items()) + "}"
    return _VALUE.sub(lambda found: f"of:{found['space']}{value}", block, count=1)
