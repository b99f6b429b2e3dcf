"""The steps of the agency check: in which country, which name, which licence number.

Not here: the look into the registers (`content.journeys.agency_check`), and words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from content.journeys.agency_check import AgencyFacts, AgencyOutcome, Looks, check_agency
from content.journeys.steps import Question, Told, known
from content.records import AgencyCheck


@dataclass(frozen=True, slots=True)
class AgencyJourney:
    """The journey on a day: the registers, and each country's own way to check."""

    registers: Looks
    ways: Sequence[AgencyCheck]
    day: date

    def next(self, told: Told) -> Question | None:
        """What to ask next: name and number only where there is a register to look in."""
        if "country" not in told:
            return Question("country", "country")
        country = known(told, "country")
        if country is None or not self.registers.of_country(country):
            return None
        for step in ("name", "licence"):
            if step not in told:
                return Question(step, "name")
        return None

    def outcome(self, told: Told) -> AgencyOutcome:
        """What can be said of the agency."""
        facts = AgencyFacts(known(told, "country"), told.get("name", ""), told.get("licence", ""))
        return check_agency(facts, self.registers, self.ways, self.day)
