"""The message object: one reply, the same between actions, bot, channels and the public API.

It holds text and facts about the text, never a channel's markup. Its shape is that of
`messages[]` in the public API (docs/api.md). Not here: how a message is made (`compose`).
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

# `team`: written by a person of our team.
Kind = Literal["answer", "clarify", "fallback", "danger", "smalltalk", "journey", "notice", "team"]
# `missing`: not yet in the language asked for, so the source language is told.
Translation = Literal["source", "machine-drafted", "reviewed", "outdated", "missing"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Button(_Part):
    """A choice offered under a message; `payload` is what comes back when it is pressed.

    Payloads know no channel and no engine: `name` or `name:value`, at most 64 bytes
    (Telegram's limit for callback data), e.g. `answer:fees.who-pays`.
    """

    title: str
    payload: str


class Source(_Part):
    """Where an answer comes from, and the day on which somebody last read it there."""

    title: str
    publisher: str
    url: str
    checked_on: date


class ServiceLine(_Part):
    """A help line or office as told to a person; `now` says whether it answered at that moment."""

    id: str
    name: str
    phones: list[str] = []
    messaging: dict[str, str] = {}
    who_for: str = ""
    hours: str = ""
    now: str = ""
    place: str = ""
    languages: str = ""
    cost: str = ""
    checked_on: date


class Media(_Part):
    """A picture or sound that belongs to a message; `alt` says it in words."""

    kind: Literal["image", "audio", "document"]
    url: str
    alt: str


class Reminding(_Part):
    """A wish about reminders, for the bot: to begin them, or to go by what is told now.

    `list` is the id of the checklist, `done` ids of its things; `countries` are those whose clock counts
    before departure and after it.
    """

    wish: Literal["begin", "update"]
    list: str
    departure: date
    done: tuple[str, ...]
    countries: tuple[str, str]


class Message(_Part):
    """One reply. `text` is small safe Markdown (paragraphs, lists, bold, links).

    `effect` tells the channel that the conversation was erased, and its token is to be dropped.
    `asks_where` begins the payload that tells in which country the person is (`danger:`), if that is asked.
    `reminding` is for the bot alone; no channel gets it.
    """

    kind: Kind
    text: str
    language: str
    title: str | None = None
    answer: str | None = None
    translation: Translation | None = None
    checked_on: date | None = None
    review_due: bool = False
    sources: list[Source] = []
    services: list[ServiceLine] = []
    buttons: list[Button] = []
    media: list[Media] = []
    effect: Literal["erased"] | None = None
    asks_where: str | None = None
    reminding: Reminding | None = None
