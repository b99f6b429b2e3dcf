"""The guide: every published answer as a page to browse and to print. Works with the engine down.

Pages are asked for again on every visit, but sent again only when the store or a day has changed.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.pages import ASK_AGAIN, Pages
from bot.problems import Problem
from content.clock import today
from content.compose.writer import service_line
from content.messages import ServiceLine
from content.repository import AnswerText, ServiceText

_Topics = list[tuple[str, list[AnswerText]]]


class Guide:
    """The endpoints under `/guide`."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._repository = pages.repository

    async def start(self, request: Request) -> Response:
        """To the guide in the language of the browser."""
        headers = {"Vary": "Accept-Language", "Cache-Control": ASK_AGAIN}
        return RedirectResponse(f"/guide/{self._pages.of_browser(request)}", 302, headers)

    async def index(self, request: Request) -> Response:
        """All answers by topic."""
        language = self._pages.of_path(request)
        return self._page(request, "guide_index.html", "", topics=self._topics(language))

    async def whole(self, request: Request) -> Response:
        """All answers in full on one page, to print."""
        language = self._pages.of_path(request)
        address = f"{self._pages.origin(request)}/guide/{language}"
        return self._page(request, "guide_all.html", "/all", topics=self._topics(language), address=address)

    async def help(self, request: Request) -> Response:
        """Whom to call, by country."""
        language = self._pages.of_path(request)
        return self._page(request, "guide_help.html", "/help", countries=self._countries(language))

    async def answer(self, request: Request) -> Response:
        """One answer with all its variants."""
        language = self._pages.of_path(request)
        key = str(request.path_params["key"])
        answers = self._repository.variants(key, language)
        if not answers:
            raise Problem("answer-not-found")
        related = [
            found for other in answers[0].related if (found := self._repository.answer(other, language))
        ]
        return self._page(request, "guide_answer.html", f"/{key}", answers=answers, related=related)

    def _page(self, request: Request, template: str, rest: str, **values: Any) -> Response:
        language: str = request.state.language
        tag = self._tag(request, language)
        headers = {"ETag": tag, "Cache-Control": ASK_AGAIN}
        if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
            return Response(status_code=304, headers=headers)
        return self._pages.page(
            template,
            language,
            headers=headers,
            embedded=False,
            today=today(),
            other_languages={code: f"/guide/{code}{rest}" for code in self._repository.languages()},
            services_of=self._services_of,
            **values,
        )

    def _tag(self, request: Request, language: str) -> str:
        """What the page depends on: the store, the day, and this process's words and templates."""
        parts = (self._repository.version(), today(), language, request.url.path, self._pages.edition)
        return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'

    def _topics(self, language: str) -> _Topics:
        answers = self._repository.answers(language)
        return [
            (topic.key, [answer for answer in answers if answer.topic == topic.key])
            for topic in self._repository.topics()
        ]

    def _services_of(self, answer: AnswerText) -> list[ServiceLine]:
        if not answer.services:
            return []
        return _lines(self._repository.services(answer.language, ids=answer.services))

    def _countries(self, language: str) -> list[tuple[str, str, list[ServiceLine]]]:
        services = self._repository.services(language)
        names = {
            country.value: country.names.get(language, country.names["en"])
            for country in self._repository.gazetteer("country")
        }
        codes = dict.fromkeys(service.country for service in services)
        return [
            (code, names.get(code, code), _lines(each for each in services if each.country == code))
            for code in codes
        ]


def _lines(services: Iterable[ServiceText]) -> list[ServiceLine]:
    """Services in full; not whether they answer now: a page may be printed, or kept."""
    return [service_line(service, whole=True) for service in services]
