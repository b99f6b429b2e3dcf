"""Sheets: a service or a record with its words in all languages, in one form for those who edit them.

Not here: the items they are stored as (`content.items`), what may be changed (`content.record_rules`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.fields import SOURCE_LANGUAGE, Country, Id, Language, Line, Phone
from content.item_history import Kept
from content.items import RecordItem, RecordWordsItem, ServiceItem
from content.models import StoredWords
from content.records import KINDS, DatedRules, Record, RecordWords
from content.schema import DangerKind, Opening, ServiceEntry, ServiceSource
from content.stored import stored_item

# The slots of a service's words, and the keys they stand under in its file.
SERVICE_WORDS = {
    each.replace("_", "-"): each for each in ("name", "who_for", "place", "hours", "languages", "cost")
}
_NEEDED_OF_SERVICE = ("name", "who-for")


class ServiceFacts(Record):
    """What is the same of a service in every language."""

    folder: ClassVar[str] = "services"
    about: ClassVar[str | None] = None
    country: Country
    kind: Id
    phones: list[Phone]
    messaging: dict[Id, Line]
    opens: Opening | None = None
    serves: tuple[Country, ...] = ()
    speaks: tuple[Language, ...] = ()
    danger: bool
    danger_kinds: tuple[DangerKind, ...] = ()
    checked_on: date
    note: Line | None = None
    source: ServiceSource

    def slots(self) -> Iterator[str]:
        """Its words, of which only the first two are needed, in English."""
        yield from SERVICE_WORDS


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sheet: its name in addresses, and the form of its facts."""

    name: str
    form: type[Record]

    @property
    def folder(self) -> str:
        """Where it stands in the library."""
        return self.form.folder

    @property
    def has_words(self) -> bool:
        """Whether sheets of this kind have words."""
        return self.form.slots is not Record.slots

    @property
    def is_service(self) -> bool:
        """Whether these are the services."""
        return self.form is ServiceFacts

    @property
    def is_rules(self) -> bool:
        """Whether these have dated periods, which a reviewer answers for."""
        return issubclass(self.form, DatedRules)

    def needed(self, facts: Record, language: str) -> tuple[str, ...]:
        """The slots that must have words in a language."""
        if self.is_service:
            return _NEEDED_OF_SERVICE if language == SOURCE_LANGUAGE else ()
        return tuple(facts.slots())


SERVICES = Kind("services", ServiceFacts)
SHEET_KINDS: tuple[Kind, ...] = (
    *(Kind(form.shelf or form.folder.partition("/")[0], form) for form in KINDS),
    SERVICES,
)


def kind_named(name: str) -> Kind | None:
    """The kind with a name; None if there is none such."""
    return next((kind for kind in SHEET_KINDS if kind.name == name), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Facts as its file would have them, and words by language, the source language first."""

    kind: Kind
    id: str
    facts: dict[str, Any]
    words: Mapping[str, RecordWords] = field(default_factory=dict)

    @property
    def item(self) -> str:
        """The id of the item that its facts are stored as."""
        return f"service {self.id}" if self.kind.is_service else f"record {self.kind.folder}/{self.id}"

    def item_of(self, language: str) -> str:
        """The id of the item that its words of a language are stored as."""
        return self.item if self.kind.is_service else f"words {self.kind.folder}/{self.id} {language}"

    def items(self) -> list[Kept]:
        """The items that it is stored as."""
        if self.kind.is_service:
            return [_service_item(self)]
        return [
            RecordItem(folder=self.kind.folder, record=self.id, facts=self.facts),
            *(
                RecordWordsItem(folder=self.kind.folder, record=self.id, language=language, words=words)
                for language, words in self.words.items()
            ),
        ]

    def fingerprint(self, language: str | None = None) -> str:
        """What whoever edits its facts, or its words of a language, had before them; empty if nothing."""
        wanted = self.item if language is None else self.item_of(language)
        return next((item.fingerprint for item in self.items() if item.id == wanted), "")

    def said(self, language: str) -> Mapping[str, str]:
        """Its words in a language."""
        return self.words[language].words if language in self.words else {}


def rules_of(sheet: Sheet) -> DatedRules:
    """The rules of a sheet; TypeError if it has none."""
    facts = sheet.kind.form.model_validate(sheet.facts)
    if not isinstance(facts, DatedRules):
        raise TypeError(f"{sheet.id} has no rules")
    return facts


def find_sheet(session: Session, kind: Kind, id_: str) -> Sheet | None:
    """A sheet as the store has it; None if there is none such."""
    empty = Sheet(kind, id_, {})
    about = stored_item(session, empty.item)
    if isinstance(about, ServiceItem):
        return of_service(about)
    if not isinstance(about, RecordItem):
        return None
    languages = session.scalars(
        select(StoredWords.language).where(StoredWords.folder == kind.folder, StoredWords.record == id_)
    )
    words = {}
    for language in sorted(languages, key=lambda code: (code != SOURCE_LANGUAGE, code)):
        told = stored_item(session, empty.item_of(language))
        if isinstance(told, RecordWordsItem):
            words[language] = told.words
    return Sheet(kind, id_, about.facts, words)


def of_service(item: ServiceItem) -> Sheet:
    """The sheet of a service. Its words have no states of their own."""
    facts = item.service.model_dump(mode="json", exclude=set(SERVICE_WORDS.values()))
    facts = {"id": facts.pop("id"), "country": item.country, **facts}
    words: dict[str, dict[str, str]] = {}
    for slot, key in SERVICE_WORDS.items():
        for language, text in (getattr(item.service, key) or {}).items():
            words.setdefault(language, {})[slot] = text
    order = sorted(words, key=lambda code: (code != SOURCE_LANGUAGE, code))
    return Sheet(SERVICES, item.service.id, facts, {each: RecordWords(words=words[each]) for each in order})


def _service_item(sheet: Sheet) -> ServiceItem:
    facts = dict(sheet.facts)
    country = facts.pop("country")
    for slot, key in SERVICE_WORDS.items():
        told = {language: words.words[slot] for language, words in sheet.words.items() if slot in words.words}
        facts[key] = told if told or slot in _NEEDED_OF_SERVICE else None
    return ServiceItem(country=country, service=ServiceEntry.model_validate(facts))
