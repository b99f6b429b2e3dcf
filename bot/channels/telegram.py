"""The Telegram channel: comes up with the bot process, receives updates, goes down without loss.

Updates come by long polling, or to our webhook if there is a public https address. Either
way they are written to the inbox before Telegram may forget them; `telegram_worker` does the
rest. Telegram being out of reach never stops the start: it is tried again.
"""

import asyncio
import contextlib
import hashlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from pydantic import HttpUrl
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram_commands import set_menus
from bot.channels.telegram_reminders import RemindersToTelegram
from bot.channels.telegram_replies import TelegramReplies
from bot.channels.telegram_sending import TelegramBot, pause_of, telegram_bot
from bot.channels.telegram_team import TeamToTelegram, alert
from bot.channels.telegram_updates import ALLOWED_UPDATES, Self, chat_of
from bot.channels.telegram_worker import LONGEST_WAIT, TelegramWorker, place
from bot.conversation import Conversation
from bot.identity import Identity
from bot.limits import Limits
from bot.settings import Settings
from content.people.inbox import Inbox, IncomingUpdate

_log = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram/webhook"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_MAX_UPDATE_BYTES = 1024 * 1024
_GRACE_SECONDS = 5.0


class Telegram:
    """The channel of one bot token. `start` returns at once; what it began goes on until `stop`."""

    def __init__(
        self,
        settings: Settings,
        *,
        conversation: Conversation,
        inbox: Inbox,
        identity: Identity,
        limits: Limits,
        first_wait: float = 1.0,
        look_every: float = 30.0,
    ) -> None:
        if settings.telegram_bot_token is None:
            raise ValueError("Telegram is off: there is no bot token")
        token = settings.telegram_bot_token.get_secret_value()
        base_url = settings.telegram_api_base_url
        self._bot: TelegramBot = telegram_bot(token, str(base_url) if base_url else None)
        self._webhook = _webhook_address(settings.public_url)
        self._secret = hmac.new(
            settings.secret, f"telegram webhook:{token}".encode(), hashlib.sha256
        ).hexdigest()
        self._conversation = conversation
        self._inbox = inbox
        self._identity = identity
        self._limits = limits
        self._first_wait = first_wait
        self._look_every = look_every
        self._worker: TelegramWorker | None = None
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def routes(self) -> list[Route]:
        """The webhook; there whether or not it is in use, and closed to all but Telegram."""
        return [Route(WEBHOOK_PATH, self._receive, methods=["POST"], max_body_size=_MAX_UPDATE_BYTES)]

    async def start(self) -> None:
        """Come up in the background."""
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._stay_up())

    def alert(self, chat: str, words: str) -> None:
        """Have a line sent to a group of the team; from any thread, and without waiting."""
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(alert(self._bot, chat, words), self._loop)

    async def stop(self) -> None:
        """Receive no more, let what is under way come to its end, and leave."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._finish()
        await self._bot.shutdown()

    async def _stay_up(self) -> None:
        """Run; should a fault of ours end it, come up again and go on from the inbox."""
        while True:
            try:
                await self._run()
            except Exception as error:  # noqa: BLE001 - the edge: the channel must not stay silent
                _log.error("Telegram: starting again after %s", place(error))
            await self._finish()
            await asyncio.sleep(LONGEST_WAIT)

    async def _finish(self) -> None:
        if self._worker:
            await self._worker.finish(_GRACE_SECONDS)
        self._worker = None

    async def _run(self) -> None:
        await self._until_done("getMe", self._bot.initialize)
        me = Self(self._bot.id, self._bot.username)
        _log.info(
            "Telegram: connected as @%s, %s", me.username, "by webhook" if self._webhook else "by polling"
        )
        self._worker = TelegramWorker(
            bot=self._bot,
            me=me,
            inbox=self._inbox,
            replies=TelegramReplies(self._conversation, self._limits, username=me.username),
            words=self._conversation.words,
            first_wait=self._first_wait,
        )
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._worker.run())
            tasks.create_task(self._until_done("setMyCommands", self._set_menus))
            tasks.create_task(self._receiving(self._worker))
            tasks.create_task(TeamToTelegram(self._bot, self._conversation, self._first_wait).run())
            tasks.create_task(RemindersToTelegram(self._bot, self._conversation, self._look_every).run())

    async def _receiving(self, worker: TelegramWorker) -> None:
        if self._webhook:
            await self._until_done("setWebhook", self._set_webhook)
        else:
            await self._until_done("deleteWebhook", self._bot.delete_webhook)
            await self._poll(worker)

    async def _set_menus(self) -> None:
        await set_menus(self._bot, self._conversation.words)

    async def _set_webhook(self) -> None:
        await self._bot.set_webhook(
            str(self._webhook), secret_token=self._secret, allowed_updates=list(ALLOWED_UPDATES)
        )

    async def _poll(self, worker: TelegramWorker) -> None:
        """Fetch, write down, and only then acknowledge: by the next call's offset.

        The offset is sent once per batch: after a week without updates Telegram begins to
        count anew, and an old offset would throw the first updates away.
        """
        offset: int | None = None

        async def fetch_and_keep() -> None:
            nonlocal offset
            updates = await self._bot.raw_updates(offset)
            offset = max((update["update_id"] + 1 for update in updates), default=None)
            if updates:
                await self._until_kept(updates)
                worker.wake()

        while True:
            await worker.room()
            await self._until_done("getUpdates", fetch_and_keep)

    async def _until_kept(self, updates: Iterable[Mapping[str, Any]]) -> None:
        incoming = [self._incoming(update) for update in updates]
        wait = self._first_wait
        while True:
            try:
                await asyncio.to_thread(self._inbox.store, incoming)
            except SQLAlchemyError as error:
                _log.error("updates cannot be written down (%s); trying again", type(error).__name__)
            else:
                return
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    def _incoming(self, update: Mapping[str, Any]) -> IncomingUpdate:
        chat = chat_of(update)
        person = "" if chat is None else self._identity.person_of_chat(chat)
        return IncomingUpdate(int(update["update_id"]), person, update)

    async def _until_done(self, name: str, call: Callable[[], Awaitable[object]]) -> None:
        """Call until it works, with longer and longer pauses."""
        wait = self._first_wait
        while True:
            try:
                await call()
            except RetryAfter as flood:
                pause = pause_of(flood)
            except TelegramError as error:
                _log.warning("Telegram: %s failed: %s", name, _meaning(error))
                pause, wait = wait, min(wait * 2, LONGEST_WAIT)
            else:
                return
            await asyncio.sleep(pause)

    async def _receive(self, request: Request) -> Response:
        """Take an update that Telegram posts: written down first, acknowledged then."""
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return Response(status_code=401)
        try:
            update = json.loads(await request.body())
            incoming = self._incoming(update)
        except (ValueError, KeyError, TypeError, AttributeError):
            return Response(status_code=400)
        try:
            await asyncio.to_thread(self._inbox.store, [incoming])
        except SQLAlchemyError as error:
            _log.error("an update cannot be written down (%s); Telegram sends it again", type(error).__name__)
            return Response(status_code=503)
        if self._worker:
            self._worker.wake()
        return Response(status_code=200)


def _webhook_address(public_url: HttpUrl | None) -> str | None:
    """Where Telegram may post to; it only posts to https, so without that we poll."""
    if public_url is None or public_url.scheme != "https":
        return None
    return str(public_url).rstrip("/") + WEBHOOK_PATH


def _meaning(error: TelegramError) -> str:
    """What went wrong, without addresses: they hold the token. These calls carry nobody's words."""
    if isinstance(error, InvalidToken):
        return "the token in TELEGRAM_BOT_TOKEN was refused"
    if isinstance(error, Conflict):
        return "another process receives this bot's updates"
    if isinstance(error, BadRequest):
        return error.message
    return type(error).__name__
