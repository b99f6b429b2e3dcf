"""What is answered to what a person does on Telegram.

Questions, buttons and places are turns of the conversation; `/start`, `/stop`, things we
cannot read and our arrival in a group get lines of the catalogue. Not here: how an update is
read (`telegram_updates`), how a reply is shown (`telegram_rendering`).
"""

from collections import OrderedDict
from dataclasses import dataclass

from babel.core import get_global
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram_commands import PAYLOADS
from bot.channels.telegram_updates import Command, Incoming, Joined, Media, Place, Pressed, Said, Wish
from bot.conversation import Conversation, InputError, Reply, Turn
from bot.limits import Limits
from bot.problems import Problem
from content import compose
from content.compose import Writer
from content.messages import Message
from content.words import SOURCE_LANGUAGE

_MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class _From:
    """Who writes: the person, the language their Telegram hints at, the chat, and the update's number."""

    person: str
    hint: str | None
    chat: int | None = None
    update: int | None = None

    def turn(
        self,
        *,
        text: str | None = None,
        payload: str | None = None,
        location: tuple[float, float] | None = None,
    ) -> Turn:
        """A turn of theirs."""
        key = None if self.update is None else f"tg-{self.update}"
        return Turn(self.person, "telegram", text, payload, location, self.hint, key, self.chat)


