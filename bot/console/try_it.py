"""A chat in which staff try the bot, and see why it says what it says.

It is the bot itself: the same alarm, engine and search as for everybody (`bot.conversation`). What is
tried is not counted, calls nobody, and is forgotten with the talk. A talk is kept in memory alone.
"""

import hashlib
from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from anyio import from_thread
from starlette.responses import Response

from bot import payloads
from bot.console.console import Console
from bot.console.door import Visit
from bot.conversation import Conversation
from bot.turn import InputError, Turn
from content.alarm import Heard
from content.fields import SOURCE_LANGUAGE
from content.messages import Message
from content.sight import Sight, Trial, TriedMessage

_REFUSED = 422
_MOST_TALKS, _MOST_TURNS = 50, 30


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be tried: in which language a talk begins, as of which day, published texts or drafts."""

    language: str
    day: date | None = None
    drafts: bool = False

    @property
    def trial(self) -> Trial:
        """As the engine is told it."""
        return Trial(day=self.day, drafts=self.drafts)

    @property
    def query(self) -> Mapping[str, str]:
        """As an address carries it."""
        day = self.day.isoformat() if self.day else ""
        return {"language": self.language, "day": day, "tell": "drafts" if self.drafts else ""}


@dataclass(frozen=True, slots=True)
class Tried:
    """One turn: what was said, what the alarm made of it, what was replied."""

    said: str
    heard: Heard | None
    wish: Wish
    messages: tuple[Message, ...]

    @property
    def sight(self) -> Sight | None:
        """How the first reply that tells it came about; None if the engine did not reply."""
        sights = (message.sight for message in self.messages if isinstance(message, TriedMessage))
        return next((sight for sight in sights if sight is not None), None)


@dataclass(frozen=True, slots=True)
class Talk:
    """What one session tries: its last turns."""

    turns: deque[Tried] = field(default_factory=lambda: deque(maxlen=_MOST_TURNS))


class TryIt:
    """The pages at `/staff/try`."""

    def __init__(self, console: Console, conversation: Conversation) -> None:
        self._console = console
        self._conversation = conversation
        self._talks: OrderedDict[str, Talk] = OrderedDict()

    def show(self, visit: Visit) -> Response:
        """The talk so far; a piece of a page for htmx, beside other pages."""
        return self._show(visit, self._wish(visit.query, visit), typed=visit.query.get("text", ""))

    def say(self, visit: Visit) -> Response:
        """Say something, or press a button; `do=again` forgets the talk."""
        fields = {name: visit.field(name) for name in ("language", "day", "tell")}
        wish = self._wish(fields, visit)
        if visit.field("do") == "again":
            self._forget(visit)
            return self._after(visit, wish)
        text, payload = visit.field("text"), visit.field("payload")
        turn = Turn(
            person=_person(visit),
            channel="web",
            text=None if payload else text,
            payload=payload or None,
            language=wish.language,
            trial=wish.trial,
        )
        try:
            if payloads.is_for_team(turn.payload):
                return self._show(visit, wish, wrong="console.try.no-team")
            reply = from_thread.run(self._conversation.reply, turn)
        except payloads.PayloadError:
            return self._show(visit, wish, wrong="input.payload")
        except InputError as error:
            return self._show(visit, wish, typed=text, wrong=error.message, values=error.values)
        if reply.erased:
            self._talks.pop(_person(visit), None)
        heard = self._conversation.heard(text) if turn.text else None
        said = text or self._title_of(visit, payload)
        self._talk(visit).turns.append(Tried(said, heard, wish, reply.messages))
        return self._after(visit, wish)

    def _after(self, visit: Visit, wish: Wish) -> Response:
        return self._show(visit, wish) if visit.is_piece else self._console.done("/try", "", **wish.query)

    def _show(
        self,
        visit: Visit,
        wish: Wish,
        *,
        typed: str = "",
        wrong: str = "",
        values: Mapping[str, object] | None = None,
    ) -> Response:
        talk = self._talks.get(_person(visit), Talk())
        return self._console.page(
            visit,
            "_try_talk.html" if visit.is_piece else "try.html",
            # htmx shows no page that was refused; the words are in it.
            status=_REFUSED if wrong and not visit.is_piece else 200,
            here="try",
            talk=talk,
            wish=wish,
            typed=typed,
            wrong=wrong,
            values=values or {},
            titles={row.key: row.title for row in self._console.editorial.answers()},
            country_name=self._country_name,
            all_languages=self._console.editorial.languages,
        )

    def _country_name(self, code: str) -> str:
        names = {value.value: value.names for value in self._console.repository.gazetteer("country")}
        return names.get(code, {}).get(SOURCE_LANGUAGE, code)

    def _wish(self, given: Mapping[str, str], visit: Visit) -> Wish:
        language = given.get("language", "")
        if language not in self._console.editorial.languages:
            language = self._console.language(visit.request)
        try:
            day = date.fromisoformat(given.get("day", ""))
        except ValueError:
            day = None
        return Wish(language, day, drafts=given.get("tell") == "drafts")

    def _talk(self, visit: Visit) -> Talk:
        person = _person(visit)
        talk = self._talks.setdefault(person, Talk())
        self._talks.move_to_end(person)
        while len(self._talks) > _MOST_TALKS:
            self._talks.popitem(last=False)
        return talk

    def _forget(self, visit: Visit) -> None:
        self._talks.pop(_person(visit), None)
        from_thread.run(self._conversation.erase, _person(visit))

    def _title_of(self, visit: Visit, payload: str) -> str:
        """What stands on the button that was pressed."""
        talk = self._talks.get(_person(visit), Talk())
        buttons = (button for tried in talk.turns for message in tried.messages for button in message.buttons)
        return next((button.title for button in buttons if button.payload == payload), payload)


def _person(visit: Visit) -> str:
    """As whom a session talks with the bot."""
    return f"staff-{hashlib.sha256(visit.token.encode()).hexdigest()[:24]}"
