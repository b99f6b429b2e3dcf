"""Daytime: when somebody may be written to, by the clocks of their country."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel.core import get_global

FROM_HOUR = 8
TO_HOUR = 19


def is_daytime(country: str, moment: datetime) -> bool:
    """Whether it is day at a moment (UTC, without a zone) on every clock of a country."""
    return all(FROM_HOUR <= local.hour < TO_HOUR for local in _clocks(country, moment))


def local_day(country: str, moment: datetime) -> date:
    """The calendar's day in a country at a moment (UTC, without a zone)."""
    return next(iter(_clocks(country, moment))).date()


def _clocks(country: str, moment: datetime) -> Iterable[datetime]:
    """The time on each clock of a country; UTC where its zones are not known (CLDR's `territory_zones`)."""
    zones = get_global("territory_zones").get(country) or ["UTC"]
    return [moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)) for zone in zones]
