"""What our team writes to people on Telegram, sent to their chats; and alerts for the team itself.

What waits stands in the people store: a kill loses nothing. Each line is marked once it has gone out,
in its order; one chat that fails holds up no other.
"""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import RetryAfter, TelegramError

from bot.channels.telegram_rendering import parts_of
from bot.channels.telegram_sending import TelegramBot, Unreachable, pause_of, send
from bot.channels.telegram_updates import Incoming, Said
from bot.conversation import Conversation
from content.people.handovers import Line, Parcel

_log = logging.getLogger(__name__)

_LOOK_EVERY = 1.0  # seconds
_LONGEST_WAIT = 60.0
_CHANNEL = "telegram"


class TeamToTelegram:
    """Sends what waits, until cancelled."""

    def __init__(self, bot: TelegramBot, conversation: Conversation, first_wait: float) -> None:
        self._bot = bot
        self._handover = conversation.handover
        self._words = conversation.words
        self._first_wait = first_wait
        self._pauses: dict[int, float] = {}
        self._not_before: dict[int, float] = {}

    async def run(self) -> None:
        """Look again and again."""
        while True:
            try:
                for parcel in await asyncio.to_thread(self._handover.store.parcels, _CHANNEL):
                    await self._deliver(parcel)
            except SQLAlchemyError as error:
                _log.error("what the team wrote cannot be read yet: %s", type(error).__name__)
            await asyncio.sleep(_LOOK_EVERY)

    async def _deliver(self, parcel: Parcel) -> None:
        """Send the lines of one chat; what fails is tried again, later and later."""
        now = asyncio.get_running_loop().time()
        if self._not_before.get(parcel.request, 0.0) > now:
            return
        try:
            for line in parcel.lines:
                await self._send(parcel, line)
        except Unreachable:
            _log.info("request %d: the person cannot be reached", parcel.request)
            await asyncio.to_thread(self._handover.store.unreachable, parcel.request)
        except TelegramError as error:
            wait = self._pauses.get(parcel.request, self._first_wait)
            pause = pause_of(error) if isinstance(error, RetryAfter) else wait
            self._pauses[parcel.request] = min(wait * 2, _LONGEST_WAIT)
            self._not_before[parcel.request] = now + pause
            _log.warning("request %d waits: %s", parcel.request, type(error).__name__)
            return
        self._pauses.pop(parcel.request, None)
        self._not_before.pop(parcel.request, None)

    async def _send(self, parcel: Parcel, line: Line) -> None:
        store = self._handover.store
        if parcel.chat is None:
            await asyncio.to_thread(store.mark, [line.id], "failed")
            return
        message = self._handover.message(line, _CHANNEL)
        to = Incoming(int(parcel.chat), Said(""))
        sent = [
            await send(self._bot, to, part, first=False)
            for part in parts_of([message], self._words, line.language)
        ]
        await asyncio.to_thread(store.mark, [line.id], "delivered" if all(sent) else "failed")


async def alert(bot: TelegramBot, chat: str, words: str) -> None:
    """Send a line to a group of the team; a failure is logged."""
    try:
        await bot.send_message(chat, words)
    except TelegramError as error:
        _log.error("an alert could not be sent to the team's group: %s", type(error).__name__)
