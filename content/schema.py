"""The library's schema: what may stand in each file, and the sentence said when something else does.

Not here: the kinds of values (`content.fields`), and what must hold between files (`content.folder`).
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from content.faults import review_too_early
from content.fields import (
    Country,
    Fingerprint,
    Id,
    Key,
    Language,
    Line,
    Markdown,
    Phone,
    PhraseLine,
    Pinned,
    Scheme,
    TimesOfADay,
    TimeZone,
    WebAddress,
    Words,
    wrong,
)
from content.opening import DAY_AND_NIGHT, Now, OpeningTimes
from content.words import Saying

DEFAULT = "default"
PHRASES_NEEDED = {"plain": 4, "short": 3, "story": 3}

DangerKind = Literal["violence", "locked-in", "passport", "sexual", "trafficking", "self-harm", "child"]
Role = Literal["origin", "destination"]
TranslationState = Literal["machine-drafted", "reviewed", "human"]


class Part(BaseModel):
    """Anything in a library file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceEntry(Part):
    """Where something is written. `as_of` is the date the page shows, or `unknown`."""

    title: Line
    publisher: Line
    url: WebAddress
    as_of: Line
    checked_on: date
    facts: list[Line] = []


class AppliesTo(Part):
    """A corridor: for whom a variant is told, or whom an answer concerns."""

    scheme: Scheme | None = None
    origin: Country | None = None
    destination: Country | None = None


class VariantEntry(Part):
    """One telling of an answer and its sources."""

    name: Id
    applies_to: AppliesTo
    sources: list[SourceEntry] = Field(min_length=1)

    @model_validator(mode="after")
    def _default_is_for_everybody(self) -> Self:
        for_all = self.applies_to == AppliesTo()
        if (self.name == DEFAULT) != for_all:
            message = Saying("fault.for-everybody") if self.name == DEFAULT else Saying("fault.no-corridor")
            raise wrong(message, at="applies_to")
        return self


class AnswerAbout(Part):
    """What an answer is, whatever the language, beside its variants.

    `concerns` names the corridors it speaks of; an answer for everybody has none.
    """

    topic: Id
    audience: Literal["everyone", "migrant", "family"]
    owner: Line
    review_every_days: int = Field(ge=1, le=3650)
    review_date: date
    concerns: list[AppliesTo] = []
    related: list[Key] = []
    services: list[Id] = []

    @model_validator(mode="after")
    def _concerns_are_corridors(self) -> Self:
        if AppliesTo() in self.concerns:
            raise wrong(Saying("fault.no-corridor"), at="concerns")
        if twice := _twice([str(corridor) for corridor in self.concerns]):
            raise wrong(Saying("fault.stands-twice", value=twice), at="concerns")
        return self


class AnswerFile(AnswerAbout):
    """`answer.yml`: what an answer is, and its variants with their sources."""

    variants: list[VariantEntry] = Field(min_length=1)

    @model_validator(mode="after")
    def _variants_are_in_order(self) -> Self:
        names = [variant.name for variant in self.variants]
        if names[0] != DEFAULT:
            raise wrong(Saying("fault.first-variant", value=DEFAULT), at="variants")
        if twice := _twice(names):
            raise wrong(Saying("fault.stands-twice", value=twice), at="variants")
        if twice := _twice([str(variant.applies_to) for variant in self.variants]):
            raise wrong(Saying("fault.same-people", value=twice), at="variants")
        return self

    @model_validator(mode="after")
    def _review_follows_the_checks(self) -> Self:
        last = max(source.checked_on for variant in self.variants for source in variant.sources)
        if self.review_date <= last:
            raise wrong(review_too_early(self.review_date, last), at="review_date")
        return self


class Phrases(Part):
    """Example questions of one language; `staff` are those that were added in the console."""

    plain: list[PhraseLine] = Field(min_length=PHRASES_NEEDED["plain"])
    short: list[PhraseLine] = Field(min_length=PHRASES_NEEDED["short"])
    story: list[PhraseLine] = Field(min_length=PHRASES_NEEDED["story"])
    staff: list[PhraseLine] = []

    @model_validator(mode="after")
    def _none_stands_twice(self) -> Self:
        if twice := _twice([phrase.casefold() for phrase in self.all()]):
            raise wrong(Saying("fault.stands-twice", value=twice))
        return self

    def all(self) -> list[str]:
        """All phrases, of every kind."""
        return [*self.plain, *self.short, *self.story, *self.staff]


class PhraseEntry(Part):
    """One example question by itself, as staff add it."""

    phrase: PhraseLine


class VariantText(Part):
    """Title and body of one variant in one language."""

    title: Line
    body: Markdown
    minor_edit_of: Fingerprint | None = None


class TranslationEntry(Part):
    """How far a translation can be trusted, and which source text it was made from.

    Each value is for all variants, or a mapping from the variant's name. `of` is `pending` until
    `python -m content.importer --stamp` fills it.
    """

    state: TranslationState | dict[Id, TranslationState]
    of: Pinned | dict[Id, Pinned]
    reviewed_by: Line | dict[Id, Line] | None = None
    reviewed_on: date | dict[Id, date] | None = None

    def for_variant(self, name: str) -> "VariantTranslation":
        """What the entry says of one variant; None where it says nothing."""
        state, of, by, on = self.state, self.of, self.reviewed_by, self.reviewed_on
        return VariantTranslation(
            state=state.get(name) if isinstance(state, dict) else state,
            of=of.get(name) if isinstance(of, dict) else of,
            reviewed_by=by.get(name) if isinstance(by, dict) else by,
            reviewed_on=on.get(name) if isinstance(on, dict) else on,
        )


