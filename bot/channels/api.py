"""The public JSON API, version 1: messages, languages and answers. Described in docs/api.md and by `openapi`.

Not here: what is checked in a turn (`bot.asked`), the OpenAPI document (`api_description`).
"""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.asked import json_asked, json_looked
from bot.channels.api_description import description
from bot.handover import Handover
from bot.pages import ASK_AGAIN, NOT_KEPT, Pages
from bot.problems import Problem
from bot.turns import Taken, Turns, address_of
from content.messages import Message, Source, Translation
from content.repository import AnswerText
from content.words import SOURCE_LANGUAGE

_LONGEST_KEY = 64


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Replied(_Body):
    """The reply to one turn. While `with_team` is true, a person of our team answers: see `/news`."""

    conversation: str
    language: str
    messages: list[Message]
    with_team: bool | None = None

    @classmethod
    def of(cls, taken: Taken) -> Self:
        """What a turn became."""
        return cls(
            conversation=taken.token,
            language=taken.reply.language,
            messages=list(taken.reply.messages),
            with_team=taken.reply.with_team,
        )


class NewsOfTeam(_Body):
    """What our team has written since a line; `last` is to be sent as `after` the next time."""

    language: str
    with_team: bool
    last: int
    messages: list[Message]


class Language(_Body):
    """A language in which answers are published."""

    code: str
    name: str
    direction: str


class Languages(_Body):
    """All languages, the source language first."""

    languages: list[Language]


class AnswerTitle(_Body):
    """One published answer, by name."""

    key: str
    topic: str
    title: str
    language: str
    checked_on: date


class AnswerTitles(_Body):
    """All published answers."""

    answers: list[AnswerTitle]


class Answer(AnswerTitle):
    """One published answer with its text (small Markdown) and where it comes from."""

    variant: str
    body: str
    translation: Translation
    review_date: date
    sources: list[Source]
    related: list[str]

    @classmethod
    def of(cls, text: AnswerText) -> Self:
        """The answer as the store tells it."""
        sources = [
            Source(title=s.title, publisher=s.publisher, url=s.url, checked_on=s.checked_on)
            for s in text.sources
        ]
        return cls(
            key=text.key,
            topic=text.topic,
            title=text.title,
            language=text.language,
            checked_on=text.checked_on,
            variant=text.variant,
            body=text.body,
            translation=text.translation,
            review_date=text.review_date,
            sources=sources,
            related=list(text.related),
        )


class Api:
    """The endpoints under `/api/v1`."""

    def __init__(self, turns: Turns, handover: Handover, pages: Pages) -> None:
        self._turns = turns
        self._handover = handover
        self._pages = pages

    async def messages(self, request: Request) -> Response:
        """One turn of a conversation."""
        asked = await json_asked(request)
        if asked.language in self._pages.repository.languages():
            request.state.language = asked.language
        key = request.headers.get("idempotency-key")
        if key is not None and not 0 < len(key) <= _LONGEST_KEY:
            raise Problem("wrong-value", field="Idempotency-Key")
        taken = await self._turns.take(asked, "api", address_of(request), key=key)
        return _json(Replied.of(taken), NOT_KEPT)

    async def news(self, request: Request) -> Response:
        """What our team has written meanwhile."""
        looked = await json_looked(request)
        await self._turns.admit(address_of(request))
        news = await self._handover.news(self._turns.person(looked.conversation), looked.after)
        if news is None:
            return _json(NewsOfTeam(language=SOURCE_LANGUAGE, with_team=False, last=0, messages=[]), NOT_KEPT)
        told = NewsOfTeam(
            language=news.language, with_team=news.with_team, last=news.last, messages=list(news.messages)
        )
        return _json(told, NOT_KEPT)

    async def languages(self, _request: Request) -> Response:
        """The languages in which answers are published."""
        words = self._pages.words
        found = [
            Language(code=code, name=words.name(code), direction=words.direction(code))
            for code in self._pages.repository.languages()
        ]
        return _json(Languages(languages=found), ASK_AGAIN)

    async def answers(self, request: Request) -> Response:
        """All published answers by title, in the language asked for or else in English."""
        found = self._pages.repository.answers(self._language(request))
        titles = [
            AnswerTitle(key=a.key, topic=a.topic, title=a.title, language=a.language, checked_on=a.checked_on)
            for a in found
        ]
        return _json(AnswerTitles(answers=titles), ASK_AGAIN)

    async def answer(self, request: Request) -> Response:
        """One published answer, in the language asked for or else in English."""
        found = self._pages.repository.answer(request.path_params["key"], self._language(request))
        if found is None:
            raise Problem("answer-not-found", field="key")
        return _json(Answer.of(found), ASK_AGAIN)

    async def openapi(self, request: Request) -> Response:
        """The OpenAPI document."""
        document = description(
            f"{self._pages.origin(request)}/api/v1",
            replied=Replied,
            news=NewsOfTeam,
            languages=Languages,
            titles=AnswerTitles,
            answer=Answer,
        )
        return JSONResponse(document, headers={"Cache-Control": ASK_AGAIN})

    def _language(self, request: Request) -> str:
        asked_for = request.query_params.get("lang")
        if asked_for is None:
            return self._pages.of_browser(request)
        if asked_for not in self._pages.repository.languages():
            raise Problem("unknown-language", field="lang")
        request.state.language = asked_for
        return asked_for


def _json(body: BaseModel, kept: str) -> Response:
    headers = {"Cache-Control": kept}
    return Response(body.model_dump_json(exclude_none=True), media_type="application/json", headers=headers)
