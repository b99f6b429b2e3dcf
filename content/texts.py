"""What readers of the store get: frozen values, in one language, with nothing of the database in them.

Not here: where they come from (`content.snapshot`), or how they are told (`content.compose`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from content.messages import Translation
from content.opening import OpeningTimes
from content.records import Record

PhraseKind = Literal["plain", "short", "story", "staff"]


@dataclass(frozen=True, slots=True)
class Corridor:
    """What is known of a person's way: ISO country codes and the id of a scheme."""

    origin: str | None = None
    destination: str | None = None
    scheme: str | None = None


ANYWHERE = Corridor()


@dataclass(frozen=True, slots=True)
class SourceText:
    """Where something is written, and the day somebody last read it there."""

    title: str
    publisher: str
    url: str
    as_of: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class AnswerText:
    """One published answer in one language; `checked_on` is the oldest day of its sources."""

    key: str
    topic: str
    variant: str
    language: str
    title: str
    body: str
    translation: Translation
    checked_on: date
    review_date: date
    sources: tuple[SourceText, ...]
    services: tuple[str, ...]
    related: tuple[str, ...]
    concerns: tuple[Corridor, ...]


@dataclass(frozen=True, slots=True)
class PhraseText:
    """An example question that leads to an answer."""

    answer: str
    language: str
    text: str
    kind: PhraseKind


@dataclass(frozen=True, slots=True)
class ServiceText:
    """A help line or office, its texts in the language asked for, else in English."""

    id: str
    country: str
    kind: str
    name: str
    who_for: str
    hours: str
    languages: str
    place: str
    cost: str
    phones: tuple[str, ...]
    messaging: dict[str, str]
    danger: bool
    danger_kinds: tuple[str, ...]
    checked_on: date
    source: SourceText
    opens: OpeningTimes | None = None
    serves: tuple[str, ...] = ()
    speaks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordText[Kind: Record]:
    """A record of a guided journey: its facts, and its words in the language asked for, else in English."""

    about: Kind
    language: str
    words: Mapping[str, str]
    translation: Translation


@dataclass(frozen=True, slots=True)
class GazetteerValue:
    """One thing that people name (a country, a scheme …), and all the ways to name it."""

    entity: str
    value: str
    roles: tuple[str, ...]
    names: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    destination: str | None
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic that has published answers; its words are in the catalogue as `topic.<key>`."""

    key: str
    answers: int
