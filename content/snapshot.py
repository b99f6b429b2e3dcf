"""Everything published, as it was at one version of the store: immutable, in memory, quick to ask.

Not here: when a snapshot is out of date (`content.repository`).
"""

from collections.abc import Collection, Sequence
from functools import cached_property
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from content.fields import SOURCE_LANGUAGE
from content.messages import Translation
from content.models import GazetteerEntry, Phrase, Service, StoredRecord, StoredWords, StoreState
from content.records import KINDS, Record, words_fingerprint
from content.schema import DEFAULT, Opening
from content.store import reading
from content.texts import (
    ANYWHERE,
    AnswerText,
    Corridor,
    GazetteerValue,
    PhraseText,
    RecordText,
    ServiceText,
    SourceText,
    Topic,
)
from content.told_answer import told_answers

_WORDS = ("name", "who_for", "hours", "languages", "place", "cost")


class Snapshot:
    """All reads, of one version; with `drafts`, as if every draft were told already."""

    def __init__(self, session: Session, *, drafts: bool = False) -> None:
        self.version = session.scalars(select(StoreState.version)).one()
        self._answers = told_answers(session, drafts=drafts)
        self._services = {service.id: service for service in session.scalars(_SERVICES)}
        for answer in self._answers.values():
            answer.keep_references(self._answers, self._services)
        self._store = session.get_bind().engine
        self._records = {
            (record.folder, record.id): _ToldRecord(record) for record in session.scalars(_RECORDS)
        }
        self._gazetteers = [_gazetteer_value(entry) for entry in session.scalars(_GAZETTEERS)]
        session.expunge_all()

    def languages(self) -> tuple[str, ...]:
        """Languages that have a published answer, the source language first."""
        found = {language for answer in self._answers.values() for language in answer.languages}
        return tuple(sorted(found, key=lambda language: (language != SOURCE_LANGUAGE, language)))

    def topics(self) -> tuple[Topic, ...]:
        """Topics that have published answers, in the library's order."""
        topics = [answer.topic for answer in self._answers.values()]
        return tuple(Topic(topic, topics.count(topic)) for topic in dict.fromkeys(topics))

    def answer(self, key: str, language: str, corridor: Corridor = ANYWHERE) -> AnswerText | None:
        """The most specific variant that fits the corridor; in the language, else in English."""
        answer = self._answers.get(key)
        return answer.text(answer.variant_for(corridor), language) if answer else None

    def answers(self, language: str) -> tuple[AnswerText, ...]:
        """Default variants of all answers, in the language, else in English."""
        return tuple(answer.text(DEFAULT, language) for answer in self._answers.values())

    def variants(self, key: str, language: str) -> tuple[AnswerText, ...]:
        """All variants of one answer, in the language, else in English."""
        answer = self._answers.get(key)
        return tuple(answer.text(name, language) for name in answer.corridors) if answer else ()

    def of_variant(self, key: str, name: str) -> Corridor:
        """For whom a variant of a told answer is; ANYWHERE of the default one."""
        return self._answers[key].corridors[name]

    def phrases(self) -> tuple[PhraseText, ...]:
        """Phrases of published answers, in the languages in which they are published.

        They are most of the store, and only the search wants them: they are read when they are first asked
        for, so that they may be newer than the rest, never older.
        """
        return self._phrases

    @cached_property
    def _phrases(self) -> tuple[PhraseText, ...]:
        with reading(self._store) as session:
            return tuple(
                PhraseText(answer=answer, language=language, text=text, kind=kind)
                for answer, language, text, kind in session.execute(_PHRASES)
                if answer in self._answers and language in self._answers[answer].languages
            )

    def services(
        self,
        language: str,
        *,
        country: str | None = None,
        ids: Sequence[str] | None = None,
        kinds: Collection[str] | None = None,
        danger: bool | None = None,
    ) -> tuple[ServiceText, ...]:
        """Services that fit every condition given; in the order of `ids` if those are given."""
        found = self._services if ids is None else [id_ for id_ in ids if id_ in self._services]
        return tuple(
            _service_text(service, language)
            for service in (self._services[id_] for id_ in found)
            if (country is None or service.country == country)
            and (kinds is None or service.kind in kinds)
            and (danger is None or service.danger == danger)
        )

    def record[Kind: Record](self, kind: type[Kind], id_: str, language: str) -> RecordText[Kind] | None:
        """One record, its words in the language, else in English."""
        told = self._records.get((kind.folder, id_))
        return told.text(kind, language) if told else None

    def records[Kind: Record](self, kind: type[Kind], language: str) -> tuple[RecordText[Kind], ...]:
        """All records of a kind, their words in the language, else in English."""
        return tuple(
            told.text(kind, language) for (folder, _), told in self._records.items() if folder == kind.folder
        )

    def gazetteer(self, entity: str) -> tuple[GazetteerValue, ...]:
        """All values of one entity, in the library's order."""
        return tuple(value for value in self._gazetteers if value.entity == entity)


