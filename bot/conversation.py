"""One turn of a conversation, the same for every channel.

Order: the alarm; check the input; our team, if the person talks with them; a position becomes a
country; the engine; without the engine, the store alone. Not here: markup, tokens, rate limits
(channels), and what is said (actions, compose).
"""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot import payloads
from bot.degraded import Degraded
from bot.engine_client import EngineClient, EngineError, EngineTimeout
from bot.handover import Handover
from bot.metrics import Metrics
from bot.position import Position
from bot.reminders import ChecklistReminders
from bot.trackers import MOST_LINES, Trackers, TranscriptLine
from bot.turn import MAX_TEXT, Channel, InputError, Reply, Turn, check, is_danger_button
from content import clock, compose
from content.alarm import Alarm, Heard
from content.compose.checklist import REMIND_OFF
from content.messages import Message
from content.people import People
from content.people.handovers import Handovers
from content.people.reminders import Reminders
from content.people.team import Team
from content.places import Places
from content.repository import Repository
from content.words import Words

__all__ = ["MAX_TEXT", "Channel", "Conversation", "InputError", "Reply", "Turn", "check"]

_log = logging.getLogger(__name__)

# Present danger does not wait for a slow engine.
_DANGER_SECONDS = 1.5


class Conversation:
    """Takes turns. Never raises for a failing engine: it answers with what still works."""

    def __init__(
        self,
        *,
        engine: EngineClient,
        repository: Repository,
        people: People,
        handovers: Handovers,
        reminders: Reminders,
        team: Team,
        trackers: Trackers,
        words: Words,
        alarm: Alarm,
        metrics: Metrics,
        keep_days: int = 30,
        index_kept_in: Path | None = None,
    ) -> None:
        self.repository = repository
        self.words = words
        self.metrics = metrics
        self._engine = engine
        self._people = people
        self._trackers = trackers
        self._alarm = alarm
        self._degraded = Degraded(repository, words, keep_days, index_kept_in, team)
        self.handover = Handover(handovers, team, trackers, self._degraded.writer, keep_days=keep_days)
        self.reminders = ChecklistReminders(reminders, self._degraded.writer)
        self.search = self._degraded.search
        self._position = Position(repository, trackers)
        self._known_places: tuple[int, Places] | None = None

    async def reply(self, turn: Turn) -> Reply:
        """Messages for a turn; raises InputError for one that cannot be taken.

        A cry for help is never refused, however it is written.
        """
        heard = Heard() if turn.text is None else self._alarm.heard(turn.text)
        if heard.kind is None and not is_danger_button(turn.payload):
            check(turn)
            taken = None if turn.trial else await self.handover.taken(turn, doubtful=heard.doubtful)
            if taken is not None:
                return taken
        if turn.location is not None:
            return await self._located(turn)
        if turn.payload == REMIND_OFF and turn.trial is None:
            await self.reminders.end(turn.person)
        messages = await self.reminders.kept(turn, await self._messages(turn, heard))
        erased = any(message.effect == "erased" for message in messages)
        if erased:
            messages = await self._erased(turn, messages)
        # The language spoken is that of the interface words; an answer may be told in English.
        spoken = next((m.language for m in messages if m.translation != "missing"), None)
        language = spoken or turn.language or messages[0].language
        return Reply(tuple(messages), language, erased, with_team=False if erased else None)

    async def _located(self, turn: Turn) -> Reply:
        """A reply to a position: that to the button of its country, which is named first."""
        located = await self._position.located(turn)
        if located.turn is None:
            writer = self._degraded.writer(located.language)
            return Reply((compose.notice(writer, "position.unknown"),), writer.language)
        reply = await self.reply(located.turn)
        first, *rest = reply.messages
        named = compose.placed(self._degraded.writer(first.language), first, located.country)
        return replace(reply, messages=(named, *rest))

    def heard(self, text: str) -> Heard:
        """What the alarm makes of a text."""
        return self._alarm.heard(text)

    def is_cry(self, text: str | None, payload: str | None) -> bool:
        """Whether a turn speaks of present danger, by the alarm or by the danger button."""
        return is_danger_button(payload) or (text is not None and self._alarm.heard(text).kind is not None)

    async def _messages(self, turn: Turn, heard: Heard) -> list[Message]:
        if heard.kind is not None:
            return await self._danger(turn, heard.kind, certain=heard.certain)
        messages = await self._ordinary(turn)
        if is_danger_button(turn.payload):
            await self.handover.danger(turn)
        return self._with_help(messages) if heard.doubtful else messages

    async def _besides_danger(self, turn: Turn) -> list[Message]:
        """The sure answer to what is perhaps no cry, so that a false alarm costs nothing."""
        try:
            check(turn)
            metadata = _metadata(turn) | {"besides_danger": True}
            messages = await self._engine.send(
                turn.person, _for_engine(turn), metadata, seconds=_DANGER_SECONDS
            )
        except (InputError, EngineError):
            return []
        return [message for message in messages if message.kind == "answer"]

    async def _ordinary(self, turn: Turn) -> list[Message]:
        try:
            return await self._engine.send(turn.person, _for_engine(turn), _metadata(turn))
        except EngineError as error:
            _log.warning("engine failed (%s); answering without it", error)
            self.metrics.engine_failure("turn")
            if turn.payload == "erase-yes":
                return [await self._erase_without_engine(turn, error)]
            return await self._without_engine(turn)

    def _with_help(self, messages: list[Message]) -> list[Message]:
        """With the danger button on the last message, where the text may have been a cry."""
        *before, last = messages
        if any(is_danger_button(button.payload) for button in last.buttons):
            return messages
        button = self._degraded.writer(last.language).button("danger.button", "danger")
        return [*before, last.model_copy(update={"buttons": [button, *last.buttons]})]

    async def _danger(self, turn: Turn, kind: str, *, certain: bool) -> list[Message]:
        """The safety reply: by the engine, which knows the corridor; at once and alone if that fails."""
        text = str(turn.text)
        country = self._places().whereabouts(text)
        language = await asyncio.to_thread(self._degraded.language_of, text) or turn.language
        metadata = _metadata(turn) | {"written_in": language}
        try:
            message = payloads.danger_for_engine(kind, country)
            safety = await self._engine.send(turn.person, message, metadata, seconds=_DANGER_SECONDS)
        except EngineError as error:
            _log.warning("engine failed (%s) in danger; answering without it", error)
            self.metrics.engine_failure("danger")
            abroad = country if country and self._places().is_destination(country) else None
            safety, certain = [self._degraded.danger(kind, abroad, language, home=country)], True
        # Who talks with our team gets no answer of ours besides: the team hears of it.
        alone = await self.handover.danger(turn) or certain
        return safety if alone else [*safety, *await self._besides_danger(turn)]

    async def _without_engine(self, turn: Turn) -> list[Message]:
        if turn.payload == REMIND_OFF:
            return [self.reminders.ended(turn.language)]
        if turn.payload is not None:
            return [self._degraded.for_payload(turn.payload, turn.language)]
        text = str(turn.text)
        message = await self._degraded.for_text(text, turn.language)
        if message.kind == "fallback" and turn.trial is None:
            await self._keep_unanswered(text, message.language)
        return [message]

    async def _erase_without_engine(self, turn: Turn, error: EngineError) -> Message:
        """All is erased, unless the engine is still at work on this turn: it would write it down after us."""
        writer = self._degraded.writer(turn.language)
        if not isinstance(error, EngineTimeout):
            return compose.erased(writer)
        failed = compose.notice(writer, "erase.failed")
        await self._erased(turn, [failed])
        return failed

    async def _keep_unanswered(self, question: str, language: str) -> None:
        """The fallback says that the question goes to our team: so it must, here as well."""
        try:
            await asyncio.to_thread(self._people.unanswered, question, language, ())
        except SQLAlchemyError as error:
            _log.error("an unanswered question could not be kept: %s", type(error).__name__)

    def _places(self) -> Places:
        snapshot = self.repository.snapshot()
        if self._known_places is None or self._known_places[0] != snapshot.version:
            self._known_places = (snapshot.version, Places(snapshot.gazetteer("country")))
        return self._known_places[1]

    async def _erased(self, turn: Turn, messages: list[Message]) -> list[Message]:
        try:
            await self.erase(turn.person)
        except SQLAlchemyError:
            _log.exception("erasing failed")
            return [compose.notice(self._degraded.writer(messages[0].language), "erase.failed")]
        return messages

    async def erase(self, person: str) -> dict[str, int]:
        """Erase everything of a person in all stores; returns rows erased per table."""

        def everywhere() -> dict[str, int]:
            return {"events": self._trackers.erase(person), **self._people.erase(person)}

        return await asyncio.to_thread(everywhere)

    async def expire(self, keep_days: int) -> None:
        """Let go of everything older than so many days."""
        before = clock.now() - timedelta(days=keep_days)

        def everywhere() -> None:
            self._trackers.expire(before)
            self._people.expire(before.date())

        await asyncio.to_thread(everywhere)

    async def transcript(self, person: str) -> list[TranscriptLine]:
        """What was said so far, newest last; nothing while the tracker store is out of reach."""
        try:
            return await asyncio.to_thread(self._lines, person)
        except SQLAlchemyError as error:
            _log.error("no transcript: %s", type(error).__name__)
            return []

    def _lines(self, person: str) -> list[TranscriptLine]:
        with_team = self.handover.transcript(person)
        lines = self._trackers.transcript(person)
        return sorted([*lines, *with_team], key=lambda line: line.at)[-MOST_LINES:] if with_team else lines

    def greeting(self, language: str) -> Message:
        """The first message of a new conversation."""
        return compose.greeting(self._degraded.writer(language))

    async def ready(self) -> dict[str, bool]:
        """Which of the parts answer."""
        engine, actions = await asyncio.gather(self._engine.engine_ready(), self._engine.actions_ready())
        return {"engine": engine, "actions": actions, **await asyncio.to_thread(self._stores_ready)}

    def _stores_ready(self) -> dict[str, bool]:
        return {
            "content": _works(self.repository.version),
            "people": _works(self._people.ready),
            "trackers": self._trackers.ready(),
        }


def _for_engine(turn: Turn) -> str:
    if turn.payload is not None:
        return payloads.for_engine(turn.payload)
    return payloads.text_for_engine(str(turn.text))


def _metadata(turn: Turn) -> dict[str, Any]:
    told: dict[str, Any] = {"channel": turn.channel, "language_hint": turn.language}
    return told | ({"trial": turn.trial.model_dump(mode="json")} if turn.trial else {})


def _works(part: Any) -> bool:
    try:
        part()
    except SQLAlchemyError:
        return False
    return True