@dataclass(frozen=True, slots=True)
class VariantTranslation:
    """How far the translation of one variant can be trusted, and which source text it was made from."""

    state: TranslationState | None
    of: str | None
    reviewed_by: str | None
    reviewed_on: date | None


class TextFile(VariantText):
    """`<lang>.yml`: an answer in one language. `title` and `body` are those of the default variant."""

    phrases: Phrases
    variants: dict[Id, VariantText] = {}
    translation: TranslationEntry | None = None

    def text_of(self, variant: str) -> VariantText:
        """Title and body of a variant that this language has."""
        if variant == DEFAULT:
            return VariantText(title=self.title, body=self.body, minor_edit_of=self.minor_edit_of)
        return self.variants[variant]

    def told(self) -> tuple[str, ...]:
        """The variants that this language has, the default first."""
        return (DEFAULT, *self.variants)


class ServiceSource(Part):
    """Where a service was found; the day is the service's own `checked_on`."""

    title: Line
    publisher: Line
    url: WebAddress
    as_of: Line
    facts: list[Line] = []


class Opening(Part):
    """When a service answers: `always`, or the times of each weekday (`08:00-16:30`) by the clock of a zone.

    The words of `hours` say the same, and more than these can: breaks, holidays.
    """

    always: bool = False
    zone: TimeZone | None = None
    monday: TimesOfADay | None = None
    tuesday: TimesOfADay | None = None
    wednesday: TimesOfADay | None = None
    thursday: TimesOfADay | None = None
    friday: TimesOfADay | None = None
    saturday: TimesOfADay | None = None
    sunday: TimesOfADay | None = None

    @property
    def times(self) -> OpeningTimes:
        """The week, Monday first."""
        if self.always:
            return OpeningTimes("UTC", DAY_AND_NIGHT)
        return OpeningTimes(self.zone or "UTC", tuple(span or "" for span in self._week()))

    def at(self, moment: datetime) -> Now:
        """Whether it answers at a moment (UTC)."""
        return self.times.at(moment)

    @model_validator(mode="after")
    def _always_or_by_a_clock(self) -> Self:
        by_a_clock = bool(self.zone) and any(self._week())
        if self.always is by_a_clock or (self.always and any((self.zone, *self._week()))):
            raise wrong(Saying("fault.opening"), at="always")
        return self

    def _week(self) -> tuple[str | None, ...]:
        return (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )


class ServiceEntry(Part):
    """A help line or office. `note` is for staff: where sources differ, what is old.

    It `serves` people of these countries only (a consulate), everybody if none is named; it surely `speaks`
    these languages.
    """

    id: Id
    name: Words
    kind: Id
    phones: list[Phone]
    messaging: dict[Id, Line]
    place: Words | None = None
    hours: Words | None = None
    languages: Words | None = None
    cost: Words | None = None
    who_for: Words
    opens: Opening | None = None
    serves: list[Country] = []
    speaks: list[Language] = []
    danger: bool
    danger_kinds: list[DangerKind] = []
    checked_on: date
    note: Line | None = None
    source: ServiceSource

    @model_validator(mode="after")
    def _danger_has_kinds(self) -> Self:
        if self.danger != bool(self.danger_kinds):
            raise wrong(Saying("fault.danger-kinds"), at="danger_kinds")
        return self


class ServicesFile(Part):
    """`services/<cc>.yml`: the services of one country, the most useful first."""

    country: Country
    services: list[ServiceEntry]


class GazetteerEntryFile(Part):
    """One thing people name."""

    value: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]+$")]
    roles: list[Role] = []
    destination: Country | None = None
    origins: list[Country] = []
    names: dict[Language, Line]
    aliases: dict[Language, list[Line]]


class GazetteerFile(Part):
    """`gazetteers/<entity>.yml`: all values of one entity."""

    entity: Id
    values: list[GazetteerEntryFile]


def file_form(path: Path) -> type[AnswerFile | TextFile | ServicesFile | GazetteerFile]:
    """What may stand in the file at a place of the library."""
    if path.parent.name == "services":
        return ServicesFile
    if path.parent.name == "gazetteers":
        return GazetteerFile
    return AnswerFile if path.stem == "answer" else TextFile


def fingerprint_of(title: str, body: str) -> str:
    """What a translation is pinned to: 12 hex digits of the text, its layout put aside."""
    words = " ".join(unicodedata.normalize("NFC", f"{title}\n\n{body}").split())
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def meaning_of(text: VariantText) -> str:
    """The fingerprint translations of this text are pinned to; a minor edit keeps that of the text before."""
    return text.minor_edit_of or fingerprint_of(text.title, text.body)


def _twice(items: list[str]) -> str | None:
    return next((item for index, item in enumerate(items) if item in items[:index]), None)
