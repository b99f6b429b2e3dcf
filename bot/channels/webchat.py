"""The chat page: whole with scripts off (plain form posts), smooth with one small script.

There are no cookies. The conversation's token travels in a hidden field, and each page carries
a number for its next turn, so that a form sent twice is one turn. One renderer serves both ways:
without the script a post answers with the whole page, the script gets the same lines as a piece
of HTML (`…/messages`, `…/transcript`) and puts them into the page that is there.

`/embed/<language>` is the same page for a frame on somebody else's site.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from bot import payloads
from bot.asked import Form, read_form, read_looked
from bot.conversation import MAX_TEXT, Conversation
from bot.headers import EMBEDDABLE
from bot.pages import NOT_KEPT, Pages
from bot.problems import Problem
from bot.trackers import TranscriptLine
from bot.turns import Taken, Turns, address_of
from content.messages import Message

_CHAT, _EMBED = "/chat", EMBEDDABLE.rstrip("/")

# Buttons that stand on every page, or come back from an engine that is down.
_WORDS_OF_BUTTONS = {
    "danger": "danger.button",
    "privacy": "topic.privacy",
    "menu": "menu.button",
    "person": "person.button",
    "languages": "language.button",
    "erase": "privacy.erase",
    "erase-yes": "privacy.erase-yes",
    "team": "handover.ask",
    "team-yes": "handover.yes",
    "team-question": "handover.yes-question",
    "team-end": "handover.end",
}


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a chat page shows: the lines, which of them is the first new one, and how it got there."""

    token: str
    lines: Sequence[TranscriptLine]
    latest: int | None = None
    state: str = "shown"
    problem: str = ""
    draft: str = ""
    status: int = 200
    with_team: bool = False


