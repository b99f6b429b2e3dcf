"""A scheme as facts: for whom, from what age, for how long, who pays what."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from content.fields import Id
from content.records.fee_rules import FeeItem
from content.records.record import Reviewed
from content.records.references import AnswerKey, CountryCode, SchemeCode, ServiceId
from content.schema import Part


class AgeSpan(Part):
    """From what age and to what age; for one origin, or for all others."""

    origin: CountryCode | None = None
    least: int | None = Field(default=None, ge=14, le=99)
    most: int | None = Field(default=None, ge=14, le=99)


class SchemeFacts(Reviewed):
    """`schemes/<id>/scheme.yml`: a scheme as facts. What is not known is left out, never guessed.

    `purpose`: for a job and then home again, for living there, for those who are there and in trouble, or
    no way to go at all. `months` are those of its shortest and of its longest jobs.
    """

    folder: ClassVar[str] = "schemes"
    about: ClassVar[str | None] = "scheme"
    scheme: SchemeCode
    destination: CountryCode | None
    origins: list[CountryCode]
    status: Literal["open", "not-yet-open", "closed", "changing", "unknown"]
    purpose: Literal["work", "settling", "protection", "other"] = "work"
    ages: tuple[AgeSpan, ...] = ()
    months: tuple[int, int] | None = None
    sectors: tuple[Id, ...] = ()
    language_test: bool | None = None
    family: Literal["yes", "no", "some"] | None = None
    lottery: bool = False
    job_offer_needed: bool | None = None
    worker_pays: tuple[FeeItem, ...] = ()
    employer_pays: tuple[FeeItem, ...] = ()
    apply_at: dict[CountryCode, list[ServiceId]] = Field(default_factory=dict)
    answers: tuple[AnswerKey, ...] = ()
    services: tuple[ServiceId, ...] = ()

    def slots(self) -> Iterator[str]:
        """What is said of it, in the order of telling."""
        yield from ("name", "what", "who", "length", "work", "tests", "cost", "family", "apply")
