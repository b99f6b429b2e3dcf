"""In which country a position on earth lies. Nobody keeps the position.

Borders are those of time zones (tzfpy: timezone-boundary-builder, made from OpenStreetMap, true to about
110 m); the country of a zone is that of CLDR.
"""

import tzfpy
from babel.core import get_global

_NOWHERE = "ZZ"


def country_at(latitude: float, longitude: float) -> str | None:
    """ISO code of the country at a position in degrees; None at sea and where nobody can tell."""
    country = get_global("zone_territories").get(tzfpy.get_tz(longitude, latitude))
    return None if country in (None, _NOWHERE) else str(country)
