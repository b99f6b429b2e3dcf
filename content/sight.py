"""How a reply came about: what staff are shown beside it when they try the bot. Nobody else ever is.

A reply that was tried carries its sight from the action to the console. Not here: who finds it out
(`actions.trial`), how it is shown (`bot.console.try_it`).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from content.messages import Message
from content.texts import Corridor


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Trial(_Part):
    """What staff wish to try: as of which day (None: today), and as if every draft were told already."""

    day: date | None = None
    drafts: bool = False


class Named(_Part):
    """Something the engine found: an intent or an entity's value, and how sure it is (None: not told)."""

    name: str
    value: str = ""
    confidence: float | None = None


class Weighed(_Part):
    """An answer that may have been meant; `score` is the logarithm of its chance, `nearest` a cosine."""

    answer: str
    score: float
    nearest: float


class Looked(_Part):
    """One look into the search: for which words, and what came of it."""

    question: str
    language: str | None
    verdict: Literal["sure", "unsure", "not"]
    chance: float
    sure_from: float
    unsure_from: float
    candidates: list[Weighed]


class Chosen(_Part):
    """The text that is told: which variant, and for whom that one is. `draft`: not published yet."""

    answer: str
    variant: str
    of: Corridor
    draft: bool


class Sight(_Part):
    """Everything that led to one reply, in the order in which it was found out."""

    intent: Named | None = None
    other_intents: list[Named] = []
    entities: list[Named] = []
    written_in: str | None = None
    language_chance: float = 0.0
    language: str = ""
    corridor: Corridor
    action: str
    looked: list[Looked] = []
    chosen: list[Chosen] = []


class TriedMessage(Message):
    """A reply with its sight."""

    sight: Sight | None = None


def message_of(sent: Mapping[str, Any]) -> Message:
    """A message as it was sent, with its sight if it was tried; raises ValidationError for what is none."""
    return (TriedMessage if "sight" in sent else Message).model_validate(sent)
