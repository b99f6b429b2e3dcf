"""Opening times: whether somebody answers at a moment, and when next, by the clock of their place.

Not here: where opening times are kept (`content.people.team`, `content.schema`).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS = 7
DAY_AND_NIGHT = ("00:00-23:59",) * DAYS

_SPAN = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Opens:
    """When they answer next, by their own clock: weekday (Monday is 0), time, name of the place."""

    weekday: int
    time: str
    place: str


@dataclass(frozen=True, slots=True)
class Now:
    """Whether they answer now; their clock (`14:05`); when they answer next, if they do not now."""

    answers: bool
    clock: str
    opens: Opens | None = None


@dataclass(frozen=True, slots=True)
class OpeningTimes:
    """For each day from Monday on `08:00-16:30` (its last minute is in it), or nothing; by a zone's clock."""

    time_zone: str
    days: tuple[str, ...]

    @property
    def place(self) -> str:
        """The town that the time zone is named after."""
        return self.time_zone.rpartition("/")[2].replace("_", " ")

    @property
    def day_and_night(self) -> bool:
        """Whether they always answer."""
        return self.days == DAY_AND_NIGHT

    def at(self, moment: datetime) -> Now:
        """What they do at a moment (UTC, without a zone). Holidays are not known."""
        local = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(self.time_zone))
        clock = f"{local:%H:%M}"
        begins, _, ends = self.days[local.weekday()].partition("-")
        if begins and begins <= clock <= ends:
            return Now(True, clock)
        for ahead in range(DAYS + 1):
            weekday = (local.weekday() + ahead) % DAYS
            begins = self.days[weekday].partition("-")[0]
            if begins and (ahead or begins > clock):
                return Now(False, clock, Opens(weekday, begins, self.place))
        return Now(False, clock)


def is_time_zone(name: str) -> bool:
    """Whether a clock goes by that name: `Pacific/Efate`."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def is_span(span: str) -> bool:
    """Whether these are times of one day, the earlier one first: `08:00-16:30`."""
    begins, _, ends = span.partition("-")
    return bool(_SPAN.fullmatch(span)) and begins < ends
