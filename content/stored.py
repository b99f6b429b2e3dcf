"""The store taken apart into items: what is published now, in the form in which the library has it.

The opposite of `content.applying`. Drafts and old revisions are no items: the library has none.
"""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from content.fields import SOURCE_LANGUAGE
from content.items import (
    LIBRARY_KINDS,
    AboutItem,
    GazetteerItem,
    Item,
    PhrasesItem,
    RecordItem,
    RecordWordsItem,
    ReviewItem,
    ServiceItem,
    SourcesItem,
    TextItem,
    VariantName,
)
from content.models import (
    Answer,
    GazetteerEntry,
    Phrase,
    Publication,
    Revision,
    Service,
    Source,
    StoredRecord,
    StoredWords,
    Variant,
)
from content.records import RecordTranslation, RecordWords
from content.schema import (
    DEFAULT,
    AppliesTo,
    GazetteerEntryFile,
    Opening,
    ServiceEntry,
    ServiceSource,
    SourceEntry,
    TranslationState,
    fingerprint_of,
)

_ANSWERS = (
    select(Answer)
    .order_by(Answer.key)
    .options(
        selectinload(Answer.phrases),
        selectinload(Answer.variants).selectinload(Variant.sources),
        selectinload(Answer.variants).selectinload(Variant.publications).selectinload(Publication.revision),
    )
)
_SERVICES = select(Service).order_by(Service.country, Service.position).options(selectinload(Service.words))
_RECORDS = (
    select(StoredRecord)
    .order_by(StoredRecord.folder, StoredRecord.id)
    .options(selectinload(StoredRecord.words))
)
_GAZETTEERS = select(GazetteerEntry).order_by(GazetteerEntry.entity, GazetteerEntry.position)


def stored_items(session: Session) -> Iterator[Item]:
    """Everything in the store that a library can have; what an item rests on comes before it."""
    for service in session.scalars(_SERVICES):
        yield ServiceItem(country=service.country, service=_service(service))
    for entry in session.scalars(_GAZETTEERS):
        yield GazetteerItem(entity=entry.entity, entry=_gazetteer_entry(entry))
    for answer in session.scalars(_ANSWERS):
        yield from _answer(answer)
    for record in session.scalars(_RECORDS):
        yield RecordItem(folder=record.folder, record=record.id, facts=record.facts)
        for words in record.words:
            yield RecordWordsItem(
                folder=record.folder, record=record.id, language=words.language, words=_words(words)
            )


def stored_item(session: Session, id_: str) -> ServiceItem | RecordItem | RecordWordsItem | None:
    """One service, the facts of a record, or its words in a language, by the item's id; None if not there."""
    kind, _, name = id_.partition(" ")
    if kind == "service":
        service = session.get(Service, name)
        return ServiceItem(country=service.country, service=_service(service)) if service else None
    place, _, language = name.partition(" ")
    folder, _, id_of_record = place.rpartition("/")
    if kind == "record":
        record = session.get(StoredRecord, (folder, id_of_record))
        return RecordItem(folder=folder, record=id_of_record, facts=record.facts) if record else None
    words = session.get(StoredWords, (folder, id_of_record, language))
    if kind != "words" or words is None:
        return None
    return RecordWordsItem(folder=folder, record=id_of_record, language=language, words=_words(words))


def _words(words: StoredWords) -> RecordWords:
    translation = None
    if words.state is not None and words.translates is not None:
        translation = RecordTranslation(
            state=words.state,
            of=words.translates,
            reviewed_by=words.reviewed_by,
            reviewed_on=words.reviewed_on,
        )
    return RecordWords(words=words.words, translation=translation)


def _answer(answer: Answer) -> Iterator[Item]:
    used = [variant for variant in answer.variants if not variant.retired]
    yield AboutItem(
        key=answer.key,
        topic=answer.topic,
        audience=answer.audience,
        owner=answer.owner,
        review_every_days=answer.review_every_days,
        concerns=[AppliesTo.model_validate(corridor) for corridor in answer.concerns],
        related=answer.related,
        services=answer.services,
        variants=[VariantName(name=variant.name, applies_to=_applies_to(variant)) for variant in used],
    )
    yield ReviewItem(key=answer.key, review_date=answer.review_date)
    for variant in used:
        yield SourcesItem(
            key=answer.key, variant=variant.name, sources=[_source(source) for source in variant.sources]
        )
    for variant in sorted(used, key=lambda variant: variant.name != DEFAULT):
        for told in sorted(variant.publications, key=lambda told: told.language != SOURCE_LANGUAGE):
            yield _text(answer.key, variant.name, told.revision)
    for language, phrases in groupby(answer.phrases, key=lambda phrase: phrase.language):
        yield from _phrases(answer.key, language, list(phrases))


def _applies_to(variant: Variant) -> AppliesTo:
    return AppliesTo(scheme=variant.scheme, origin=variant.origin, destination=variant.destination)


def _source(source: Source) -> SourceEntry:
    return SourceEntry(
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        as_of=source.as_of,
        checked_on=source.checked_on,
        facts=source.facts,
    )


def _text(key: str, variant: str, revision: Revision) -> TextItem:
    is_source = revision.language == SOURCE_LANGUAGE
    edited = is_source and revision.meaning != fingerprint_of(revision.title, revision.body)
    return TextItem(
        key=key,
        variant=variant,
        language=revision.language,
        title=revision.title,
        body=revision.body,
        minor_edit_of=revision.meaning if edited else None,
        state=None if is_source else _state(revision),
        of=None if is_source else revision.translates,
        reviewed_by=None if is_source else revision.reviewed_by,
        reviewed_on=None if is_source else revision.reviewed_on,
    )


def _state(revision: Revision) -> TranslationState:
    if revision.provenance == "human":
        return "human"
    return "machine-drafted" if revision.reviewed_by is None else "reviewed"


def _phrases(key: str, language: str, phrases: list[Phrase]) -> Iterator[PhrasesItem]:
    def texts(kind: str) -> list[str]:
        return [phrase.text for phrase in phrases if phrase.kind == kind]

    library = {kind: texts(kind) for kind in LIBRARY_KINDS}
    if any(library.values()):
        yield PhrasesItem(key=key, language=language, whose="library", phrases=library)
    if staff := texts("staff"):
        yield PhrasesItem(key=key, language=language, whose="staff", phrases={"staff": staff})


def _service(service: Service) -> ServiceEntry:
    def words(name: str) -> dict[str, str]:
        told = {each.language: getattr(each, name) for each in service.words}
        return {language: text for language, text in told.items() if text is not None}

    return ServiceEntry(
        id=service.id,
        name=words("name"),
        kind=service.kind,
        phones=service.phones,
        messaging=service.messaging,
        place=words("place") or None,
        hours=words("hours") or None,
        languages=words("languages") or None,
        cost=words("cost") or None,
        who_for=words("who_for"),
        opens=Opening.model_validate(service.opens) if service.opens else None,
        serves=service.serves,
        speaks=service.speaks,
        danger=service.danger,
        danger_kinds=service.danger_kinds,
        checked_on=service.checked_on,
        note=service.note,
        source=ServiceSource(
            title=service.source_title,
            publisher=service.source_publisher,
            url=service.source_url,
            as_of=service.source_as_of,
            facts=service.source_facts,
        ),
    )


def _gazetteer_entry(entry: GazetteerEntry) -> GazetteerEntryFile:
    return GazetteerEntryFile(
        value=entry.value,
        roles=entry.roles,
        destination=entry.destination,
        origins=entry.origins,
        names=entry.names,
        aliases=entry.aliases,
    )
