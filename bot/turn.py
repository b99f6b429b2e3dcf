"""One turn: what a person did, what is told them, and what no engine should see.

Not here: what is answered (`bot.conversation`), reading a turn from a request (`bot.asked`).
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from bot import payloads
from content.messages import Message
from content.sight import Trial

Channel = Literal["web", "telegram", "api"]
MAX_TEXT = 2_000
_MAX_LATITUDE, _MAX_LONGITUDE = 90, 180
_KEPT_CONTROLS = {"\n", "\r", "\t"}


class InputError(ValueError):
    """The turn cannot be taken; `field` names the part, `message` is a catalogue id that says why."""

    def __init__(self, field: str, message: str, **values: object) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message
        self.values = values


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person did: exactly one of text, payload (a pressed button) and location.

    `key` names the turn when it may come again; `chat` is the Telegram chat it came from. With `trial`
    it is one that staff try: nothing of it is counted, kept for staff or passed on to our team.
    """

    person: str
    channel: Channel
    text: str | None = None
    payload: str | None = None
    location: tuple[float, float] | None = None
    language: str | None = None
    key: str | None = None
    chat: int | None = None
    trial: Trial | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What to tell the person; `erased` if nothing of the conversation is left.

    `with_team` says whether they now talk with our team; None if that was not looked at.
    """

    messages: tuple[Message, ...]
    language: str
    erased: bool = False
    with_team: bool | None = None


def check(turn: Turn) -> None:
    """Raise InputError for a turn that no engine should see."""
    if sum(part is not None for part in (turn.text, turn.payload, turn.location)) != 1:
        raise InputError("text", "input.empty")
    if turn.text is not None:
        _check_text(turn.text)
    if turn.payload is not None:
        try:
            payloads.split(turn.payload)
        except payloads.PayloadError as error:
            raise InputError("payload", "input.payload") from error
    if turn.location is not None:
        latitude, longitude = turn.location
        if not (abs(latitude) <= _MAX_LATITUDE and abs(longitude) <= _MAX_LONGITUDE):
            raise InputError("location", "input.location")


def is_danger_button(payload: str | None) -> bool:
    """Whether a payload is that of the danger button, with or without a country."""
    return payload is not None and payload.split(":", 1)[0] == "danger"


def _check_text(text: str) -> None:
    if not text.strip():
        raise InputError("text", "input.empty")
    if len(text) > MAX_TEXT:
        raise InputError("text", "input.too-long", most=MAX_TEXT)
    if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in _KEPT_CONTROLS for letter in text):
        raise InputError("text", "input.control")
