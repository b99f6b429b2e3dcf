"""Reminders that people asked for: where to write to them, encrypted, and on which day next.

Not here: what is due (`content.journeys.checklist`), sending (`bot.reminders`, the channels).
"""

import logging
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from content.clock import now
from content.journeys.checklist import Plan
from content.people.cipher import Cipher, CipherError
from content.people.handovers import CLOSED
from content.people.models import HandoverRequest, Reminder

_log = logging.getLogger(__name__)

_CLAIMED_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Subscription:
    """What reminders somebody wants: of which list (its id), by which plan, by the clocks of which countries.

    `countries` are that before departure and that after it.
    """

    chat: int
    checklist: str
    plan: Plan
    countries: tuple[str, str]


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A subscription whose day has come."""

    id: int
    language: str
    next_day: date
    subscription: Subscription


class Reminders:
    """The door to reminders."""

    def __init__(self, engine: Engine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    def begin(self, person: str, channel: str, language: str, wanted: Subscription, next_day: date) -> None:
        """Remind somebody from now on; what was wanted before is forgotten."""
        told = {
            "channel": channel,
            "language": language,
            "details": self._cipher.encrypt(_written(wanted)),
            "next_day": next_day,
            "claimed_until": None,
        }
        with self._writing() as connection:
            insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            made = insert(Reminder).values(person=person, **told)
            connection.execute(made.on_conflict_do_update(index_elements=["person"], set_=told))

    def of(self, person: str) -> DueReminder | None:
        """What somebody wants to be reminded of."""
        found = self._found(_ROWS.where(Reminder.person == person))
        return found[0] if found else None

    def due(self, until: date) -> list[DueReminder]:
        """Those whose day is not after a day, and that nobody is sending just now.

        Who talks with our team is not interrupted: their reminder waits until the talk has ended.
        """
        talking = exists().where(HandoverRequest.person == Reminder.person, HandoverRequest.state != CLOSED)
        free = Reminder.claimed_until.is_(None) | (Reminder.claimed_until < now())
        return self._found(_ROWS.where(Reminder.next_day <= until, free, ~talking).order_by(Reminder.id))

    def claim(self, reminder: DueReminder) -> bool:
        """Take one for sending; False if another process has it, or its owner has ended it meanwhile.

        A claim ends by itself: what was claimed by a process that was killed is sent after the restart.
        """
        free = Reminder.claimed_until.is_(None) | (Reminder.claimed_until < now())
        mine = (Reminder.id == reminder.id) & (Reminder.next_day == reminder.next_day) & free
        claimed = update(Reminder).where(mine).values(claimed_until=now() + _CLAIMED_FOR)
        with self._writing() as connection:
            return bool(connection.execute(claimed).rowcount)

    def go_on(self, reminder: DueReminder, plan: Plan, next_day: date | None) -> None:
        """Wait for the next day; without one all is forgotten."""
        if next_day is None:
            self.forget(reminder)
            return
        wanted = reminder.subscription
        details = _written(Subscription(wanted.chat, wanted.checklist, plan, wanted.countries))
        told = {"details": self._cipher.encrypt(details), "next_day": next_day, "claimed_until": None}
        with self._writing() as connection:
            connection.execute(update(Reminder).where(Reminder.id == reminder.id).values(told))

    def let_go(self, reminder: DueReminder) -> None:
        """It was not sent; it may be claimed again."""
        freed = update(Reminder).where(Reminder.id == reminder.id).values(claimed_until=None)
        with self._writing() as connection:
            connection.execute(freed)

    def forget(self, reminder: DueReminder) -> None:
        """No more reminders; nothing of it is kept."""
        with self._writing() as connection:
            connection.execute(delete(Reminder).where(Reminder.id == reminder.id))

    def end(self, person: str) -> bool:
        """No more reminders for somebody; False if there were none."""
        with self._writing() as connection:
            return bool(erase(connection, person))

    def _writing(self) -> Any:
        return self._engine.execution_options(writes=True).begin()

    def _found(self, statement: Any) -> list[DueReminder]:
        with self._engine.connect() as connection:
            rows = connection.execute(statement).all()
        found = []
        for row in rows:
            try:
                wanted = _read(self._cipher.decrypt(row.details))
            except CipherError:
                _log.error("reminder %d cannot be read with this secret key", row.id)
                continue
            found.append(DueReminder(row.id, row.language, row.next_day, wanted))
        return found


def erase(connection: Connection, person: str) -> int:
    """Erase the reminders of a person; rows erased."""
    return connection.execute(delete(Reminder).where(Reminder.person == person)).rowcount


def expire(connection: Connection, before: date) -> int:
    """Erase reminders that should have been sent before a day; rows erased."""
    return connection.execute(delete(Reminder).where(Reminder.next_day < before)).rowcount


def _written(wanted: Subscription) -> dict[str, Any]:
    plan = wanted.plan
    return {
        "chat": wanted.chat,
        "list": wanted.checklist,
        "departure": plan.departure.isoformat(),
        "done": sorted(plan.done),
        "told": sorted(plan.told),
        "countries": list(wanted.countries),
    }


def _read(kept: dict[str, Any]) -> Subscription:
    plan = Plan(date.fromisoformat(kept["departure"]), frozenset(kept["done"]), frozenset(kept["told"]))
    before, after = kept["countries"]
    return Subscription(int(kept["chat"]), kept["list"], plan, (before, after))


_ROWS = select(Reminder.id, Reminder.language, Reminder.next_day, Reminder.details)
