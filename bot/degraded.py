"""Answering without the engine: the store's search, the menu and the safety reply still work.

Used when the engine or the action server does not answer. It knows nothing of earlier turns:
the language is the one written in, or the channel's.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot import payloads
from bot.searching import SharedSearch
from content import compose
from content.compose import Writer
from content.danger import KINDS
from content.messages import Message
from content.people.team import NO_OFFER, Offer, Team
from content.repository import Corridor, Repository
from content.search.built import tongues_of
from content.search.kept import take_up_tongues
from content.search.language import LanguageIdentifier, Tongues
from content.words import SOURCE_LANGUAGE, Words


class Degraded:
    """Replies from the store alone. Its index is built when it is first needed."""

    def __init__(
        self,
        repository: Repository,
        words: Words,
        keep_days: int,
        index_kept_in: Path | None = None,
        team: Team | None = None,
    ) -> None:
        """Say what the store has; the search is taken from a file if one is kept there."""
        self._repository = repository
        self._words = words
        self._keep_days = keep_days
        self._index_kept_in = index_kept_in
        self._team = team
        self.search = SharedSearch(repository, index_kept_in)
        self._identifier: LanguageIdentifier | None = None
        self._building = threading.Lock()

    async def for_text(self, text: str, language: str | None) -> Message:
        """An answer found by the search, "did you mean", or an honest line."""
        return await asyncio.to_thread(self._find, text, language)

    def _find(self, text: str, language: str | None) -> Message:
        search = self.search.now()
        guess = search.language_of(text)
        writer = self.writer(guess.language if guess.sure else language)
        decision = search.find(text, guess.language or writer.language)
        keys = [candidate.answer for candidate in decision.candidates]
        if decision.verdict == "unsure":
            return compose.clarify(writer, keys)
        told = self._repository.answer(keys[0], writer.language) if keys else None
        return compose.fallback(writer) if told is None else compose.answer(writer, told)

    def for_payload(self, payload: str, language: str | None) -> Message:
        """What a button asks for, as far as that needs no memory."""
        name, value = payloads.split(payload)
        writer = self.writer(value if name == "language" else language)
        if name == "answer" and value:
            told = self._repository.answer(value, writer.language)
            return compose.answer(writer, told) if told else compose.menu(writer)
        if name == "topic" and value:
            return compose.topic(writer, value) or compose.menu(writer)
        if name == "danger":
            return self.danger(None, value, writer.language)
        if country := _country_told(name, value):
            return compose.handover(
                replace(writer, corridor=Corridor(destination=country)), self._offer(writer)
            )
        return self._plain(name, writer)

    def danger(
        self, kind: str | None, country: str | None, language: str | None, *, home: str | None = None
    ) -> Message:
        """The safety reply for a country; `home` is one that was named, where somebody may be too."""
        writer = replace(self.writer(language), corridor=Corridor(origin=home))
        return compose.danger(writer, kind if kind in KINDS else None, country)

    def language_of(self, text: str) -> str | None:
        """The language a text is surely written in, else None."""
        with self._building:
            if self._identifier is None:
                self._identifier = LanguageIdentifier(self._tongues())
        guess = self._identifier.guess(text)
        return guess.language if guess.sure else None

    def _tongues(self) -> Tongues:
        """What is known of languages, from the index's file if it is there."""
        kept = take_up_tongues(self._index_kept_in) if self._index_kept_in else None
        return kept or tongues_of(self._repository.snapshot())

    def writer(self, language: str | None) -> Writer:
        """A writer in a language that has words, else in English."""
        known = language if language in self._words.languages() else SOURCE_LANGUAGE
        return Writer(self._repository, self._words, str(known))

    def _offer(self, writer: Writer) -> Offer:
        return self._team.offer(writer.language) if self._team else NO_OFFER

    def _plain(self, name: str, writer: Writer) -> Message:
        made: dict[str, Callable[[], Message]] = {
            "languages": lambda: compose.languages(writer),
            "person": lambda: compose.handover(writer, self._offer(writer)),
            "help": lambda: compose.notice(writer, "help.text"),
            "language": lambda: compose.greeting(writer),
            "restart": lambda: compose.greeting(writer),
            "privacy": lambda: compose.privacy(writer, self._keep_days),
            "erase": lambda: compose.confirm_erase(writer),
            "none-of-these": lambda: compose.fallback(writer, again=True),
        }
        return made.get(name, lambda: compose.menu(writer))()


def _country_told(name: str, value: str | None) -> str | None:
    """The country in which a button looks for help, if it tells one."""
    step, _, told = (value or "").partition(".")
    if name == "country":
        return value
    return told if (name, step) == ("service-finder", "country") else None
