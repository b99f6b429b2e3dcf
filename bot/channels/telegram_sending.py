"""Sending to Telegram: parts of replies, signs of typing, acknowledged buttons.

The bot object paces itself (`AIORateLimiter`). What is tried again, and when, is decided in
`telegram_worker`.
"""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.telegram_rendering import Part, keyboard
from bot.channels.telegram_updates import ALLOWED_UPDATES, Incoming

_log = logging.getLogger(__name__)

_TELEGRAM = "https://api.telegram.org"
_POLL_SECONDS = 50
_CONNECT_SECONDS = 10
_READ_SECONDS = 20
_FLOOD_RETRIES = 3
# A reply that comes at once needs no sign; Telegram shows a sign for five seconds.
_TYPING_AFTER = 0.3
_TYPING_AGAIN = 4.5
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

# The library's own switch to its coming way of telling spans of time; without it, it warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class Unreachable(Exception):
    """The chat may not be written to any more: we were blocked or removed."""


class TelegramBot(ExtBot[int]):
    """The Bot API, with updates as they come: one that the library cannot read harms no other."""

    async def raw_updates(self, offset: int | None) -> list[dict[str, Any]]:
        """The next updates, waited for; an offset acknowledges all before it."""
        wanted = {"offset": offset, "timeout": _POLL_SECONDS, "allowed_updates": list(ALLOWED_UPDATES)}
        read_timeout = _POLL_SECONDS + _READ_SECONDS
        updates: list[dict[str, Any]] = await self._post("getUpdates", wanted, read_timeout=read_timeout)
        return updates


def telegram_bot(token: str, api_base_url: str | None) -> TelegramBot:
    """The Bot API for a token, at Telegram's own address or another server's."""
    _silence_libraries()
    return TelegramBot(
        token,
        base_url=f"{(api_base_url or _TELEGRAM).rstrip('/')}/bot",
        request=_http(connections=32),
        get_updates_request=_http(connections=1),
        rate_limiter=AIORateLimiter(max_retries=_FLOOD_RETRIES),
    )


def _silence_libraries() -> None:
    """These libraries log addresses (with the token) and what people wrote; we log for them."""
    for name, level in (
        ("telegram", logging.CRITICAL + 1),
        ("httpx", logging.WARNING),
        ("httpcore", logging.WARNING),
    ):
        logging.getLogger(name).setLevel(level)


def _http(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        pool_timeout=_READ_SECONDS,
    )


async def send(bot: TelegramBot, to: Incoming, part: Part, *, first: bool) -> bool:
    """Send one part; raises Unreachable, or TelegramError if it may work later.

    False if Telegram refuses it in every form, so that it was left out.
    """
    whole = {"text": part["html"], "parse_mode": ParseMode.HTML, **_around(to, part, first=first)}
    bare = {"text": part["plain"]}
    # Better without bold, and better without buttons, than not at all.
    for content in (whole, {**whole, **bare, "parse_mode": None}, bare):
        try:
            await _send(bot, to.chat_id, content)
        except BadRequest as error:
            _log.warning("Telegram refused a message: %s", _reason(error))
        except Forbidden:
            raise Unreachable from None
        else:
            return True
    _log.error("a message was left out: Telegram refuses it in every form")
    return False


async def _send(bot: TelegramBot, chat_id: int, content: dict[str, Any]) -> None:
    try:
        await bot.send_message(chat_id, link_preview_options=_NO_PREVIEW, **content)
    except ChatMigrated as moved:
        await bot.send_message(moved.new_chat_id, link_preview_options=_NO_PREVIEW, **content)


def _around(to: Incoming, part: Part, *, first: bool) -> dict[str, Any]:
    rows = keyboard(part["buttons"])
    buttons = [[InlineKeyboardButton(title, callback_data=payload) for title, payload in row] for row in rows]
    return {
        "reply_markup": InlineKeyboardMarkup(buttons) if buttons else None,
        "message_thread_id": to.thread,
        "reply_parameters": (
            ReplyParameters(to.reply_to, allow_sending_without_reply=True) if first and to.reply_to else None
        ),
    }


def pause_of(flood: RetryAfter) -> float:
    """How many seconds Telegram wants us to wait."""
    pause = flood.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)


async def acknowledge(bot: TelegramBot, query: str) -> None:
    """Stop the pressed button's spinner; too late is no harm."""
    with contextlib.suppress(TelegramError):
        await bot.answer_callback_query(query)


@contextlib.asynccontextmanager
async def typing(bot: TelegramBot, to: Incoming) -> AsyncIterator[None]:
    """Show that we are typing for as long as the block takes."""
    task = asyncio.create_task(_keep_typing(bot, to))
    try:
        yield
    finally:
        task.cancel()


async def _keep_typing(bot: TelegramBot, to: Incoming) -> None:
    await asyncio.sleep(_TYPING_AFTER)
    with contextlib.suppress(TelegramError):
        while True:
            await bot.send_chat_action(to.chat_id, ChatAction.TYPING, message_thread_id=to.thread)
            await asyncio.sleep(_TYPING_AGAIN)


def _reason(error: BadRequest) -> str:
    """What kind of refusal it was, without what was in the message."""
    return error.message.split(":")[0][:60]
