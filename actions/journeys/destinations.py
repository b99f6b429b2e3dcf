"""Where people from a country go, as far as the library tells."""

from actions.resources import Resources
from content.journeys.places import likely_destinations
from content.journeys.steps import Told, known
from content.words import SOURCE_LANGUAGE


def destinations_for(shared: Resources, told: Told) -> tuple[str, ...]:
    """Countries of work, the likeliest first for somebody from the origin that was told."""
    answers = shared.repository.answers(SOURCE_LANGUAGE)
    return likely_destinations(
        (each for answer in answers for each in answer.concerns), known(told, "origin")
    )
