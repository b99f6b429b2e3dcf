"""Records: structured facts for the guided journeys, and the words that go with them per language.

A record has an id, facts that are the same in every language, and slots of words. Rules have
figures only. Not here: files and references between them (`content.record_folder`), answers and
services (`content.schema`).
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from content.fields import Country, Id, Key, Line, Markdown, Phone, Pinned, Scheme, WebAddress, wrong
from content.schema import Part, Role, SourceEntry, TranslationState

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Slot = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
FeeItem = Literal[
    "placement",
    "service",
    "registration",
    "visa",
    "permit",
    "medical",
    "training",
    "test",
    "passport",
    "documents",
    "ticket",
    "insurance",
    "deposit",
    "levy",
    "total",
]


class Record(Part):
    """Facts of one record. `folder` is where its kind stands in the library, `about` its file there."""

    folder: ClassVar[str]
    about: ClassVar[str | None]
    id: Id

    def slots(self) -> Iterator[str]:
        """The slots of words that every language must fill."""
        return iter(())

    def answers_named(self) -> Iterator[str]:
        """Keys of answers that it leads to."""
        return iter(())

    def services_named(self) -> Iterator[str]:
        """Ids of services that it leads to."""
        return iter(())

    def countries_named(self) -> Iterator[str]:
        """Countries that it speaks of."""
        return iter(())

    def schemes_named(self) -> Iterator[str]:
        """Schemes that it speaks of."""
        return iter(())


class Reviewed(Record):
    """A record with words: where its facts come from, and when they must be looked at again."""

    review_date: date
    sources: list[SourceEntry] = Field(min_length=1)

    @model_validator(mode="after")
    def _review_follows_the_checks(self) -> Self:
        last = max(source.checked_on for source in self.sources)
        if self.review_date <= last:
            raise wrong(f"review_date: {self.review_date} is not after {last}, when a source was checked")
        return self


class FeeLimit(Part):
    """The most that may be asked: an amount of a currency, months of pay, or a percentage of a month's pay.

    `per` says of what: of the whole job, or of each month.
    """

    value: Decimal = Field(ge=0)
    unit: Literal["months-of-pay", "percent-of-monthly-pay", "percent-of-contract-pay"] | Currency
    per: Literal["job", "month", "year"] = "job"


class FeePeriod(Part):
    """What held from one day until another; `until: null` is still in force.

    `starts` is `by-then` where the source does not say since when it holds: then `from` is the day
    the source bears, or on which it was read.
    """

    since: date = Field(alias="from")
    until: date | None
    starts: Literal["then", "by-then"]
    verdict: Literal["forbidden", "limited", "allowed"]
    limit: FeeLimit | None = None
    source: SourceEntry

    @model_validator(mode="after")
    def _limit_goes_with_the_verdict(self) -> Self:
        if (self.verdict == "limited") != (self.limit is not None):
            raise wrong("limit must be given if the verdict is limited, and only then")
        if self.until is not None and self.until < self.since:
            raise wrong(f"until {self.until} is before from {self.since}")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class FeeRule(Part):
    """What a worker may be asked to pay for one thing. Without conditions it holds for everybody.

    `law` is the name of the law or rule, as it is called there.
    """

    id: Id
    item: FeeItem
    other_side: tuple[Country, ...] = ()
    scheme: Scheme | None = None
    work: tuple[Id, ...] = ()
    law: Line
    periods: list[FeePeriod] = Field(min_length=1)

    @model_validator(mode="after")
    def _periods_do_not_overlap(self) -> Self:
        for earlier, later in zip(self.periods, self.periods[1:], strict=False):
            if earlier.until is None or earlier.until >= later.since:
                raise wrong(f"periods: the one from {later.since} begins before the one before it ends")
        return self

    def on(self, day: date) -> FeePeriod | None:
        """What holds on a day; None where nothing verified is known."""
        return next((period for period in self.periods if period.holds_on(day)), None)


class FeeRules(Record):
    """`rules/fee_check/<cc>.yml`: what workers from a country, or going to it, may be asked to pay.

    `role` says which: of an `origin`, rules for its workers; of a `destination`, for those who come.
    `complain` are the services to turn to.
    """

    folder: ClassVar[str] = "rules/fee_check"
    about: ClassVar[str | None] = None
    country: Country
    role: list[Role] = Field(min_length=1)
    answers: tuple[Key, ...] = ()
    complain: tuple[Id, ...] = ()
    rules: list[FeeRule] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_different(self) -> Self:
        ids = [rule.id for rule in self.rules]
        if len(set(ids)) != len(ids):
            raise wrong("rules: an id stands twice")
        return self

    def answers_named(self) -> Iterator[str]:
        """Keys of answers that it leads to."""
        return iter(self.answers)

    def services_named(self) -> Iterator[str]:
        """Ids of services that it leads to."""
        return iter(self.complain)

    def countries_named(self) -> Iterator[str]:
        """Countries that it speaks of."""
        yield self.country
        for rule in self.rules:
            yield from rule.other_side

    def schemes_named(self) -> Iterator[str]:
        """Schemes that it speaks of."""
        return (rule.scheme for rule in self.rules if rule.scheme)


class AgencyCheck(Reviewed):
    """`agencies/<cc>/agency.yml`: how to check who recruits in a country, step by step.

    `recruiting` says who may: licensed agencies, a public body alone, both, or we do not know.
    """

    folder: ClassVar[str] = "agencies"
    about: ClassVar[str | None] = "agency"
    country: Country
    recruiting: Literal["licensed-agencies", "public-only", "both", "unknown"]
    register_url: WebAddress | None = None
    register_phones: tuple[Phone, ...] = ()
    steps: list[Id] = Field(min_length=1)
    answers: tuple[Key, ...] = ()
    services: tuple[Id, ...] = ()

    def slots(self) -> Iterator[str]:
        """`lead`, and one for each step."""
        yield "lead"
        yield from (f"step.{step}" for step in self.steps)

    def answers_named(self) -> Iterator[str]:
        """Keys of answers that it leads to."""
        return iter(self.answers)

    def services_named(self) -> Iterator[str]:
        """Ids of services that it leads to."""
        return iter(self.services)

    def countries_named(self) -> Iterator[str]:
        """Countries that it speaks of."""
        yield self.country


class AgeSpan(Part):
    """From what age and to what age; for one origin, or for all others."""

    origin: Country | None = None
    least: int | None = Field(default=None, ge=14, le=99)
    most: int | None = Field(default=None, ge=14, le=99)


class SchemeFacts(Reviewed):
    """`schemes/<id>/scheme.yml`: a scheme as facts. What is not known is left out, never guessed."""

    folder: ClassVar[str] = "schemes"
    about: ClassVar[str | None] = "scheme"
    scheme: Scheme
    destination: Country | None
    origins: list[Country]
    status: Literal["open", "not-yet-open", "closed", "changing", "unknown"]
    ages: tuple[AgeSpan, ...] = ()
    months: tuple[int, int] | None = None
    sectors: tuple[Id, ...] = ()
    language_test: bool | None = None
    family: Literal["yes", "no", "some"] | None = None
    lottery: bool = False
    job_offer_needed: bool | None = None
    worker_pays: tuple[FeeItem, ...] = ()
    employer_pays: tuple[FeeItem, ...] = ()
    apply_at: dict[Country, list[Id]] = Field(default_factory=dict)
    answers: tuple[Key, ...] = ()
    services: tuple[Id, ...] = ()

    def slots(self) -> Iterator[str]:
        """What is said of it, in the order of telling."""
        yield from ("name", "what", "who", "length", "work", "tests", "cost", "family", "apply")

    def answers_named(self) -> Iterator[str]:
        """Keys of answers that it leads to."""
        return iter(self.answers)

    def services_named(self) -> Iterator[str]:
        """Ids of services that it leads to."""
        yield from self.services
        for services in self.apply_at.values():
            yield from services

    def countries_named(self) -> Iterator[str]:
        """Countries that it speaks of."""
        yield from self.origins
        yield from self.apply_at
        if self.destination:
            yield self.destination

    def schemes_named(self) -> Iterator[str]:
        """Schemes that it speaks of."""
        yield self.scheme


class Demand(Part):
    """Where an occupation is asked for, under which scheme, and the sector there."""

    destination: Country
    scheme: Scheme | None = None
    sector: Id | None = None


class OccupationFacts(Reviewed):
    """`occupations/<isco>/occupation.yml`: a group of occupations of ISCO-08 (two to four digits)."""

    folder: ClassVar[str] = "occupations"
    about: ClassVar[str | None] = "occupation"
    isco: Annotated[str, StringConstraints(pattern=r"^\d{1,4}$")]
    demand: tuple[Demand, ...] = ()
    language_test: bool | None = None
    certificate: bool | None = None
    answers: tuple[Key, ...] = ()

    def slots(self) -> Iterator[str]:
        """What is said of it, in the order of telling."""
        yield from ("name", "what", "where", "needs", "training")

    def answers_named(self) -> Iterator[str]:
        """Keys of answers that it leads to."""
        return iter(self.answers)

    def countries_named(self) -> Iterator[str]:
        """Countries that it speaks of."""
        return (demand.destination for demand in self.demand)

    def schemes_named(self) -> Iterator[str]:
        """Schemes that it speaks of."""
        return (demand.scheme for demand in self.demand if demand.scheme)


class ChecklistItem(Part):
    """One thing to do, so many days before departure (after it, if below 0)."""

    id: Id
    days_before: int = Field(ge=-400, le=400)
    answers: tuple[Key, ...] = ()


class Checklist(Reviewed):
    """`checklists/<id>/checklist.yml`: what to do by when, for a scheme or for anyone."""

    folder: ClassVar[str] = "checklists"
    about: ClassVar[str | None] = "checklist"
    scheme: Scheme | None
    items: list[ChecklistItem] = Field(min_length=1)

    def slots(self) -> Iterator[str]:
        """`title`, and one for each item."""
        yield "title"
        yield from (f"item.{item.id}" for item in self.items)

    def answers_named(self) -> Iterator[str]:
        """Keys of answers that it leads to."""
        return (key for item in self.items for key in item.answers)

    def schemes_named(self) -> Iterator[str]:
        """Schemes that it speaks of."""
        return iter([self.scheme] if self.scheme else [])


class Lesson(Part):
    """Two or three short screens and a question with choices, of which `right` counts from 1."""

    id: Id
    screens: int = Field(ge=1, le=4)
    choices: int = Field(ge=2, le=4)
    right: int
    answers: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _right_is_a_choice(self) -> Self:
        if not 1 <= self.right <= self.choices:
            raise wrong(f"right: {self.right} is none of the {self.choices} choices")
        return self

    def slots(self) -> Iterator[str]:
        """Its title, screens, question, choices, and why the right one is right."""
        yield f"{self.id}.title"
        yield from (f"{self.id}.screen-{number}" for number in range(1, self.screens + 1))
        yield f"{self.id}.question"
        yield from (f"{self.id}.choice-{number}" for number in range(1, self.choices + 1))
        yield f"{self.id}.why"


class Course(Reviewed):
    """`orientation/<id>/course.yml`: the pre-departure orientation for a scheme, or for anyone."""

    folder: ClassVar[str] = "orientation"
    about: ClassVar[str | None] = "course"
    scheme: Scheme | None
    lessons: list[Lesson] = Field(min_length=1)

    def slots(self) -> Iterator[str]:
        """`title`, and those of each lesson."""
        yield "title"
        for lesson in self.lessons:
            yield from lesson.slots()

    def answers_named(self) -> Iterator[str]:
        """Keys of answers that it leads to."""
        return (key for lesson in self.lessons for key in lesson.answers)

    def schemes_named(self) -> Iterator[str]:
        """Schemes that it speaks of."""
        return iter([self.scheme] if self.scheme else [])


KINDS: tuple[type[Record], ...] = (
    FeeRules,
    AgencyCheck,
    SchemeFacts,
    OccupationFacts,
    Checklist,
    Course,
)


class RecordTranslation(Part):
    """How far the words of a language can be trusted, and which source words they were made from."""

    state: TranslationState
    of: Pinned
    reviewed_by: Line | None = None
    reviewed_on: date | None = None


class RecordWords(Part):
    """`<lang>.yml` beside a record: its words in one language, by slot."""

    words: dict[Slot, Markdown]
    translation: RecordTranslation | None = None

    @property
    def fingerprint(self) -> str:
        """What a translation of these words is pinned to: 12 hex digits."""
        return words_fingerprint(self.words)


def words_fingerprint(words: Mapping[str, str]) -> str:
    """12 hex digits of words by slot, their layout put aside."""
    lines = (f"{slot}\n{' '.join(text.split())}" for slot, text in sorted(words.items()))
    plain = unicodedata.normalize("NFC", "\n\n".join(lines))
    return hashlib.sha256(plain.encode()).hexdigest()[:12]
