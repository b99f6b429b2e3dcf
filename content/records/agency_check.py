"""How to check who recruits in a country."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from content.fields import Id, Phone, WebAddress
from content.records.record import Reviewed
from content.records.references import AnswerKey, CountryCode, ServiceId


class AgencyCheck(Reviewed):
    """`agencies/<cc>/agency.yml`: how to check who recruits in a country, step by step.

    `recruiting` says who may: licensed agencies, a public body alone, both, or we do not know.
    """

    folder: ClassVar[str] = "agencies"
    about: ClassVar[str | None] = "agency"
    country: CountryCode
    recruiting: Literal["licensed-agencies", "public-only", "both", "unknown"]
    register_url: WebAddress | None = None
    register_phones: tuple[Phone, ...] = ()
    steps: list[Id] = Field(min_length=1)
    answers: tuple[AnswerKey, ...] = ()
    services: tuple[ServiceId, ...] = ()

    def slots(self) -> Iterator[str]:
        """`lead`, and one for each step."""
        yield "lead"
        yield from (f"step.{step}" for step in self.steps)
