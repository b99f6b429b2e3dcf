"""Where somebody wants to go, as a code of one step: `scheme.PALM` or `country.JP`.

Not here: names and other spellings, which the gazetteers have.
"""

from collections import Counter
from collections.abc import Iterable

from content.journeys.fee_rules_in_force import Way
from content.records import SchemeFacts
from content.texts import Corridor

_MOST_OFFERED = 8
_OWN = 3  # so much more counts what is told to people from one country
_SCHEME = "scheme."
_COUNTRY = "country."


def place_of(*, scheme: str | None = None, country: str | None = None) -> str | None:
    """The code of a place; a scheme says more than its country."""
    if scheme is not None:
        return f"{_SCHEME}{scheme}"
    return None if country is None else f"{_COUNTRY}{country}"


def way_to(place: str | None) -> Way:
    """The way to a place: its scheme or its country is known, the rest is not."""
    if place is None:
        return Way()
    if place.startswith(_SCHEME):
        return Way(scheme=place.removeprefix(_SCHEME))
    return Way(destination=place.removeprefix(_COUNTRY))


def likely_destinations(corridors: Iterable[Corridor], origin: str | None) -> tuple[str, ...]:
    """Countries of work, those first of which the library tells most to people from there."""
    counts: Counter[str] = Counter()
    for corridor in corridors:
        if corridor.destination and corridor.origin in (origin, None):
            counts[corridor.destination] += _OWN if corridor.origin else 1
    return tuple(country for country, _ in counts.most_common())


def places_to_offer(
    origin: str | None, schemes: Iterable[SchemeFacts], countries: Iterable[str]
) -> tuple[str, ...]:
    """What to choose from: the open schemes for people from there, then countries."""
    of_schemes = [
        f"{_SCHEME}{each.scheme}" for each in schemes if each.status == "open" and origin in each.origins
    ]
    of_countries = [f"{_COUNTRY}{country}" for country in countries if country != origin]
    return tuple(dict.fromkeys((*of_schemes, *of_countries)))[:_MOST_OFFERED]
