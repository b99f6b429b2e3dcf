"""Turns of a person who talks with our team: the bot passes them on and is silent itself.

It stands before the engine and works without it. Danger goes first and on both ways (`bot.conversation`).
Not here: the staff's side (`bot.console.requests`), how their words reach a chat (the channels).
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy.exc import SQLAlchemyError

from bot import payloads
from bot.alerts import Alerts
from bot.trackers import Trackers, TranscriptLine
from bot.turn import Reply, Turn
from content import compose
from content.compose import Writer
from content.compose.team import BEGUN, ENDED
from content.messages import Message
from content.people.handovers import Handovers, Line, Request
from content.people.team import Offer, Team
from content.search.normalise import normalise

_log = logging.getLogger(__name__)

# Buttons that the bot answers also while the team does: they are about the person, not a question.
_ANSWERED = frozenset({"danger", "privacy", "erase", "erase-yes", "language", "languages"})
# A safety reply does not wait for a store.
_DANGER_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a talk with the team, after which line, and whether it goes on."""

    messages: tuple[Message, ...]
    last: int
    language: str
    with_team: bool


class Handover:
    """Begins, carries and ends talks with our team."""

    def __init__(
        self,
        handovers: Handovers,
        team: Team,
        trackers: Trackers,
        writer: Callable[[str | None], Writer],
        *,
        keep_days: int,
    ) -> None:
        self.store = handovers
        self.team = team
        self.alerts = Alerts()
        self._trackers = trackers
        self._writer = writer
        self._keep_days = keep_days

    async def taken(self, turn: Turn, *, doubtful: bool) -> Reply | None:
        """The reply to a turn that is not for the bot; None for all others.

        `doubtful` if the turn's text may be a cry for help.
        """
        try:
            return await asyncio.to_thread(self._taken, turn, doubtful)
        except SQLAlchemyError as error:
            _log.error("talks with the team cannot be read: %s", type(error).__name__)
            return None

    async def danger(self, turn: Turn) -> bool:
        """Let the team know of a cry for help too; whether the person talks with them."""
        work = asyncio.ensure_future(asyncio.to_thread(self._danger, turn))
        await asyncio.wait({work}, timeout=_DANGER_SECONDS)
        return work.done() and work.result()

    async def is_open(self, person: str) -> bool:
        """Whether a person talks with our team; no while the store is out of reach."""
        try:
            return await asyncio.to_thread(self.store.open_of, person) is not None
        except SQLAlchemyError:
            return False

    async def news(self, person: str, after: int) -> News | None:
        """What is new after a line in the last talk of a person; None if there never was one."""
        return await asyncio.to_thread(self._news, person, after)

    def transcript(self, person: str) -> list[TranscriptLine]:
        """What was said in a person's talks with the team."""
        channel = "web" if person.startswith("web-") else "telegram"
        return [
            TranscriptLine(
                "person" if line.author == "person" else "bot",
                line.text,
                None if line.author == "person" else self.message(line, channel),
                at=line.at.replace(tzinfo=UTC).timestamp(),
                number=line.id,
            )
            for line in self.store.lines(person)
        ]

    def message(self, line: Line, channel: str) -> Message:
        """A line of the team, or a notice, as a person is told it."""
        writer = self._writer(line.language)
        if line.author == "staff":
            return compose.team_said(writer, line.text)
        return compose.team_notice(writer, line.text, channel)

    # --- one turn, beside the event loop ---------------------------------------------------------

    def _taken(self, turn: Turn, doubtful: bool) -> Reply | None:
        name, value = payloads.split(turn.payload) if turn.payload else ("", None)
        request = self.store.open_of(turn.person)
        if name in payloads.TEAM:
            return self._of_team(turn, name, value, request)
        if request is None or name in _ANSWERED:
            return None
        writer = self._writer(request.language)
        if turn.payload is not None:
            return _told(writer, "handover.busy", with_team=True)
        if turn.text is not None and self._is_one_of(turn.text, "handover.stop-words"):
            return self._end(request, writer)
        if turn.text is not None and self._is_one_of(turn.text, "privacy.erase-words"):
            return None
        return self._pass_on(turn, request, writer, doubtful=doubtful)

    def _of_team(self, turn: Turn, name: str, value: str | None, request: Request | None) -> Reply:
        """What the buttons around a talk do."""
        if request is not None:
            writer = self._writer(request.language)
            if name == "team-end":
                return self._end(request, writer)
            return _told(writer, "handover.busy", with_team=True)
        writer = self._writer(self._language(turn))
        if name == "team-end":
            return _told(writer, "handover.none", with_team=False)
        if turn.chat is not None and turn.chat < 0:
            return _told(writer, "handover.private", with_team=False)
        offer = self.team.offer(writer.language)
        if offer.now and name != "team":
            return self._begin(turn, writer, value)
        return Reply((self._asked(turn, writer, offer),), writer.language, with_team=False)

    def _asked(self, turn: Turn, writer: Writer, offer: Offer) -> Message:
        """What will be passed on, for agreement; or that the team is not there."""
        if not offer.now:
            return compose.team_closed(writer, offer)
        question = self._trackers.last_question(turn.person)
        return compose.team_consent(writer, self._keep_days, channel=turn.channel, question=question)

    def _begin(self, turn: Turn, writer: Writer, number: str | None) -> Reply:
        asked = number is not None and number.isdecimal()
        question = self._trackers.question(turn.person, int(str(number))) if asked else None
        request = self.store.open(
            turn.person, turn.channel, writer.language, begun=BEGUN, question=question, chat=turn.chat
        )
        if request is None:  # the button was pressed twice
            return _told(writer, "handover.busy", with_team=True)
        self.alerts.raise_("waiting", writer.language)
        told = compose.team_notice(writer, BEGUN, turn.channel)
        return Reply((told,), writer.language, with_team=True)

    def _end(self, request: Request, writer: Writer) -> Reply:
        self.store.end(request, notice=ENDED)
        return _told(writer, ENDED, with_team=False)

    def _pass_on(self, turn: Turn, request: Request, writer: Writer, *, doubtful: bool) -> Reply | None:
        try:
            if not self.store.write(request, _words_of(turn), turn=turn.key):
                return None  # closed at this very moment: the bot answers
        except SQLAlchemyError as error:
            _log.error("a message could not be passed on to the team: %s", type(error).__name__)
            return _told(writer, "handover.not-sent", with_team=True)
        if doubtful:
            return _told(writer, "handover.doubt", with_team=True)
        return Reply((), writer.language, with_team=True)

    def _danger(self, turn: Turn) -> bool:
        try:
            request = self.store.open_of(turn.person)
            if request is None:
                return False
            if turn.text is not None:
                self.store.write(request, turn.text, turn=turn.key)
            self.store.mark_danger(request)
        except SQLAlchemyError as error:
            _log.error("the team could not be told of danger: %s", type(error).__name__)
            return False
        self.alerts.raise_("danger", request.language)
        return True

    def _news(self, person: str, after: int) -> News | None:
        request = self.store.last_of(person)
        if request is None:
            return None
        lines = self.store.news(request, after)
        messages = tuple(self.message(line, request.channel) for line in lines)
        last = max((line.id for line in lines), default=after)
        return News(messages, last, request.language, request.is_open)

    def _is_one_of(self, text: str, message: str) -> bool:
        """Whether a text is one of the words that a message of the catalogue lists, in any language."""
        words = self._writer(None).words
        said = normalise(text)
        return any(
            said == normalise(word)
            for language in words.languages()
            for word in words.say(message, language).split(",")
        )

    def _language(self, turn: Turn) -> str | None:
        """The language last spoken with the person, else that of their page."""
        said = (line.message for line in reversed(self._trackers.transcript(turn.person)) if line.message)
        spoken = next((message.language for message in said if message.translation != "missing"), None)
        return spoken or turn.language


def _told(writer: Writer, notice: str, *, with_team: bool) -> Reply:
    return Reply((compose.team_notice(writer, notice),), writer.language, with_team=with_team)


def _words_of(turn: Turn) -> str:
    if turn.location is None:
        return str(turn.text)
    latitude, longitude = turn.location
    return f"geo:{latitude:.5f},{longitude:.5f}"