class TelegramReplies:
    """Turns wishes into replies, in the person's language."""

    def __init__(self, conversation: Conversation, limits: Limits, *, username: str) -> None:
        self._conversation = conversation
        self._limits = limits
        self._username = username
        self._spoken: OrderedDict[str, str] = OrderedDict()
        self._told_to_wait: set[str] = set()

    async def to(self, incoming: Incoming, person: str, update: int | None = None) -> Reply:
        """The reply to a wish, which came in an update of this number."""
        wish = incoming.wish
        who = _From(person, self._hint(incoming.language_code), incoming.chat_id, update)
        turn = _turn_of(wish, who)
        if turn is not None:
            return await self._turn(turn)
        match wish:
            case Command(name, rest):
                return await self._command(name, rest, who)
            case Media(kind, caption):
                return await self._media(kind, caption, who)
            case Joined():
                return await self._line("telegram.joined", person, who.hint, name=f"@{self._username}")
        return self._greeting(await self._language(person, who.hint))

    async def failure(self, incoming: Incoming | None, person: str) -> Reply:
        """A line that says that something went wrong on our side."""
        hint = self._hint(incoming.language_code if incoming else None)
        return await self._line("error.text", person, hint)

    async def _command(self, name: str, rest: str, who: _From) -> Reply:
        if rest and self._conversation.is_cry(f"{name} {rest}", None):
            return await self._turn(who.turn(text=f"{name} {rest}"))
        payload = PAYLOADS.get(name)
        if name == "start":
            payload = self._linked(rest.lower())
            if payload is None:
                return self._greeting(await self._language(who.person, who.hint))
        if name == "language" and rest.lower() in self._conversation.repository.languages():
            payload = f"language:{rest.lower()}"
        reminded = name == "stop" and await self._conversation.reminders.end(who.person)
        if name == "stop" and await self._conversation.handover.is_open(who.person):
            payload = "team-end"
        if payload is not None:
            return await self._turn(who.turn(payload=payload))
        if name == "stop":
            return await self._stop(who.person, who.hint, reminded=reminded)
        if rest:  # no command of ours, but words: somebody began a sentence with a slash
            return await self._turn(who.turn(text=f"{name} {rest}"))
        return await self._line("telegram.unknown-command", who.person, who.hint)

    async def _turn(self, turn: Turn) -> Reply:
        waiting = await self._too_many(turn)
        if waiting is not None:
            return waiting
        try:
            with self._conversation.metrics.timed("telegram"):
                reply = await self._conversation.reply(turn)
        except InputError as error:
            return await self._line(error.message, turn.person, turn.language, **error.values)
        self._conversation.metrics.turn("telegram", reply.messages[0].kind if reply.messages else "none")
        self._remember(turn.person, None if reply.erased else reply.language)
        return reply

    async def _too_many(self, turn: Turn) -> Reply | None:
        """The reason to wait, said once; nothing more until the person may write again."""
        if self._conversation.is_cry(turn.text, turn.payload):
            return None
        try:
            await self._limits.conversation(turn.person)
        except Problem as problem:
            if turn.person in self._told_to_wait:
                return Reply((), turn.language or SOURCE_LANGUAGE)
            self._told_to_wait.add(turn.person)
            return await self._line("telegram.too-many", turn.person, turn.language, **problem.values)
        self._told_to_wait.discard(turn.person)
        return None

    async def _media(self, kind: str, caption: str, who: _From) -> Reply:
        """Say what we cannot read; words under a picture are a question like any other."""
        if not caption:
            return await self._line(f"telegram.{kind}", who.person, who.hint)
        reply = await self._turn(who.turn(text=caption))
        if any(message.kind == "danger" for message in reply.messages):
            return reply
        writer = self._writer(reply.language)
        line = writer.message("notice", writer.say("telegram.only-words"))
        return Reply((line, *reply.messages), reply.language, reply.erased)

    async def _stop(self, person: str, hint: str | None, *, reminded: bool) -> Reply:
        """That there are no more reminders, or that nothing is sent unasked; and how to erase all."""
        writer = self._writer(await self._language(person, hint))
        text = writer.say("checklist.remind-off") if reminded else writer.say("telegram.stop")
        ways = [writer.button("privacy.erase", "erase"), writer.button("menu.button", "menu")]
        return Reply((writer.message("notice", text, *ways),), writer.language)

    def _greeting(self, language: str) -> Reply:
        """Who we are, and the languages last, so that they stand under the thumb."""
        greeting = self._conversation.greeting(language)
        languages = compose.languages(self._writer(language))
        return Reply((greeting, languages), language)

    async def _line(self, message: str, person: str, hint: str | None, **values: object) -> Reply:
        writer = self._writer(await self._language(person, hint))
        return Reply((_with_ways_on(writer, writer.say(message, **values)),), writer.language)

    def _linked(self, parameter: str) -> str | None:
        """The payload behind a deep link (`fees`, `fees_who-pays`); Telegram allows no dots in it."""
        repository = self._conversation.repository
        if not parameter:
            return None
        if parameter in PAYLOADS:
            return PAYLOADS[parameter]
        if any(topic.key == parameter for topic in repository.topics()):
            return f"topic:{parameter}"
        keys = (answer.key for answer in repository.answers(SOURCE_LANGUAGE))
        return next((f"answer:{key}" for key in keys if key.replace(".", "_").lower() == parameter), None)

    def _writer(self, language: str) -> Writer:
        return Writer(self._conversation.repository, self._conversation.words, language)

    def _hint(self, code: str | None) -> str | None:
        """One of our languages for the code of the person's Telegram, which is only a hint."""
        if code is None:
            return None
        primary = code.replace("_", "-").split("-")[0].lower()
        primary = get_global("language_aliases").get(primary, primary)
        return primary if primary in self._conversation.words.languages() else None

    async def _language(self, person: str, hint: str | None) -> str:
        """The language last spoken with the person, else the hint, else the source language."""
        if person not in self._spoken:
            self._remember(person, await self._language_of_transcript(person))
        return self._spoken.get(person) or hint or SOURCE_LANGUAGE

    async def _language_of_transcript(self, person: str) -> str | None:
        try:
            lines = await self._conversation.transcript(person)
        except SQLAlchemyError:
            return None
        said = (line.message for line in reversed(lines) if line.message is not None)
        return next((message.language for message in said if message.translation != "missing"), None)

    def _remember(self, person: str, language: str | None) -> None:
        self._spoken.pop(person, None)
        if language is not None:
            self._spoken[person] = language
        while len(self._spoken) > _MOST_REMEMBERED:
            self._spoken.popitem(last=False)


def _turn_of(wish: Wish, who: _From) -> Turn | None:
    """The turn of the conversation that a wish is; None for those that are none."""
    match wish:
        case Said(text) if text:
            return who.turn(text=text)
        case Pressed(payload):
            return who.turn(payload=payload)
        case Place(latitude, longitude):
            return who.turn(location=(latitude, longitude))
    return None


def _with_ways_on(writer: Writer, text: str) -> Message:
    ways = (("menu.button", "menu"), ("person.button", "person"), ("danger.button", "danger"))
    return writer.message("notice", text, *(writer.button(title, payload) for title, payload in ways))