_SERVICES = select(Service).order_by(Service.country, Service.position).options(selectinload(Service.words))
# Bare columns: there are thousands, and a mapped object for each would take most of the reading.
_PHRASES = select(Phrase.answer_key, Phrase.language, Phrase.text, Phrase.kind).order_by(
    Phrase.answer_key, Phrase.language, Phrase.kind, Phrase.position
)
_KINDS = {kind.folder: kind for kind in KINDS}
_RECORDS = (
    select(StoredRecord)
    .order_by(StoredRecord.folder, StoredRecord.id)
    .options(selectinload(StoredRecord.words))
)
_GAZETTEERS = select(GazetteerEntry).order_by(GazetteerEntry.entity, GazetteerEntry.position)


class _ToldRecord:
    """One record, read once."""

    def __init__(self, stored: StoredRecord) -> None:
        self._about = _KINDS[stored.folder].model_validate(stored.facts)
        self._words = {words.language: words for words in stored.words}

    def text[Kind: Record](self, kind: type[Kind], language: str) -> RecordText[Kind]:
        """The record in a language, else in English."""
        if not isinstance(self._about, kind):
            raise TypeError(f"{self._about.id} is no {kind.__name__}")
        found = self._words.get(language)
        told = found or self._words.get(SOURCE_LANGUAGE)
        return RecordText(
            about=self._about,
            language=told.language if told else language,
            words=MappingProxyType(told.words if told else {}),
            translation=self._translation(found) if found else "missing",
        )

    def _translation(self, told: StoredWords) -> Translation:
        """How far words can be trusted, seen from the source words that are told now."""
        if told.language == SOURCE_LANGUAGE:
            return "source"
        if told.translates != words_fingerprint(self._words[SOURCE_LANGUAGE].words):
            return "outdated"
        return "reviewed" if told.state == "human" or told.reviewed_by is not None else "machine-drafted"


def _service_text(service: Service, language: str) -> ServiceText:
    by_language = {words.language: words for words in service.words}
    spoken = [by_language[code] for code in (language, SOURCE_LANGUAGE) if code in by_language]
    words = {name: next((text for each in spoken if (text := getattr(each, name))), "") for name in _WORDS}
    return ServiceText(
        id=service.id,
        country=service.country,
        kind=service.kind,
        phones=tuple(service.phones),
        messaging=dict(service.messaging),
        danger=service.danger,
        danger_kinds=tuple(service.danger_kinds),
        checked_on=service.checked_on,
        source=SourceText(
            service.source_title,
            service.source_publisher,
            service.source_url,
            service.source_as_of,
            service.checked_on,
        ),
        opens=Opening.model_validate(service.opens).times if service.opens else None,
        serves=tuple(service.serves),
        speaks=tuple(service.speaks),
        **words,
    )


def _gazetteer_value(entry: GazetteerEntry) -> GazetteerValue:
    return GazetteerValue(
        entity=entry.entity,
        value=entry.value,
        roles=tuple(entry.roles),
        names=dict(entry.names),
        aliases={language: tuple(aliases) for language, aliases in entry.aliases.items()},
        destination=entry.destination,
        origins=tuple(entry.origins),
    )
