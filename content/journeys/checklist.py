"""The checklist: what to do by when, for a scheme and a day of departure; and when to remind of it.

What is done is told step by step (`palm-passport: done`), so that several lists can be kept side by side.
Not here: words (an item's are the checklist's own), sending reminders (`bot.reminders`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from content.journeys.steps import Question, Told, known
from content.records import Checklist
from content.records.checklist import ChecklistItem

ANYONE = "anyone"
"""The value of the list that is for no scheme."""

TICK = "tick"
"""The step of numbers that were typed; it is told as the items that they mean."""

DONE, OPEN = "done", "open"

type When = Literal["late", "soon", "later"]

_SOON = timedelta(days=14)
_BEFOREHAND = timedelta(days=7)
_LAST_CALL = timedelta(days=2)
_LAST = "last"  # the reminder of all that is open shortly before departure


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing to do: its number on its list, the day by which, whether it is done."""

    item: ChecklistItem
    number: int
    by: date | None
    is_done: bool

    @property
    def is_after(self) -> bool:
        """Whether it is for the time after departure."""
        return self.item.days_before < 0

    def when(self, day: date) -> When:
        """How urgent it is on a day."""
        if self.by is None or self.by > day + _SOON:
            return "later"
        return "late" if self.by < day else "soon"


@dataclass(frozen=True, slots=True)
class Checklists:
    """The journey with the lists of the library."""

    lists: Sequence[Checklist]

    def next(self, told: Told) -> Question:
        """Which list, which day, whether to remind; then the list, which stays open for what is done."""
        chosen = self.chosen(told)
        if chosen is None:
            offered = sorted(map(value_of, self.lists), key=lambda value: value == ANYONE)
            return Question("list", "choice", tuple(offered), can_skip=False, said_as="course")
        if "departure" not in told:
            return Question("departure", "day")
        if told.get("remind") == "ask":
            return Question("remind", "choice", ("yes", "no"), can_skip=False)
        numbers = tuple(str(number) for number in range(1, len(chosen.items) + 1))
        return Question(TICK, "numbers", numbers, can_skip=False, stays_open=True)

    def chosen(self, told: Told) -> Checklist | None:
        """The list that was chosen."""
        value = known(told, "list")
        return next((each for each in self.lists if value_of(each) == value), None)

    def things(self, told: Told) -> tuple[Thing, ...]:
        """What to do, by the list that was chosen, in its order."""
        chosen = self.chosen(told)
        if chosen is None:
            return ()
        done = {item.id for item in chosen.items if told.get(step_of(chosen, item)) == DONE}
        return things_of(chosen, departure_of(told), done)

    def ticked(self, told: Told, numbers: Sequence[int]) -> dict[str, str]:
        """The steps that numbers of the list mean: what was open is done, what was done is open again."""
        chosen = self.chosen(told)
        if chosen is None:
            return {}
        meant = [thing for thing in self.things(told) if thing.number in numbers]
        return {step_of(chosen, thing.item): OPEN if thing.is_done else DONE for thing in meant}


@dataclass(frozen=True, slots=True)
class Plan:
    """What reminders go by: a list, the day of departure, ids of what is done and what was reminded of."""

    departure: date
    done: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


def value_of(checklist: Checklist) -> str:
    """How a list is chosen: by its scheme."""
    return checklist.scheme or ANYONE


def step_of(checklist: Checklist, item: ChecklistItem) -> str:
    """The step that tells whether a thing is done."""
    return f"{checklist.id}-{item.id}"


def departure_of(told: Told) -> date | None:
    """The day of departure; None where it is not known yet."""
    day = known(told, "departure")
    return date.fromisoformat(day) if day else None


def things_of(
    checklist: Checklist, departure: date | None, done: set[str] | frozenset[str]
) -> tuple[Thing, ...]:
    """What to do by a list, with the day by which."""
    return tuple(
        Thing(
            item, number, departure - timedelta(days=item.days_before) if departure else None, item.id in done
        )
        for number, item in enumerate(checklist.items, start=1)
    )


def begun_plan(checklist: Checklist, departure: date, done: frozenset[str], day: date) -> Plan:
    """The plan of who wishes to be reminded on a day: what is due by then they have just seen."""
    fresh = Plan(departure, done)
    return Plan(departure, done, frozenset(key for key, on in _days(checklist, fresh).items() if on <= day))


def next_reminder(checklist: Checklist, plan: Plan) -> date | None:
    """The day of the next reminder; None when there is nothing more to remind of."""
    return min((on for key, on in _days(checklist, plan).items() if key not in plan.told), default=None)


def due_reminder(checklist: Checklist, plan: Plan, day: date) -> tuple[tuple[Thing, ...], Plan]:
    """What to remind of on a day, and the plan after it."""
    keys = {key for key, on in _days(checklist, plan).items() if key not in plan.told and on <= day}
    is_last = _LAST in keys
    things = tuple(
        thing
        for thing in things_of(checklist, plan.departure, plan.done)
        if not thing.is_done and (thing.item.id in keys or (is_last and not thing.is_after))
    )
    return things, Plan(plan.departure, plan.done, plan.told | keys)


def _days(checklist: Checklist, plan: Plan) -> Mapping[str, date]:
    """When what is open is reminded of: a week beforehand, all that is left two days before departure."""
    return dict(_each_day(checklist, plan))


def _each_day(checklist: Checklist, plan: Plan) -> Iterator[tuple[str, date]]:
    last_call = plan.departure - _LAST_CALL
    for thing in things_of(checklist, plan.departure, plan.done):
        if thing.is_done or thing.by is None:
            continue
        if thing.is_after:
            yield thing.item.id, thing.by
        else:
            yield thing.item.id, min(thing.by - _BEFOREHAND, last_call)
            yield _LAST, last_call
