"""When our team can be asked: its opening hours, and whether any counsellor is there at all.

Not here: the talks themselves (`content.people.handovers`, `content.people.desk`).
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from content.clock import now
from content.opening import DAYS, OpeningTimes, Opens, is_span, is_time_zone
from content.people.models import TeamHours
from content.staff.models import StaffAccount
from content.store import reading, writing

_log = logging.getLogger(__name__)

_ONE_ROW = 1
_COUNSELLOR = "counsellor"


class HoursError(ValueError):
    """Hours that cannot be kept; `reason` is bad-zone or bad-hours, `day` says of which weekday."""

    def __init__(self, reason: str, day: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.day = day


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether our team can be asked now; if not, when it can (None: it does not answer at all)."""

    now: bool = False
    opens: Opens | None = None


NO_OFFER = Offer()


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours: for each day from Monday on `08:00-16:30` (its last minute is in it), or nothing."""

    offered: bool = False
    time_zone: str = "UTC"
    days: tuple[str, ...] = field(default=("",) * DAYS)

    def check(self) -> None:
        """Raise HoursError for hours that nobody could keep."""
        if not is_time_zone(self.time_zone):
            raise HoursError("bad-zone")
        for day, span in enumerate(self.days):
            if span and not is_span(span):
                raise HoursError("bad-hours", day)

    @property
    def times(self) -> OpeningTimes:
        """The days, by the clock."""
        return OpeningTimes(self.time_zone, self.days)

    def offer(self, at: datetime) -> Offer:
        """What is offered at a moment (UTC)."""
        if not self.offered:
            return NO_OFFER
        then = self.times.at(at)
        return Offer(now=then.answers, opens=then.opens)


class Team:
    """The team as people meet it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def hours(self) -> Hours:
        """The opening hours; never, until staff set them."""
        with reading(self._engine) as session:
            row = session.get(TeamHours, _ONE_ROW)
            return Hours(row.offered, row.time_zone, tuple(row.hours)) if row else Hours()

    def set_hours(self, hours: Hours) -> None:
        """Other opening hours from now on; raises HoursError."""
        hours.check()
        with writing(self._engine) as session:
            session.merge(
                TeamHours(
                    id=_ONE_ROW, offered=hours.offered, time_zone=hours.time_zone, hours=list(hours.days)
                )
            )

    def counsellors(self, language: str) -> int:
        """How many active counsellors answer in a language."""
        accounts = select(StaffAccount).where(StaffAccount.active)
        with reading(self._engine) as session:
            return sum(
                _COUNSELLOR in account.roles and (not account.languages or language in account.languages)
                for account in session.scalars(accounts)
            )

    def offer(self, language: str, at: datetime | None = None) -> Offer:
        """Whether the team can be asked in a language; not while the store is out of reach."""
        try:
            offer = self.hours().offer(at or now())
            return offer if offer != NO_OFFER and self.counsellors(language) else NO_OFFER
        except SQLAlchemyError as error:
            _log.error("whether the team is there cannot be read: %s", type(error).__name__)
            return NO_OFFER
