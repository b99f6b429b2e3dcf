"""What must hold when an answer's sources, corridors, variants … are edited, or a new answer is written.

They are the checks of the library's files (`content.schema`, `content.folder`), so that an export of the
store imports again. Each raises a SheetError that says what is wrong, by the field it belongs to.
Not here: the steps themselves (`content.answer_steps`), texts (`content.editorial_rules`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.answer_facts import corridor_of, print_of
from content.clock import now
from content.editorial_rules import owner_of
from content.faults import Fault, nothing_named, review_too_early
from content.fields import Id, Key, Language, Line, Markdown, PhraseLine, wrong
from content.models import Answer, Source, Variant
from content.record_rules import SheetConflict, SheetError, known_names
from content.schema import DEFAULT, PHRASES_NEEDED, AnswerAbout, AppliesTo, Part, SourceEntry
from content.schema_errors import faults_of
from content.words import Saying

TAKEN_NAMES = frozenset({"about", "phrases", "sources"})
"""Names that no variant may have: in the console's addresses they stand for something else."""


class NewPhrases(Part):
    """Example questions of a new answer in one language; there may be too few to publish it yet."""

    plain: list[PhraseLine] = Field(default_factory=list)
    short: list[PhraseLine] = Field(default_factory=list)
    story: list[PhraseLine] = Field(default_factory=list)
    staff: list[PhraseLine] = Field(default_factory=list)

    def by_kind(self) -> Iterator[tuple[str, list[PhraseLine]]]:
        """The phrases of every kind."""
        yield from self

    def missing(self) -> dict[str, int]:
        """How many more of each kind are needed before the answer can be published."""
        short_of = {kind: needed - len(getattr(self, kind)) for kind, needed in PHRASES_NEEDED.items()}
        return {kind: number for kind, number in short_of.items() if number > 0}


class NewAnswer(AnswerAbout):
    """An answer that is not in the store yet: what it is, its English text, its sources and phrases."""

    key: Key
    title: Line
    body: Markdown
    sources: list[SourceEntry] = Field(min_length=1)
    phrases: dict[Language, NewPhrases] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _the_key_begins_with_the_topic(self) -> Self:
        if self.key.partition(".")[0] != self.topic:
            raise wrong(Saying("fault.key-and-topic", value=self.key, topic=self.topic), at="key")
        return self

    @model_validator(mode="after")
    def _no_phrase_stands_twice(self) -> Self:
        for language, phrases in self.phrases.items():
            seen: set[str] = set()
            for kind, texts in phrases.by_kind():
                for text in texts:
                    if text.casefold() in seen:
                        raise wrong(Saying("fault.stands-twice", value=text), at=f"phrases.{language}.{kind}")
                    seen.add(text.casefold())
        return self


class NewVariant(Part):
    """A variant that is not in the store yet."""

    name: Id
    applies_to: AppliesTo


def checked[Form: Part](form: type[Form], values: Mapping[str, Any]) -> Form:
    """Values as they may be kept; raises SheetError."""
    try:
        return form.model_validate(dict(values))
    except ValidationError as error:
        raise SheetError(faults_of(error)) from None


def check_based_on(facts: Mapping[str, Any], based_on: str) -> None:
    """Whoever saves must have had before them what the store has now."""
    if print_of(facts) != based_on:
        raise SheetConflict("workflow.sheet-changed")


def check_sources(variant: Variant, sources: Sequence[SourceEntry], review_date: date | None) -> None:
    """A text that is told keeps a source, and is looked at again after its sources were."""
    if not sources and variant.publications:
        raise SheetError([("sources", Saying("fault.no-source"))])
    check_not_ahead(sources)
    others = (each for each in variant.answer.variants if each is not variant and not each.retired)
    checks = [source.checked_on for source in sources]
    checks += [source.checked_on for each in others for source in each.sources]
    check_review_date(review_date, checks)


def check_not_ahead(sources: Iterable[SourceEntry]) -> None:
    """Nobody has read a source tomorrow."""
    faults = [
        (f"sources.{place}.checked_on", Saying("fault.still-to-come", day=source.checked_on))
        for place, source in enumerate(sources)
        if source.checked_on > now().date()
    ]
    if faults:
        raise SheetError(faults)


def check_review_date(review_date: date | None, checks: Iterable[date]) -> None:
    """The next review lies after the last check of a source."""
    last = max(checks, default=None)
    if last is not None and review_date is not None and review_date <= last:
        raise SheetError([("review_date", review_too_early(review_date, last))])


def check_references(session: Session, key: str, about: AnswerAbout) -> None:
    """What an answer leads to is there."""
    known = known_names(session)
    faults = [
        (f"related.{place}", Saying("fault.itself") if other == key else nothing_named("answer", other))
        for place, other in enumerate(about.related)
        if other == key or other not in known["answer"]
    ]
    faults += [
        (f"services.{place}", nothing_named("service", id_))
        for place, id_ in enumerate(about.services)
        if id_ not in known["service"]
    ]
    for place, corridor in enumerate(about.concerns):
        faults += corridor_faults(session, f"concerns.{place}", corridor)
    if faults:
        raise SheetError(faults)


def corridor_faults(session: Session, place: str, corridor: AppliesTo) -> list[Fault]:
    """What of a corridor is not known."""
    known = known_names(session)
    named = (
        ("scheme", corridor.scheme, known["scheme"]),
        ("origin", corridor.origin, known["country"]),
        ("destination", corridor.destination, known["country"]),
    )
    return [
        (f"{place}.{key}", Saying("fault.not-in-gazetteer", value=name))
        for key, name, names in named
        if name is not None and name not in names
    ]


def check_variant(session: Session, answer: Answer, new: NewVariant) -> None:
    """A further variant is for somebody, and no other one is for the same."""
    used = [variant for variant in answer.variants if not variant.retired]
    faults = corridor_faults(session, "applies_to", new.applies_to)
    if new.applies_to == AppliesTo():
        faults.append(("applies_to", Saying("fault.no-corridor")))
    if new.name == DEFAULT or new.name in TAKEN_NAMES:
        faults.append(("name", Saying("fault.no-variant-name", value=new.name)))
    if new.name in (variant.name for variant in used):
        faults.append(("name", Saying("fault.there-already", value=new.name)))
    for variant in used:
        if corridor_of(variant) == new.applies_to:
            faults.append(("applies_to", Saying("fault.same-people", value=variant.name)))
    if faults:
        raise SheetError(faults)


def check_new(session: Session, new: NewAnswer) -> None:
    """Neither its key nor its phrases are another answer's, and what it leads to is there."""
    faults: list[Fault] = []
    if session.get(Answer, new.key) is not None:
        faults.append(("key", Saying("fault.there-already", value=new.key)))
    if session.scalars(select(Answer.key).where(Answer.topic == new.topic)).first() is None:
        faults.append(("topic", Saying("fault.no-topic", value=new.topic)))
    for language, phrases in new.phrases.items():
        for kind, texts in phrases.by_kind():
            owners = [(text, owner_of(session, language, text)) for text in texts]
            faults += [
                (f"phrases.{language}.{kind}", Saying("fault.phrase-of", value=text, answer=owner))
                for text, owner in owners
                if owner is not None
            ]
    if faults:
        raise SheetError(faults)
    check_not_ahead(new.sources)
    check_review_date(new.review_date, [source.checked_on for source in new.sources])
    check_references(session, new.key, new)


def source_rows(sources: Iterable[SourceEntry]) -> list[Source]:
    """Sources as they are stored."""
    return [Source(position=place, **source.model_dump()) for place, source in enumerate(sources)]
