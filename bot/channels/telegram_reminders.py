"""Reminders that people asked for, sent to their chats on Telegram by day.

What is due stands in the people store. Each is claimed before it is sent and moved on after: a kill in
between loses nothing, and only what was under way in that moment can come twice.
"""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import RetryAfter, TelegramError

from bot.channels.telegram_rendering import parts_of
from bot.channels.telegram_sending import TelegramBot, Unreachable, pause_of, send
from bot.channels.telegram_updates import Incoming, Said
from bot.conversation import Conversation
from bot.reminders import ChecklistReminders, Parcel

_log = logging.getLogger(__name__)


class RemindersToTelegram:
    """Sends what is due, until cancelled."""

    def __init__(self, bot: TelegramBot, conversation: Conversation, look_every: float) -> None:
        self._bot = bot
        self._reminders: ChecklistReminders = conversation.reminders
        self._words = conversation.words
        self._look_every = look_every

    async def run(self) -> None:
        """Look again and again."""
        while True:
            try:
                for parcel in await self._reminders.parcels():
                    await self._deliver(parcel)
            except SQLAlchemyError as error:
                _log.error("reminders cannot be read yet: %s", type(error).__name__)
            await asyncio.sleep(self._look_every)

    async def _deliver(self, parcel: Parcel) -> None:
        """Send one; what fails is tried again when we look the next time."""
        if not await self._reminders.claim(parcel):
            return
        to = Incoming(parcel.chat, Said(""))
        try:
            for part in parts_of([parcel.message], self._words, parcel.message.language):
                await send(self._bot, to, part, first=False)
        except Unreachable:
            _log.info("reminder %d: the person cannot be reached", parcel.reminder.id)
            await self._reminders.unreachable(parcel)
        except RetryAfter as flood:
            await self._reminders.failed(parcel)
            await asyncio.sleep(pause_of(flood))
        except TelegramError as error:
            _log.warning("reminder %d waits: %s", parcel.reminder.id, type(error).__name__)
            await self._reminders.failed(parcel)
        else:
            await self._reminders.sent(parcel)
