"""Who a conversation belongs to, without knowing who that is.

A web conversation is named by an unguessable signed token, a Telegram chat by its number;
stores and logs only ever see a keyed hash of either.
"""

import hashlib
import hmac
import secrets

_PARTS = 2


class BadToken(ValueError):
    """The conversation token was not made here, or was changed on the way."""


class Identity:
    """Makes and checks conversation tokens; turns tokens and chat numbers into sender ids."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def new_token(self) -> str:
        """A fresh token for a new web or API conversation."""
        name = secrets.token_urlsafe(24)
        return f"{name}.{self._digest('token', name)}"

    def person_of_token(self, token: str) -> str:
        """The sender id behind a token; raises BadToken if we did not make it."""
        parts = token.split(".")
        if len(parts) != _PARTS or not token.isascii():
            raise BadToken("not a conversation token of this bot")
        if not hmac.compare_digest(parts[1], self._digest("token", parts[0])):
            raise BadToken("not a conversation token of this bot")
        return f"web-{self._digest('person', parts[0])}"

    def person_of_chat(self, chat_id: int) -> str:
        """The sender id of a Telegram chat."""
        return f"tg-{self._digest('chat', str(chat_id))}"

    def _digest(self, purpose: str, value: str) -> str:
        return hmac.new(self._secret, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()[:40]
