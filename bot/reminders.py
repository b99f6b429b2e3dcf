"""Reminders of a checklist: kept as their owner wishes, composed when they are due.

Not here: what is due on which day (`content.journeys.checklist`), how it reaches a chat (the channels).
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.turn import Turn
from content import compose
from content.clock import now, today
from content.compose import Writer
from content.daytime import is_daytime, local_day
from content.journeys.checklist import Plan, begun_plan, due_reminder, next_reminder
from content.messages import Message, Reminding
from content.people.reminders import DueReminder, Reminders, Subscription
from content.records import Checklist
from content.texts import RecordText

_log = logging.getLogger(__name__)

_FARTHEST_AHEAD = timedelta(days=1)  # no clock is further ahead of ours


@dataclass(frozen=True, slots=True)
class Parcel:
    """A reminder ready to be sent, and the plan that goes on after it."""

    reminder: DueReminder
    message: Message
    plan: Plan
    next_day: date | None

    @property
    def chat(self) -> int:
        """Where to."""
        return self.reminder.subscription.chat


class ChecklistReminders:
    """Keeps what people want to be reminded of, and says what is due."""

    def __init__(self, reminders: Reminders, writer: Callable[[str | None], Writer]) -> None:
        self._reminders = reminders
        self._writer = writer

    async def kept(self, turn: Turn, messages: list[Message]) -> list[Message]:
        """The messages without what is for us alone; what they wish of reminders is done first."""
        if not any(message.reminding for message in messages):
            return messages
        return [await self._message_kept(turn, message) for message in messages]

    def ended(self, language: str | None) -> Message:
        """What is said when they end while the engine is away."""
        return compose.notice(self._writer(language), "checklist.remind-off")

    async def end(self, person: str) -> bool:
        """No more reminders; whether there were any."""
        return await asyncio.to_thread(self._reminders.end, person)

    async def parcels(self) -> list[Parcel]:
        """What can be sent now: it is due, and day where its owner is."""
        return await asyncio.to_thread(self._parcels, now())

    async def claim(self, parcel: Parcel) -> bool:
        """Take a parcel for sending; False if it is not ours to send."""
        return await asyncio.to_thread(self._reminders.claim, parcel.reminder)

    async def sent(self, parcel: Parcel) -> None:
        """It has gone out; the next one waits."""
        await asyncio.to_thread(self._reminders.go_on, parcel.reminder, parcel.plan, parcel.next_day)

    async def failed(self, parcel: Parcel) -> None:
        """It has not gone out, and is tried again."""
        await asyncio.to_thread(self._reminders.let_go, parcel.reminder)

    async def unreachable(self, parcel: Parcel) -> None:
        """Its owner has left or blocked us: nothing of them is kept."""
        await asyncio.to_thread(self._reminders.forget, parcel.reminder)

    # --- beside the event loop --------------------------------------------------------------------

    async def _message_kept(self, turn: Turn, message: Message) -> Message:
        wish, clean = message.reminding, message.model_copy(update={"reminding": None})
        if wish is None or turn.trial is not None:
            return clean
        writer = self._writer(message.language)
        if wish.wish == "begin" and (turn.chat is None or turn.chat < 0):
            return compose.notice(writer, "checklist.remind-private")
        try:
            await asyncio.to_thread(self._keep, turn, wish, message.language)
        except SQLAlchemyError as error:
            _log.error("a wish about reminders could not be kept: %s", type(error).__name__)
            return compose.notice(writer, "error.text")
        return clean

    def _keep(self, turn: Turn, wish: Reminding, language: str) -> None:
        before = self._reminders.of(turn.person)
        if wish.wish == "update" and before is None:
            return
        text = self._checklist(wish.list, language)
        chat = before.subscription.chat if before else turn.chat
        if text is None or chat is None:
            return
        plan = begun_plan(text.about, wish.departure, frozenset(wish.done), today())
        if before and _is_same(before.subscription, wish):
            plan = Plan(plan.departure, plan.done, plan.told | before.subscription.plan.told)
        next_day = next_reminder(text.about, plan)
        if next_day is None:
            self._reminders.end(turn.person)
            return
        wanted = Subscription(chat, wish.list, plan, wish.countries)
        self._reminders.begin(turn.person, turn.channel, language, wanted, next_day)

    def _parcels(self, moment: datetime) -> list[Parcel]:
        due = self._reminders.due(moment.date() + _FARTHEST_AHEAD)
        return [parcel for each in due if (parcel := self._parcel(each, moment)) is not None]

    def _parcel(self, reminder: DueReminder, moment: datetime) -> Parcel | None:
        """A reminder as it is sent now; None if it is night there, or another day still."""
        wanted = reminder.subscription
        country = _where(wanted, moment)
        day = local_day(country, moment)
        if day < reminder.next_day or not is_daytime(country, moment):
            return None
        text = self._checklist(wanted.checklist, reminder.language)
        if text is None:
            _log.warning("reminder %d: its list is gone", reminder.id)
            self._reminders.forget(reminder)
            return None
        things, plan = due_reminder(text.about, wanted.plan, day)
        upcoming = next_reminder(text.about, plan)
        if not things:
            self._reminders.go_on(reminder, plan, upcoming)
            return None
        writer = self._writer(reminder.language)
        message = compose.checklist_reminder(writer, text, things, plan.departure, day)
        return Parcel(reminder, message, plan, upcoming)

    def _checklist(self, id_: str, language: str) -> RecordText[Checklist] | None:
        return self._writer(language).repository.record(Checklist, id_, language)


def _where(wanted: Subscription, moment: datetime) -> str:
    """The country in which somebody is at a moment, as far as their plan says it."""
    before, after = wanted.countries
    return after if local_day(before, moment) > wanted.plan.departure else before


def _is_same(wanted: Subscription, wish: Reminding) -> bool:
    return wanted.checklist == wish.list and wanted.plan.departure == wish.departure
