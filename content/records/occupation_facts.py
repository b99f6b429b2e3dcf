"""A group of occupations: where it is asked for, and what it needs."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import StringConstraints

from content.fields import Id
from content.records.record import Reviewed
from content.records.references import AnswerKey, CountryCode, SchemeCode
from content.schema import Part


class Demand(Part):
    """Where an occupation is asked for, under which scheme, and the sector there."""

    destination: CountryCode
    scheme: SchemeCode | None = None
    sector: Id | None = None


class OccupationFacts(Reviewed):
    """`occupations/<isco>/occupation.yml`: a group of occupations of ISCO-08 (two to four digits)."""

    folder: ClassVar[str] = "occupations"
    about: ClassVar[str | None] = "occupation"
    isco: Annotated[str, StringConstraints(pattern=r"^\d{1,4}$")]
    demand: tuple[Demand, ...] = ()
    language_test: bool | None = None
    certificate: bool | None = None
    answers: tuple[AnswerKey, ...] = ()

    def slots(self) -> Iterator[str]:
        """What is said of it, in the order of telling."""
        yield from ("name", "what", "where", "needs", "training")
