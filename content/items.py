"""Items: the pieces in which content is compared between library and store, each with a fingerprint.

Library and store are both taken apart into the same items; equal content gives equal fingerprints.
An item is small enough that work of staff on one thing does not hold up what the library says of another.
Not here: taking the store apart (`content.stored`), deciding whose item is told (`content.importer`).
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from pydantic import Field

from content.fields import SOURCE_LANGUAGE
from content.folder import Library, LibraryAnswer
from content.record_folder import LibraryRecord
from content.records import RecordWords
from content.schema import (
    DEFAULT,
    AppliesTo,
    GazetteerEntryFile,
    Part,
    ServiceEntry,
    SourceEntry,
    TranslationState,
)


class Item(Part, ABC):
    """The smallest piece that is imported or left alone as a whole."""

    @property
    @abstractmethod
    def id(self) -> str:
        """What the item is, the same in library and store."""

    @property
    def fingerprint(self) -> str:
        """Equal for equal content."""
        # A key that came later is left out while it says nothing: a store filled before is not an edited one.
        content = self.model_dump(mode="json", exclude_defaults=True)
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


class VariantName(Part):
    """A variant and for whom it is told."""

    name: str
    applies_to: AppliesTo


class AboutItem(Item):
    """What an answer is, whatever the language."""

    key: str
    topic: str
    audience: str
    owner: str
    review_every_days: int
    related: list[str]
    services: list[str]
    variants: list[VariantName]
    concerns: list[AppliesTo] = Field(default_factory=list)

    @property
    def id(self) -> str:
        """`answer palm.cost`."""
        return f"answer {self.key}"


class ReviewItem(Item):
    """When an answer must be looked at again."""

    key: str
    review_date: date | None

    @property
    def id(self) -> str:
        """`review palm.cost`."""
        return f"review {self.key}"


class SourcesItem(Item):
    """The sources of one variant."""

    key: str
    variant: str
    sources: list[SourceEntry]

    @property
    def id(self) -> str:
        """`sources palm.cost/default`."""
        return f"sources {self.key}/{self.variant}"


class TextItem(Item):
    """One variant in one language. The last four are of translations only, `minor_edit_of` of sources."""

    key: str
    variant: str
    language: str
    title: str
    body: str
    minor_edit_of: str | None
    state: TranslationState | None
    of: str | None
    reviewed_by: str | None
    reviewed_on: date | None

    @property
    def id(self) -> str:
        """`text palm.cost/default en`."""
        return f"text {self.key}/{self.variant} {self.language}"


class PhrasesItem(Item):
    """Example questions of one answer in one language: the library's, or those that staff added."""

    key: str
    language: str
    whose: Literal["library", "staff"]
    phrases: dict[str, list[str]]

    @property
    def id(self) -> str:
        """`phrases palm.cost en`, `staff-phrases palm.cost en`."""
        return f"{'phrases' if self.whose == 'library' else 'staff-phrases'} {self.key} {self.language}"


class ServiceItem(Item):
    """One help line or office."""

    country: str
    service: ServiceEntry

    @property
    def id(self) -> str:
        """`service au-fair-work`."""
        return f"service {self.service.id}"


class GazetteerItem(Item):
    """One thing people name."""

    entity: str
    entry: GazetteerEntryFile

    @property
    def id(self) -> str:
        """`gazetteer country/VU`."""
        return f"gazetteer {self.entity}/{self.entry.value}"


class RecordItem(Item):
    """The facts of one record, as its file has them."""

    folder: str
    record: str
    facts: dict[str, Any]

    @property
    def id(self) -> str:
        """`record schemes/palm`."""
        return f"record {self.folder}/{self.record}"


class RecordWordsItem(Item):
    """The words of one record in one language."""

    folder: str
    record: str
    language: str
    words: RecordWords

    @property
    def id(self) -> str:
        """`words schemes/palm en`."""
        return f"words {self.folder}/{self.record} {self.language}"


LIBRARY_KINDS = ("plain", "short", "story")


def library_items(library: Library) -> Iterator[Item]:
    """Everything in a library; what an item rests on comes before it."""
    for services in library.services.values():
        for service in services.services:
            yield ServiceItem(country=services.country, service=service)
    for gazetteer in library.gazetteers.values():
        for entry in gazetteer.values:
            yield GazetteerItem(entity=gazetteer.entity, entry=entry)
    for key, answer in library.answers.items():
        yield from _answer_items(key, answer)
    for record in library.records.values():
        yield from _record_items(record)


def _record_items(record: LibraryRecord) -> Iterator[Item]:
    about = record.about
    yield RecordItem(folder=about.folder, record=about.id, facts=about.model_dump(mode="json", by_alias=True))
    for language, words in record.words.items():
        yield RecordWordsItem(folder=about.folder, record=about.id, language=language, words=words)


def _answer_items(key: str, answer: LibraryAnswer) -> Iterator[Item]:
    about = answer.about
    yield AboutItem(
        key=key,
        topic=about.topic,
        audience=about.audience,
        owner=about.owner,
        review_every_days=about.review_every_days,
        concerns=about.concerns,
        related=about.related,
        services=about.services,
        variants=[VariantName(name=each.name, applies_to=each.applies_to) for each in about.variants],
    )
    yield ReviewItem(key=key, review_date=about.review_date)
    for variant in about.variants:
        yield SourcesItem(key=key, variant=variant.name, sources=variant.sources)
    for language in sorted(answer.texts, key=lambda language: (language != SOURCE_LANGUAGE, language)):
        yield from _text_items(key, answer, language)


def _text_items(key: str, answer: LibraryAnswer, language: str) -> Iterator[Item]:
    file = answer.texts[language]
    names = [variant.name for variant in answer.about.variants if variant.name in file.told()]
    for name in sorted(names, key=lambda name: name != DEFAULT):
        text = file.text_of(name)
        pinned = file.translation.for_variant(name) if file.translation else None
        yield TextItem(
            key=key,
            variant=name,
            language=language,
            title=text.title,
            body=text.body,
            minor_edit_of=text.minor_edit_of,
            state=pinned.state if pinned else None,
            of=pinned.of if pinned else None,
            reviewed_by=pinned.reviewed_by if pinned else None,
            reviewed_on=pinned.reviewed_on if pinned else None,
        )
    phrases = file.phrases
    library = {"plain": phrases.plain, "short": phrases.short, "story": phrases.story}
    yield PhrasesItem(key=key, language=language, whose="library", phrases=library)
    if phrases.staff:
        yield PhrasesItem(key=key, language=language, whose="staff", phrases={"staff": phrases.staff})
