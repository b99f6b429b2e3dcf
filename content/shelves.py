"""What editors see of services and records: each kind with its number and what is due, lists, one sheet.

Not here: what people are told (`content.repository`), changing anything (`content.record_workflow`).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from content.answer_rows import SOON_DAYS
from content.clock import today
from content.fields import SOURCE_LANGUAGE
from content.item_history import Version, versions
from content.models import (
    Answer,
    GazetteerEntry,
    ItemVersion,
    Service,
    ServiceWords,
    StoredRecord,
    StoredWords,
)
from content.records import RecordTranslation, RecordWords, Referred, words_fingerprint
from content.search.normalise import normalise
from content.sheets import SERVICE_WORDS, SERVICES, SHEET_KINDS, Kind, Sheet, find_sheet, kind_named
from content.store import reading

CHECK_AGAIN_DAYS = 180
"""After so many days a source is read again, where nothing else says when."""

type Standing = Literal["source", "reviewed", "machine-drafted", "outdated", "missing", "translated"]
"""How far words are; of services only whether they are `translated` is known."""


@dataclass(frozen=True)
class ShelfRow:
    """One sheet in a list; `text` is everything in it."""

    kind: Kind
    id: str
    title: str
    country: str
    due_on: date | None
    standing: Mapping[str, Standing]
    text: str

    @property
    def is_due(self) -> bool:
        """Past its review date."""
        return self.due_on is not None and self.due_on <= today()

    @property
    def is_due_soon(self) -> bool:
        """Near its review date."""
        return self.due_on is not None and 0 < (self.due_on - today()).days <= SOON_DAYS

    @cached_property
    def plain(self) -> str:
        """Everything in it, as it is searched."""
        return normalise(f"{self.id} {self.title} {self.text}")

    def has(self, words: str) -> bool:
        """Whether all words stand somewhere in it."""
        return all(word in self.plain for word in normalise(words).split())


@dataclass(frozen=True, slots=True)
class ShelfCount:
    """How many sheets of a kind there are, and how many are due."""

    kind: Kind
    number: int
    overdue: int
    soon: int


class Shelves:
    """Reads of services and records for those who edit them. `languages` are all that are written in."""

    def __init__(self, engine: Engine, languages: Collection[str]) -> None:
        self._engine = engine
        self.languages = tuple(sorted(languages, key=lambda code: (code != SOURCE_LANGUAGE, code)))

    def counts(self) -> list[ShelfCount]:
        """Every kind with its numbers."""
        with reading(self._engine) as session:
            rows = [(kind, self._rows(session, kind)) for kind in SHEET_KINDS]
        return [
            ShelfCount(
                kind, len(found), sum(row.is_due for row in found), sum(row.is_due_soon for row in found)
            )
            for kind, found in rows
        ]

    def rows(self, kind: Kind) -> list[ShelfRow]:
        """All sheets of a kind, by title."""
        with reading(self._engine) as session:
            return sorted(self._rows(session, kind), key=lambda row: (row.country, row.title.casefold()))

    def sheet(self, kind: Kind, id_: str) -> Sheet | None:
        """One sheet; None if there is none such."""
        with reading(self._engine) as session:
            return find_sheet(session, kind, id_)

    def row(self, kind: Kind, id_: str) -> ShelfRow | None:
        """One sheet as a list shows it."""
        return next((row for row in self.rows(kind) if row.id == id_), None)

    def history(self, sheet: Sheet) -> list[Version]:
        """All changes of a sheet and its words, the newest first."""
        items = {sheet.item, *(sheet.item_of(language) for language in self.languages)}
        return versions(self._engine, *sorted(items))

    def sheet_of_version(self, id_: int) -> tuple[Kind, str] | None:
        """The kind and id of the sheet that a version is of."""
        with reading(self._engine) as session:
            version = session.get(ItemVersion, id_)
        what, _, rest = version.item.partition(" ") if version else ("", "", "")
        folder, _, id_of_sheet = rest.partition(" ")[0].rpartition("/")
        kind = kind_named("services" if what == "service" else folder.partition("/")[0])
        return (kind, id_of_sheet or rest) if kind else None

    def names(self) -> dict[Referred | Literal["service-kind"], list[tuple[str, str]]]:
        """What a record may lead to, each with its English name: offered while somebody types."""
        with reading(self._engine) as session:
            return {
                "answer": [(key, "") for key in session.scalars(select(Answer.key).order_by(Answer.key))],
                "service": sorted(
                    (service, name or "")
                    for service, name in session.execute(
                        select(ServiceWords.service_id, ServiceWords.name).where(
                            ServiceWords.language == SOURCE_LANGUAGE
                        )
                    )
                ),
                "country": _gazetteer(session, "country"),
                "scheme": _gazetteer(session, "scheme"),
                "service-kind": [
                    (kind, "")
                    for kind in session.scalars(select(Service.kind).distinct().order_by(Service.kind))
                ],
            }

    def _rows(self, session: Session, kind: Kind) -> list[ShelfRow]:
        countries = dict(_gazetteer(session, "country"))
        found = _services(session) if kind.is_service else _records(session, kind)
        return [self._row(sheet, countries) for sheet in found]

    def _row(self, sheet: Sheet, countries: Mapping[str, str]) -> ShelfRow:
        told = sheet.said(SOURCE_LANGUAGE)
        country = sheet.facts.get("country") or ""
        name = countries.get(country, country)
        texts = " ".join(text for words in sheet.words.values() for text in words.words.values())
        return ShelfRow(
            kind=sheet.kind,
            id=sheet.id,
            title=told.get("name") or told.get("title") or name or sheet.id,
            country=name,
            due_on=due_on(sheet),
            standing={language: standing(sheet, language) for language in self.languages},
            text=f"{name} {texts} {' '.join(_strings(sheet.facts))}",
        )


def standing(sheet: Sheet, language: str) -> Standing:
    """How far the words of a language are, seen from the English ones that are told now."""
    words = sheet.words.get(language)
    if language == SOURCE_LANGUAGE:
        return "source"
    if words is None:
        return "missing"
    if words.translation is None:
        return "translated"
    if words.translation.of != words_fingerprint(sheet.said(SOURCE_LANGUAGE)):
        return "outdated"
    is_read = words.translation.state == "human" or words.translation.reviewed_by is not None
    return "reviewed" if is_read else "machine-drafted"


def due_on(sheet: Sheet) -> date | None:
    """When its sources must be read again: the review date it gives, else so long after the last time."""
    if "review_date" in sheet.facts:
        return date.fromisoformat(sheet.facts["review_date"])
    days = [date.fromisoformat(day) for day in _days_read(sheet)]
    return min(days) + timedelta(days=CHECK_AGAIN_DAYS) if days else None


def _days_read(sheet: Sheet) -> Iterator[str]:
    if sheet.kind.is_service:
        yield sheet.facts["checked_on"]
    day = today().isoformat()
    for rule in sheet.facts.get("rules", []):
        for period in rule["periods"]:
            if period["from"] <= day <= (period["until"] or date.max.isoformat()):
                yield period["source"]["checked_on"]


def _gazetteer(session: Session, entity: str) -> list[tuple[str, str]]:
    wanted = (
        select(GazetteerEntry.value, GazetteerEntry.names)
        .where(GazetteerEntry.entity == entity)
        .order_by(GazetteerEntry.position)
    )
    return [(value, names.get(SOURCE_LANGUAGE, "")) for value, names in session.execute(wanted)]


def _records(session: Session, kind: Kind) -> list[Sheet]:
    words: dict[str, dict[str, RecordWords]] = {}
    told = select(
        StoredWords.record,
        StoredWords.language,
        StoredWords.words,
        StoredWords.state,
        StoredWords.translates,
        StoredWords.reviewed_by,
    ).where(StoredWords.folder == kind.folder)
    for record, language, texts, state, of, by in session.execute(told):
        entry = {"state": state, "of": of, "reviewed_by": by} if state and of else None
        each = RecordWords.model_construct(
            words=texts, translation=RecordTranslation.model_validate(entry) if entry else None
        )
        words.setdefault(record, {})[language] = each
    facts = select(StoredRecord.id, StoredRecord.facts).where(StoredRecord.folder == kind.folder)
    return [Sheet(kind, id_, about, words.get(id_, {})) for id_, about in session.execute(facts)]


def _services(session: Session) -> list[Sheet]:
    words: dict[str, dict[str, RecordWords]] = {}
    columns = [getattr(ServiceWords, key) for key in SERVICE_WORDS.values()]
    for id_, language, *texts in session.execute(
        select(ServiceWords.service_id, ServiceWords.language, *columns)
    ):
        told = {slot: text for slot, text in zip(SERVICE_WORDS, texts, strict=True) if text is not None}
        words.setdefault(id_, {})[language] = RecordWords.model_construct(words=told, translation=None)
    facts = select(
        Service.id, Service.country, Service.kind, Service.phones, Service.checked_on, Service.source_title
    )
    return [
        Sheet(
            SERVICES,
            id_,
            {
                "country": country,
                "kind": what,
                "phones": phones,
                "checked_on": day.isoformat(),
                "title": title,
            },
            words.get(id_, {}),
        )
        for id_, country, what, phones, day, title in session.execute(facts)
    ]


def _strings(value: Any) -> Iterator[str]:
    """Every text in facts."""
    if isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield value
