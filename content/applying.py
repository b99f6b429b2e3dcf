"""Putting items into the store: the one place that turns what the library says into rows.

The opposite of `content.stored`. Not here: whether an item may be put there (`content.importer`).
"""

from datetime import date
from functools import singledispatch

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from content.audit import record
from content.clock import now
from content.items import (
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
)
from content.models import (
    Answer,
    GazetteerEntry,
    Phrase,
    Revision,
    Service,
    ServiceWords,
    Source,
    StoredRecord,
    StoredWords,
    Variant,
)
from content.publishing import find_variant, point_to, published, rests_on, withdraw
from content.schema import fingerprint_of
from content.words import Saying

LIBRARY = "library"
_WORDS = ("name", "who_for", "hours", "languages", "place", "cost")


class CannotApply(Exception):
    """What the item rests on is not in the store as the library has it."""

    def __init__(self, saying: Saying) -> None:
        super().__init__(str(saying))
        self.saying = saying


@singledispatch
def apply(item: Item, _session: Session) -> None:
    """Make the store say what the item says; CannotApply leaves it as it was."""
    raise TypeError(f"no rule says how a {type(item).__name__} ({item}) is written into the store")


@singledispatch
def remove(_item: Item, _session: Session) -> bool:
    """Take back what the item says from readers; False for items that tell nobody anything by themselves."""
    return False


@apply.register
def _(item: AboutItem, session: Session) -> None:
    # Told to be empty, what belongs to a new row is not looked for in the store.
    answer = session.get(Answer, item.key) or Answer(key=item.key, review_date=None, variants=[])
    answer.topic = item.topic
    answer.audience = item.audience
    answer.owner = item.owner
    answer.review_every_days = item.review_every_days
    answer.concerns = [corridor.model_dump(exclude_none=True) for corridor in item.concerns]
    answer.related = item.related
    answer.services = item.services
    session.add(answer)
    known = {variant.name: variant for variant in answer.variants}
    for position, wanted in enumerate(item.variants):
        variant = known.pop(wanted.name, None)
        if variant is None:
            variant = Variant(name=wanted.name, sources=[], publications=[])
            answer.variants.append(variant)
        variant.position = position
        variant.retired = False
        variant.scheme = wanted.applies_to.scheme
        variant.origin = wanted.applies_to.origin
        variant.destination = wanted.applies_to.destination
    for variant in known.values():
        variant.retired = True
        for told in list(variant.publications):
            withdraw(session, variant, told.language)
    session.flush()


@apply.register
def _(item: ReviewItem, session: Session) -> None:
    _answer(session, item.key).review_date = item.review_date


@apply.register
def _(item: SourcesItem, session: Session) -> None:
    variant = _variant(session, item.key, item.variant)
    variant.sources = [
        Source(
            position=position,
            title=source.title,
            publisher=source.publisher,
            url=source.url,
            as_of=source.as_of,
            checked_on=source.checked_on,
            facts=source.facts,
        )
        for position, source in enumerate(item.sources)
    ]


@apply.register
def _(item: TextItem, session: Session) -> None:
    variant = _variant(session, item.key, item.variant)
    for name, language in rests_on(item.variant, item.language):
        under = find_variant(session, item.key, name)
        if under is None or published(under, language) is None:
            raise CannotApply(Saying("fault.not-published", text=f"{item.key} ({name}, {language})"))
    revision = Revision(
        variant=variant,
        language=item.language,
        title=item.title,
        body=item.body,
        author=LIBRARY,
        created_at=now(),
        meaning=item.minor_edit_of or fingerprint_of(item.title, item.body),
        translates=item.of,
        provenance="human" if item.state in (None, "human") else "machine-drafted",
        state="published",
        reviewed_by=item.reviewed_by,
        reviewed_on=item.reviewed_on,
    )
    session.add(revision)
    point_to(revision, by=LIBRARY)
    record(
        session,
        "audit.imported-text",
        by=LIBRARY,
        answer=item.key,
        variant=item.variant,
        language=item.language,
    )


@apply.register
def _(item: PhrasesItem, session: Session) -> None:
    _answer(session, item.key)
    kinds, texts = list(item.phrases), [text for texts in item.phrases.values() for text in texts]
    elsewhere = session.scalars(
        select(Phrase).where(
            Phrase.language == item.language, Phrase.text.in_(texts), Phrase.answer_key != item.key
        )
    ).first()
    if elsewhere is not None:
        raise CannotApply(Saying("fault.phrase-of", value=elsewhere.text, answer=elsewhere.answer_key))
    ours = (Phrase.answer_key == item.key) & (Phrase.language == item.language)
    session.execute(
        delete(Phrase).where(ours & (Phrase.kind.in_(kinds) | Phrase.text.in_(texts))),
        # Nothing reads phrases from this session again: looking for them in it costs a third of an import.
        execution_options={"synchronize_session": False},
    )
    rows = [
        {
            "answer_key": item.key,
            "language": item.language,
            "kind": kind,
            "position": position,
            "text": text,
            "added_by": LIBRARY,
        }
        for kind, told in item.phrases.items()
        for position, text in enumerate(told)
    ]
    # On the connection: without the mapper's bookkeeping of each row it takes half the time.
    session.connection().execute(insert(Phrase), rows)


