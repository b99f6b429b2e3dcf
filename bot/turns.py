"""A turn that comes in over HTTP, from token to reply: who it is, limits, sent-again, figures.

Both the JSON API and the web chat go through here. Not here: reading the request (`asked`),
showing the reply (`rendering`), what to answer (`conversation`).
"""

from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request

from bot.asked import Asked
from bot.conversation import Conversation, InputError, Reply, Turn
from bot.identity import BadToken, Identity
from bot.limits import Limits
from bot.metrics import Metrics
from bot.problems import Problem, of_input
from bot.replays import Replays

Channel = Literal["web", "api"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a turn: the reply, and the token to go on with."""

    token: str
    reply: Reply
    again: bool = False


class Turns:
    """Takes turns of web conversations, one at a time or many at once."""

    def __init__(
        self, conversation: Conversation, identity: Identity, limits: Limits, metrics: Metrics
    ) -> None:
        self._conversation = conversation
        self._identity = identity
        self._limits = limits
        self._metrics = metrics
        self._replays: Replays[Taken] = Replays()

    def new_token(self) -> str:
        """A token for a conversation that has not begun."""
        return self._identity.new_token()

    def person(self, token: str) -> str:
        """The sender id behind a token; raises Problem if the token is not ours."""
        try:
            return self._identity.person_of_token(token)
        except BadToken:
            raise Problem("wrong-token", field="conversation") from None

    async def admit(self, address: str) -> None:
        """Count a request of an address that is no turn; raises Problem when there are too many."""
        await self._limits.address(address)

    async def take(self, asked: Asked, channel: Channel, address: str, *, key: str | None = None) -> Taken:
        """Answer a turn. A turn sent again with the same key gets its first reply; raises Problem."""
        token = asked.conversation or self._identity.new_token()
        person = self.person(token)
        self._check_language(asked.language)
        # Without a token of the sender's own, a key names nobody and is not looked at.
        key = key if asked.conversation else None
        if key and (kept := await self._replays.get(person, key)):
            return Taken(kept.token, kept.reply, again=True)
        await self._limit(asked, person, address)
        if key is None:
            return await self._answered(asked, channel, token, person, key)
        return await self._replays.once(
            person, key, lambda: self._answered(asked, channel, token, person, key)
        )

    def _check_language(self, language: str | None) -> None:
        if language is not None and language not in self._conversation.repository.languages():
            raise Problem("unknown-language", field="language")

    async def _limit(self, asked: Asked, person: str, address: str) -> None:
        # A cry for help is never refused for having written too much before.
        if not self._conversation.is_cry(asked.text, asked.payload):
            await self._limits.conversation(person)
            await self._limits.address(address)

    async def _answered(
        self, asked: Asked, channel: Channel, token: str, person: str, key: str | None
    ) -> Taken:
        location = (asked.location.lat, asked.location.lon) if asked.location else None
        turn = Turn(person, channel, asked.text, asked.payload, location, asked.language, key)
        try:
            with self._metrics.timed(channel):
                reply = await self._conversation.reply(turn)
        except InputError as error:
            raise of_input(error.field, error.message, error.values) from error
        self._metrics.turn(channel, reply.messages[0].kind if reply.messages else "none")
        if not reply.erased:
            return Taken(token, reply)
        self._replays.forget(person)
        return Taken(self._identity.new_token(), reply)


def address_of(request: Request) -> str:
    """The address a request comes from, as the server in front tells it."""
    return request.client.host if request.client else "unknown"
