"""The library as a folder: reads every file, checks what must hold between files, names all problems at once.

Not here: what may stand in one file (`content.schema`), or what becomes of it (`content.importer`).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from content import record_folder
from content.faults import nothing_named
from content.fields import SOURCE_LANGUAGE
from content.record_folder import LibraryRecord, RecordKey
from content.records import KINDS, RecordWords, Referred, references
from content.schema import (
    AnswerFile,
    GazetteerFile,
    ServicesFile,
    TextFile,
)
from content.schema_errors import faults_of
from content.translations import key_of, problems_with
from content.words import Saying
from content.yaml_text import load


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a library file; `dangling` if only what it refers to is missing."""

    file: Path
    key: str
    saying: Saying
    dangling: bool = False

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.file), self.key, str(self.saying)) if part)


class LibraryError(Exception):
    """The library has problems; the message lists every one, with file, key and value."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(slots=True)
class LibraryAnswer:
    """One answer: what it is, and its texts by language, the source language first."""

    about: AnswerFile
    texts: dict[str, TextFile] = field(default_factory=dict)


@dataclass(slots=True)
class Library:
    """Everything that the store imports and exports."""

    answers: dict[str, LibraryAnswer] = field(default_factory=dict)
    services: dict[str, ServicesFile] = field(default_factory=dict)
    gazetteers: dict[str, GazetteerFile] = field(default_factory=dict)
    records: dict[RecordKey, LibraryRecord] = field(default_factory=dict)


def read_library(folder: Path) -> Library:
    """The whole library; LibraryError names everything that is wrong in it."""
    library, problems = survey(folder)
    if problems:
        raise LibraryError(problems)
    return library


def survey(folder: Path, *, pending_allowed: bool = False) -> tuple[Library, list[Problem]]:
    """What can be read of a library, and all its problems."""
    reader = _Reader(folder, pending_allowed=pending_allowed)
    return reader.library, reader.problems


def read_without_faulty(folder: Path) -> tuple[Library, list[Problem]]:
    """The library less each text or answer that has a problem of its own, and all problems."""
    library, problems = survey(folder)
    faulty = {problem.file for problem in problems if not problem.dangling}
    for key in list(library.answers):
        place = answer_folder(folder, key)
        if not faulty.isdisjoint({place / "answer.yml", place / f"{SOURCE_LANGUAGE}.yml"}):
            del library.answers[key]
            continue
        texts = library.answers[key].texts
        for language in [language for language in texts if place / f"{language}.yml" in faulty]:
            del texts[language]
    for name, record in list(library.records.items()):
        path = record_folder.about_path(folder, record.about)
        if not faulty.isdisjoint({path, path.parent / f"{SOURCE_LANGUAGE}.yml"}):
            del library.records[name]
            continue
        for language in [each for each in record.words if path.parent / f"{each}.yml" in faulty]:
            del record.words[language]
    return library, problems


def answer_folder(folder: Path, key: str) -> Path:
    """Where the files of an answer are."""
    topic, _, name = key.partition(".")
    return folder / "answers" / topic / name


class _Reader:
    """One reading of a folder; collects problems instead of stopping at the first."""

    def __init__(self, folder: Path, *, pending_allowed: bool) -> None:
        self.library = Library()
        self.problems: list[Problem] = []
        self._folder = folder
        self._pending_allowed = pending_allowed
        self._read_services()
        self._read_gazetteers()
        self._read_answers()
        self._read_records()
        self._check_references()
        self._check_phrases()

    def _wrong(self, file: Path, key: str, saying: Saying, *, dangling: bool = False) -> None:
        self.problems.append(Problem(file, key, saying, dangling))

    @contextmanager
    def _noting(self, path: Path) -> Iterator[None]:
        """Note what is wrong with a file instead of raising it."""
        try:
            yield
        except ValidationError as error:
            for key, saying in faults_of(error):
                self._wrong(path, key, saying)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            self._wrong(path, "", Saying("fault.unreadable", reason=" ".join(str(error).split())))

    def _read_services(self) -> None:
        seen: dict[str, Path] = {}
        for path in sorted(self._folder.glob("services/*.yml")):
            with self._noting(path):
                file = ServicesFile.model_validate(_content(path))
                self._same(path, "country", file.country, path.stem.upper())
                for service in file.services:
                    if service.id in seen:
                        self._wrong(
                            path, "id", Saying("fault.stands-in", value=service.id, file=seen[service.id])
                        )
                    seen[service.id] = path
                    self._named(path, f"{service.id}.name", service.name)
                    self._named(path, f"{service.id}.who_for", service.who_for)
                self.library.services[path.stem] = file

    def _read_gazetteers(self) -> None:
        for path in sorted(self._folder.glob("gazetteers/*.yml")):
            with self._noting(path):
                file = GazetteerFile.model_validate(_content(path))
                self._same(path, "entity", file.entity, path.stem)
                seen: set[str] = set()
                for entry in file.values:
                    if entry.value in seen:
                        self._wrong(path, "value", Saying("fault.stands-twice", value=entry.value))
                    seen.add(entry.value)
                    self._named(path, f"{entry.value}.names", entry.names)
                self.library.gazetteers[path.stem] = file

    def _read_answers(self) -> None:
        for folder in self._answer_folders():
            path, texts = folder / "answer.yml", self._texts(folder)
            with self._noting(path):
                answer = LibraryAnswer(AnswerFile.model_validate(_content(path)), texts)
                self._same(path, "topic", answer.about.topic, folder.parent.name)
                self._check_texts(folder, answer)
                self.library.answers[_key(folder)] = answer

    def _answer_folders(self) -> list[Path]:
        return sorted(path for path in self._folder.glob("answers/*/*") if path.is_dir())

    def _texts(self, folder: Path) -> dict[str, TextFile]:
        texts = {}
        paths = [path for path in folder.glob("*.yml") if path.stem != "answer"]
        for path in sorted(paths, key=lambda path: (path.stem != SOURCE_LANGUAGE, path.stem)):
            with self._noting(path):
                texts[path.stem] = TextFile.model_validate(_content(path))
        return texts

    def _read_records(self) -> None:
        for kind in KINDS:
            for path in record_folder.about_paths(self._folder, kind):
                with self._noting(path):
                    record = LibraryRecord(kind.model_validate(_content(path)))
                    self._same(path, "id", record.about.id, record_folder.id_of(path, kind))
                    for words in record_folder.words_paths(path, kind):
                        with self._noting(words):
                            record.words[words.stem] = RecordWords.model_validate(_content(words))
                    record_folder.check(path, record, self._wrong, pending_allowed=self._pending_allowed)
                    self.library.records[kind.folder, record.about.id] = record

    def _same(self, path: Path, key: str, value: str, expected: str) -> None:
        if value != expected:
            self._wrong(path, key, Saying("fault.as-the-file", value=value, expected=expected))

    def _named(self, path: Path, key: str, words: dict[str, str]) -> None:
        if SOURCE_LANGUAGE not in words:
            self._wrong(path, key, Saying("fault.no-source-words", spoken=SOURCE_LANGUAGE))

    def _check_texts(self, folder: Path, answer: LibraryAnswer) -> None:
        known = [variant.name for variant in answer.about.variants]
        source_path = folder / f"{SOURCE_LANGUAGE}.yml"
        source = answer.texts.get(SOURCE_LANGUAGE)
        if source is None:
            if not source_path.exists():
                self._wrong(source_path, "", Saying("fault.source-missing"))
        else:
            for name in (name for name in known if name not in source.told()):
                self._wrong(source_path, key_of(name, "body"), Saying("fault.missing"))
            if source.translation is not None:
                self._wrong(source_path, "translation", Saying("fault.none-in-source"))
        for language, text in answer.texts.items():
            path = folder / f"{language}.yml"
            for name in (name for name in text.told() if name not in known):
                self._wrong(path, f"variants.{name}", Saying("fault.no-variant-there", file="answer.yml"))
            if language != SOURCE_LANGUAGE:
                for key, saying in problems_with(text, source, pending_allowed=self._pending_allowed):
                    self._wrong(path, key, saying)

    def _known(self) -> dict[Referred, Collection[str]]:
        """What the library's files may lead to."""
        services = self.library.services.values()
        return {
            "answer": {_key(folder) for folder in self._answer_folders()},
            "service": {service.id for file in services for service in file.services},
            "country": self._values("country"),
            "scheme": self._values("scheme"),
        }

    def _check_references(self) -> None:
        """What an answer or a record names is in the library."""
        known = self._known()
        for key, answer in self.library.answers.items():
            path = answer_folder(self._folder, key) / "answer.yml"
            if key in answer.about.related:
                self._wrong(path, "related", Saying("fault.itself"))
            for place, what, name in _named_by(answer.about):
                self._know(known, path, place, what, name)
        for record in (each.about for each in self.library.records.values()):
            for what, name in references(record):
                self._know(known, record_folder.about_path(self._folder, record), what, what, name)

    def _know(
        self, known: dict[Referred, Collection[str]], path: Path, place: str, what: Referred, name: str
    ) -> None:
        if name not in known[what]:
            self._wrong(path, place, nothing_named(what, name), dangling=True)

    def _values(self, entity: str) -> set[str]:
        file = self.library.gazetteers.get(entity)
        return {entry.value for entry in file.values} if file else set()

    def _check_phrases(self) -> None:
        """A phrase leads to one answer only."""
        seen: dict[tuple[str, str], str] = {}
        for key, answer in self.library.answers.items():
            for language, text in answer.texts.items():
                for phrase in text.phrases.all():
                    owner = seen.setdefault((language, phrase.casefold()), key)
                    if owner != key:
                        path = answer_folder(self._folder, key) / f"{language}.yml"
                        self._wrong(path, "phrases", Saying("fault.phrase-of", value=phrase, answer=owner))


def _content(path: Path) -> Any:
    return load(path.read_text(encoding="utf-8"))


def _named_by(about: AnswerFile) -> Iterator[tuple[str, Referred, str]]:
    """Everything that an answer refers to: the key it stands under, what it is, and its name."""
    yield from (("related", "answer", key) for key in about.related)
    yield from (("services", "service", id_) for id_ in about.services)
    corridors = [("concerns", corridor) for corridor in about.concerns]
    corridors += [("applies_to", variant.applies_to) for variant in about.variants]
    for place, corridor in corridors:
        if corridor.scheme:
            yield place, "scheme", corridor.scheme
        yield from (
            (place, "country", country) for country in (corridor.origin, corridor.destination) if country
        )


def _key(folder: Path) -> str:
    return f"{folder.parent.name}.{folder.name}"