@apply.register
def _(item: ServiceItem, session: Session) -> None:
    told = item.service
    service = session.get(Service, told.id) or Service(id=told.id, position=0)
    service.country = item.country
    service.kind = told.kind
    service.phones = told.phones
    service.messaging = told.messaging
    service.opens = told.opens.model_dump(mode="json", exclude_defaults=True) if told.opens else None
    service.serves = told.serves
    service.speaks = told.speaks
    service.danger = told.danger
    service.danger_kinds = told.danger_kinds
    service.checked_on = told.checked_on
    service.note = told.note
    service.source_title = told.source.title
    service.source_publisher = told.source.publisher
    service.source_url = told.source.url
    service.source_as_of = told.source.as_of
    service.source_facts = told.source.facts
    service.words = _words(service, item)
    session.add(service)


@apply.register
def _(item: GazetteerItem, session: Session) -> None:
    told = item.entry
    entry = session.get(GazetteerEntry, (item.entity, told.value)) or GazetteerEntry(
        entity=item.entity, value=told.value, position=0
    )
    entry.roles = told.roles
    entry.names = told.names
    entry.aliases = told.aliases
    entry.destination = told.destination
    entry.origins = told.origins
    session.add(entry)


@apply.register
def _(item: RecordItem, session: Session) -> None:
    name = (item.folder, item.record)
    record = session.get(StoredRecord, name) or StoredRecord(folder=item.folder, id=item.record)
    review = item.facts.get("review_date")
    record.facts = item.facts
    record.review_date = date.fromisoformat(review) if review else None
    session.add(record)
    session.flush()


@apply.register
def _(item: RecordWordsItem, session: Session) -> None:
    name = (item.folder, item.record)
    if session.get(StoredRecord, name) is None:
        raise CannotApply(Saying("fault.not-in-store", value=f"{item.folder}/{item.record}"))
    told = item.words.translation
    row = session.get(StoredWords, (*name, item.language)) or StoredWords(
        folder=item.folder, record=item.record, language=item.language
    )
    row.words = item.words.words
    row.state = told.state if told else None
    row.translates = told.of if told else None
    row.reviewed_by = told.reviewed_by if told else None
    row.reviewed_on = told.reviewed_on if told else None
    session.add(row)


@remove.register
def _(item: RecordItem, session: Session) -> bool:
    record = session.get(StoredRecord, (item.folder, item.record))
    if record is not None:
        session.delete(record)
    return record is not None


@remove.register
def _(item: RecordWordsItem, session: Session) -> bool:
    row = session.get(StoredWords, (item.folder, item.record, item.language))
    if row is not None:
        session.delete(row)
    return row is not None


@remove.register
def _(item: TextItem, session: Session) -> bool:
    variant = find_variant(session, item.key, item.variant)
    return variant is not None and withdraw(session, variant, item.language)


@remove.register
def _(item: ServiceItem, session: Session) -> bool:
    service = session.get(Service, item.service.id)
    if service is not None:
        session.delete(service)
    return service is not None


@remove.register
def _(item: GazetteerItem, session: Session) -> bool:
    entry = session.get(GazetteerEntry, (item.entity, item.entry.value))
    if entry is not None:
        session.delete(entry)
    return entry is not None


def _answer(session: Session, key: str) -> Answer:
    answer = session.get(Answer, key)
    if answer is None:
        raise CannotApply(Saying("fault.not-in-store", value=key))
    return answer


def _variant(session: Session, key: str, name: str) -> Variant:
    variant = find_variant(session, key, name)
    if variant is None:
        raise CannotApply(Saying("fault.no-variant-stored", answer=key, value=name))
    return variant


def _words(service: Service, item: ServiceItem) -> list[ServiceWords]:
    told = {name: getattr(item.service, name) or {} for name in _WORDS}
    existing = {words.language: words for words in service.words}
    words = []
    for language in sorted({language for texts in told.values() for language in texts}):
        row = existing.get(language) or ServiceWords(language=language)
        for name in _WORDS:
            setattr(row, name, told[name].get(language))
        words.append(row)
    return words
