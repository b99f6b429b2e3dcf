"""Handling of waiting updates: one at a time per chat, several chats at once, each once.

The inbox is the queue: replies are saved there before the first is sent, each sent part is
marked, and at the end the texts are removed. After a kill the same steps go on where they
stopped. Not here: what is answered (`telegram_replies`), how it is sent (`telegram_sending`).
"""

import asyncio
import logging
import traceback
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import RetryAfter, TelegramError

from bot.channels.telegram_rendering import Part, parts_of
from bot.channels.telegram_replies import TelegramReplies
from bot.channels.telegram_sending import TelegramBot, Unreachable, acknowledge, pause_of, send, typing
from bot.channels.telegram_updates import Incoming, Self, UnreadableUpdate, query_of, read
from content.people.cipher import CipherError
from content.people.inbox import Inbox, WaitingUpdate
from content.words import Words

_log = logging.getLogger(__name__)

_CHATS_AT_ONCE = 8
_ROOM = 200
LONGEST_WAIT = 60.0


@dataclass(slots=True)
class _Handling:
    """How far an update has come."""

    update: WaitingUpdate
    incoming: Incoming | None
    parts: list[Part] | None
    saved: bool
    sent: int
    started: float = field(default_factory=monotonic)


class TelegramWorker:
    """Takes up what waits in the inbox, from the first `run` on and whenever it is woken."""

    def __init__(
        self,
        *,
        bot: TelegramBot,
        me: Self,
        inbox: Inbox,
        replies: TelegramReplies,
        words: Words,
        first_wait: float,
    ) -> None:
        self._bot = bot
        self._me = me
        self._inbox = inbox
        self._replies = replies
        self._words = words
        self._first_wait = first_wait
        self._woken = asyncio.Event()
        self._room = asyncio.Event()
        self._slots = asyncio.Semaphore(_CHATS_AT_ONCE)
        self._seen: set[int] = set()
        self._chats: dict[str, deque[WaitingUpdate]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There may be something new in the inbox."""
        self._woken.set()

    async def room(self) -> None:
        """Wait until there is room for more updates (Telegram keeps them meanwhile)."""
        await self._room.wait()

    async def run(self) -> None:
        """Hand out what waits, until cancelled."""
        self._woken.set()
        wait = self._first_wait
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                self._hand_out(await asyncio.to_thread(self._inbox.waiting))
                wait = self._first_wait
            except (SQLAlchemyError, CipherError) as error:
                _log.error("the inbox cannot be read (%s); trying again", type(error).__name__)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
                self._woken.set()

    async def finish(self, seconds: float) -> None:
        """Let what is being handled come to its end; what does not stays in the inbox."""
        for chat in self._chats.values():
            chat.clear()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _hand_out(self, waiting: list[WaitingUpdate]) -> None:
        listed = {update.update_id for update in waiting}
        new = [update for update in waiting if update.update_id not in self._seen]
        # What is no longer listed is finished; what is listed and seen is in some chat's hands.
        self._seen = listed
        for update in new:
            query = query_of(update.payload)
            if query is not None and update.replies is None:
                self._spawn(acknowledge(self._bot, query))
            if update.chat not in self._chats:
                self._chats[update.chat] = deque()
                self._spawn(self._serve(update.chat))
            self._chats[update.chat].append(update)
        self._mark_room()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _mark_room(self) -> None:
        if sum(map(len, self._chats.values())) < _ROOM:
            self._room.set()
        else:
            self._room.clear()

    async def _serve(self, chat: str) -> None:
        """Handle the updates of one chat, in their order, until none is left."""
        updates = self._chats[chat]
        while updates:
            update = updates.popleft()
            try:
                await self._persist(self._taken_up(update))
            except Exception as error:  # noqa: BLE001 - the edge: one update must not stop the chat
                _log.error("update %d is left for the next start: %s", update.update_id, place(error))
            self._mark_room()
        del self._chats[chat]

    def _taken_up(self, update: WaitingUpdate) -> _Handling:
        parts = None if update.replies is None else [_part(reply) for reply in update.replies]
        try:
            incoming = read(update.payload, self._me)
        except UnreadableUpdate as error:
            _log.error("update %d is not built as it should be: %s", update.update_id, error)
            incoming = None
        return _Handling(update, incoming, parts, saved=parts is not None, sent=update.sent)

    async def _persist(self, handling: _Handling) -> None:
        """Go on, however often Telegram or the store fails in between."""
        wait = self._first_wait
        while True:
            try:
                async with self._slots:
                    await self._go_on(handling)
            except RetryAfter as flood:
                pause = pause_of(flood)
            except (TelegramError, SQLAlchemyError) as error:
                _log.warning("update %d waits: %s", handling.update.update_id, type(error).__name__)
                pause, wait = wait, min(wait * 2, LONGEST_WAIT)
            else:
                return
            await asyncio.sleep(pause)

    async def _go_on(self, handling: _Handling) -> None:
        """The steps of an update, from the first that is not done."""
        number = handling.update.update_id
        if handling.incoming is not None:
            await self._answer(handling, handling.incoming)
        await asyncio.to_thread(self._inbox.finish, number)
        milliseconds = (monotonic() - handling.started) * 1000
        _log.info("update %d handled: %d messages, %.0f ms", number, handling.sent, milliseconds)

    async def _answer(self, handling: _Handling, incoming: Incoming) -> None:
        number = handling.update.update_id
        if handling.parts is None:
            handling.parts = await self._parts(number, incoming, handling.update.chat)
        if not handling.saved:
            await asyncio.to_thread(self._inbox.save_replies, number, handling.parts)
            handling.saved = True
        try:
            for part in handling.parts[handling.sent :]:
                await send(self._bot, incoming, part, first=handling.sent == 0)
                handling.sent += 1
                await asyncio.to_thread(self._inbox.mark_sent, number, handling.sent)
        except Unreachable:
            _log.info("update %d has nobody left to answer", number)

    async def _parts(self, number: int, incoming: Incoming, person: str) -> list[Part]:
        """The reply, ready to send. A fault of ours must not come back with every start: it is told."""
        try:
            async with typing(self._bot, incoming):
                reply = await self._replies.to(incoming, person, number)
            return parts_of(reply.messages, self._words, reply.language)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - the edge: whatever it was, the person gets a line
            _log.error("update %d failed: %s", number, place(error))
        reply = await self._replies.failure(incoming, person)
        return parts_of(reply.messages, self._words, reply.language)


def _part(reply: dict[str, Any]) -> Part:
    """A part as it was kept."""
    buttons = [(str(title), str(payload)) for title, payload in reply["buttons"]]
    return Part(html=reply["html"], plain=reply["plain"], buttons=buttons)


def place(error: BaseException) -> str:
    """What failed and where, without what was said: messages of exceptions may quote it."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name} ({frame.filename}:{frame.lineno})"
