"""What a Telegram update asks of us, read from Telegram's own JSON.

Only what is needed to answer is taken; names and phone numbers are not. Not here: what is
answered (`telegram_replies`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)
# A kind of message that we cannot read, and the fields of a Telegram message that show it.
MediaKind = Literal["photo", "voice", "video", "document", "sticker", "contact", "other"]
_MEDIA: dict[MediaKind, tuple[str, ...]] = {
    "photo": ("photo",),
    "voice": ("voice", "audio", "video_note"),
    "video": ("animation", "video"),
    "document": ("document",),
    "sticker": ("sticker",),
    "contact": ("contact",),
    "other": ("poll", "dice", "game", "story", "paid_media", "checklist", "invoice", "web_app_data"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Words typed by the person."""

    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """`/name rest`."""

    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button; `query` is what Telegram wants to have acknowledged."""

    payload: str
    query: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person is."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Media:
    """Something that we cannot read, and the words under it if there are any."""

    kind: MediaKind
    caption: str


@dataclass(frozen=True, slots=True)
class Joined:
    """We were added to a group."""


Wish = Said | Command | Pressed | Place | Media | Joined


@dataclass(frozen=True, slots=True)
class Incoming:
    """A wish, and where its answer goes; `reply_to` and `thread` only in groups."""

    chat_id: int
    wish: Wish
    language_code: str | None = None
    reply_to: int | None = None
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Self:
    """Who we are on Telegram."""

    bot_id: int
    username: str


class UnreadableUpdate(ValueError):
    """The update is not built as the Bot API says; it is dropped."""


def chat_of(update: Mapping[str, Any]) -> int | None:
    """Number of the chat of an update as it arrived; None if it belongs to none."""
    parts = [update.get(kind) for kind in ("message", "edited_message", "my_chat_member")]
    parts.append(_part(update, "callback_query").get("message"))
    for part in parts:
        if isinstance(part, dict):
            number = _part(part, "chat").get("id")
            return number if isinstance(number, int) else None
    return None


def query_of(update: Mapping[str, Any]) -> str | None:
    """The button press to acknowledge, if the update is one."""
    number = _part(update, "callback_query").get("id")
    return None if number is None else str(number)


def _part(update: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = update.get(name)
    return part if isinstance(part, dict) else {}


def read(update: Mapping[str, Any], me: Self) -> Incoming | None:
    """What the update asks of us; None if it asks nothing."""
    try:
        parsed = Update.de_json(dict(update), None)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableUpdate(type(error).__name__) from None
    if parsed.message:
        return _of_message(parsed.message, me)
    if parsed.edited_message:
        return _of_edit(parsed.edited_message, me)
    if parsed.callback_query:
        return _of_query(parsed.callback_query)
    if parsed.my_chat_member:
        return _of_membership(parsed.my_chat_member)
    return None


def _of_message(message: Message, me: Self) -> Incoming | None:
    wish = _wish(message, me)
    if wish is None or (message.from_user and message.from_user.is_bot):
        return None
    code = message.from_user.language_code if message.from_user else None
    if message.chat.type == ChatType.PRIVATE:
        return Incoming(message.chat.id, wish, code)
    if not _addressed(message, wish, me):
        return None
    thread = message.message_thread_id if message.is_topic_message else None
    return Incoming(message.chat.id, wish, code, reply_to=message.message_id, thread=thread)


def _of_edit(message: Message, me: Self) -> Incoming | None:
    """Corrected words are a new question; a moving live location or a changed caption is none."""
    return _of_message(message, me) if message.text else None


def _of_query(query: CallbackQuery) -> Incoming | None:
    if query.message is None or query.data is None:
        return None
    chat, message = query.message.chat, query.message
    wish = Pressed(query.data, query.id)
    if chat.type == ChatType.PRIVATE:
        return Incoming(chat.id, wish, query.from_user.language_code)
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return Incoming(chat.id, wish, query.from_user.language_code, reply_to=message.message_id, thread=thread)


def _of_membership(change: ChatMemberUpdated) -> Incoming | None:
    outside = (ChatMember.LEFT, ChatMember.BANNED)
    was_outside, is_inside = (
        change.old_chat_member.status in outside,
        change.new_chat_member.status not in outside,
    )
    if change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP) and was_outside and is_inside:
        return Incoming(change.chat.id, Joined(), change.from_user.language_code)
    return None


def _wish(message: Message, me: Self) -> Wish | None:
    if message.text:
        return _spoken(message.text, me)
    if message.location:
        return Place(message.location.latitude, message.location.longitude)
    for kind, fields in _MEDIA.items():
        if any(getattr(message, field, None) for field in fields):
            return Media(kind, _without_name(message.caption or "", me))
    return None


def _spoken(text: str, me: Self) -> Wish:
    command = _COMMAND.fullmatch(text.strip())
    if command and (command["bot"] or me.username).lower() == me.username.lower():
        return Command(command["name"].lower(), (command["rest"] or "").strip())
    return Said(_without_name(text, me))


def _addressed(message: Message, wish: Wish, me: Self) -> bool:
    """Whether a message in a group is meant for us: a command, our name, or a reply to us."""
    replied = message.reply_to_message
    if isinstance(wish, Command) or (replied and replied.from_user and replied.from_user.id == me.bot_id):
        return True
    return bool(_name(me).search(message.text or message.caption or ""))


def _without_name(text: str, me: Self) -> str:
    return _name(me).sub("", text).strip()


def _name(me: Self) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)@{re.escape(me.username)}\b", re.IGNORECASE)