class WebChat:
    """The endpoints under `/`, `/chat` and `/embed`."""

    def __init__(self, turns: Turns, conversation: Conversation, pages: Pages) -> None:
        self._turns = turns
        self._conversation = conversation
        self._pages = pages

    async def start(self, request: Request) -> Response:
        """The chat page in the language of the browser."""
        request.state.language = self._pages.of_browser(request)
        page = self._new_page(request)
        page.headers["Vary"] = "Accept-Language"
        return page

    async def page(self, request: Request) -> Response:
        """The chat page in a language; a post is one turn of somebody whose scripts are off."""
        self._pages.of_path(request)
        return await self._posted(request) if request.method == "POST" else self._new_page(request)

    async def messages(self, request: Request) -> Response:
        """One turn sent by the script: only the new lines."""
        language = self._pages.of_path(request)
        taken = await self._take(request, await read_form(request))
        return self._piece(
            language,
            taken.token,
            _told(taken),
            again=taken.again,
            erased=taken.reply.erased,
            with_team=taken.reply.with_team,
        )

    async def transcript(self, request: Request) -> Response:
        """All lines of a talk, for the script that takes it up again after a reload."""
        language = self._pages.of_path(request)
        form = await read_form(request)
        if form.conversation is None:
            raise Problem("wrong-token", field="conversation")
        await self._turns.admit(address_of(request))
        person = self._turns.person(form.conversation)
        lines = await self._conversation.transcript(person)
        with_team = await self._conversation.handover.is_open(person)
        return self._piece(language, form.conversation, lines, with_team=with_team, last=_last(lines))

    async def news(self, request: Request) -> Response:
        """What our team wrote meanwhile, for the script; nothing at all if there is nothing new."""
        language = self._pages.of_path(request)
        looked = await read_looked(request)
        await self._turns.admit(address_of(request))
        news = await self._conversation.handover.news(self._turns.person(looked.conversation), looked.after)
        if news is not None and news.with_team and not news.messages:
            return Response(status_code=204, headers={"Cache-Control": NOT_KEPT})
        lines = [_line(message) for message in news.messages] if news else []
        with_team, last = (news.with_team, news.last) if news else (False, 0)
        return self._piece(language, looked.conversation, lines, with_team=with_team, last=last)

    async def look(self, request: Request) -> Response:
        """The whole page anew, for somebody whose scripts are off and who waits for our team."""
        self._pages.of_path(request)
        form = await read_form(request)
        if form.conversation is None:
            raise Problem("wrong-token", field="conversation")
        await self._turns.admit(address_of(request))
        person = self._turns.person(form.conversation)
        lines = await self._conversation.transcript(person)
        with_team = await self._conversation.handover.is_open(person)
        latest = len(lines) - 1 if lines else None
        return self._show(request, _Shown(form.conversation, lines, latest=latest, with_team=with_team))

    def _new_page(self, request: Request) -> Response:
        greeting = self._conversation.greeting(request.state.language)
        return self._show(request, _Shown(self._turns.new_token(), [_line(greeting)], state="new"))

    async def _posted(self, request: Request) -> Response:
        form = await read_form(request)
        try:
            before = await self._before(form)
            taken = await self._take(request, form)
        except Problem as problem:
            return await self._refused(request, form, problem)
        told = _told(taken)
        with_team = await self._conversation.handover.is_open(self._turns.person(taken.token))
        shown = partial(_Shown, with_team=with_team)
        if taken.reply.erased:
            return self._show(request, shown(taken.token, told, latest=0))
        if taken.again and (not told or _ends_with(before, told)):
            return self._show(request, shown(taken.token, before, latest=len(before) - len(told)))
        said = self._said(form, before, request.state.language)
        return self._show(request, shown(taken.token, [*before, *said, *told], latest=len(before)))

    async def _refused(self, request: Request, form: Form, problem: Problem) -> Response:
        """The page as it was, with what is wrong and what the person had written."""
        language = request.state.language
        words = self._pages.words.say(problem.words, language, **problem.values)
        token = (
            form.conversation
            if form.conversation and problem.name != "wrong-token"
            else self._turns.new_token()
        )
        lines = await self._conversation.transcript(self._turns.person(token))
        shown = _Shown(
            token,
            lines or [_line(self._conversation.greeting(language))],
            problem=words,
            draft=(form.text or "")[:MAX_TEXT],
            status=int(problem.status),
        )
        page = self._show(request, shown)
        page.headers.update(problem.headers)
        return page

    async def _before(self, form: Form) -> list[TranscriptLine]:
        if form.conversation is None:
            return []
        return await self._conversation.transcript(self._turns.person(form.conversation))

    async def _take(self, request: Request, form: Form) -> Taken:
        asked = form.asked(request.state.language)
        return await self._turns.take(asked, "web", address_of(request), key=form.turn)

    def _said(self, form: Form, before: Sequence[TranscriptLine], language: str) -> list[TranscriptLine]:
        """What the person wrote, or the words on the button; nothing if those are not known any more."""
        text = self._title(form.payload, before, language) if form.payload else (form.text or "").strip()
        return [TranscriptLine("person", text)] if text else []

    def _title(self, payload: str, before: Sequence[TranscriptLine], language: str) -> str:
        """The words that stood on a pressed button, of this talk or of the page around it."""
        seen = [line.message for line in before if line.message] + [self._conversation.greeting(language)]
        for message in reversed(seen):
            for button in message.buttons:
                if button.payload == payload:
                    return button.title
        name, value = payloads.split(payload)
        if name == "answer" and (found := self._pages.repository.answer(str(value), language)):
            return found.title
        if name == "language" and value:
            return self._pages.words.name(value)
        words = _WORDS_OF_BUTTONS.get(name)
        return self._pages.words.say(words, language) if words else ""

    def _show(self, request: Request, shown: _Shown) -> Response:
        embedded = request.url.path.startswith(EMBEDDABLE)
        return self._pages.page(
            "chat.html",
            request.state.language,
            status=shown.status,
            place=_EMBED if embedded else _CHAT,
            embedded=embedded,
            turn=secrets.token_urlsafe(18),
            most=MAX_TEXT,
            topics=self._pages.repository.topics(),
            token=shown.token,
            lines=shown.lines,
            latest=shown.latest,
            state=shown.state,
            problem=shown.problem,
            draft=shown.draft,
            with_team=shown.with_team,
            last=_last(shown.lines),
        )

    def _piece(
        self,
        language: str,
        token: str,
        lines: Sequence[TranscriptLine],
        *,
        again: bool = False,
        erased: bool = False,
        with_team: bool | None = None,
        last: int | None = None,
    ) -> Response:
        return self._pages.page(
            "_piece.html",
            language,
            token=token,
            lines=lines,
            latest=None,
            again=again,
            erased=erased,
            with_team=with_team,
            last=last,
        )


def _last(lines: Sequence[TranscriptLine]) -> int:
    """The newest line of a talk with our team that is shown."""
    return max((line.number for line in lines), default=0)


def _line(message: Message) -> TranscriptLine:
    return TranscriptLine("bot", message.text, message)


def _told(taken: Taken) -> list[TranscriptLine]:
    return [_line(message) for message in taken.reply.messages]


def _ends_with(lines: Sequence[TranscriptLine], told: Sequence[TranscriptLine]) -> bool:
    return bool(told) and list(lines[-len(told) :]) == list(told)
