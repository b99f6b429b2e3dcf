"""Problems as a person or a program can read them: a page, a piece of the chat, or problem+json.

Nothing of the fault itself is shown: no trace, no input. Not here: which problems there are (`problems`).
"""

import logging
from collections.abc import Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.headers import EMBEDDABLE, security_headers
from bot.pages import Pages
from bot.problems import Problem, of_status

_log = logging.getLogger(__name__)
_TYPE = "urn:tokstret:problem:"
STAFF = "/staff"
_PIECES = ("/messages", "/transcript")


class Errors:
    """The handlers for everything that can go wrong in a request."""

    def __init__(self, pages: Pages, new_token: Callable[[], str]) -> None:
        self._pages = pages
        self._new_token = new_token

    async def problem(self, request: Request, error: Exception) -> Response:
        """A request that cannot be met."""
        if not isinstance(error, Problem):
            raise error
        language = self._language(request)
        title = self._pages.words.say(f"problem.{error.name}.title", language, **error.values)
        detail = self._pages.words.say(error.words, language, **error.values)
        path = request.url.path
        if path.startswith("/api/"):
            return _problem_json(error, title, detail, language)
        headers = {**error.headers, "Vary": "Accept-Language"}
        if path.endswith(_PIECES):
            return self._pages.page(
                "_problem.html", language, status=error.status, headers=headers, detail=detail,
                token=self._new_token() if error.name == "wrong-token" else None,
            )  # fmt: skip
        if path.startswith(STAFF):
            return self._pages.page(
                "console/error.html", language, status=error.status, headers=headers, title=title,
                detail=detail, member=None, said="",
            )  # fmt: skip
        return self._pages.page(
            "error.html", language, status=error.status, headers=headers, title=title, detail=detail,
            status_code=int(error.status), embedded=path.startswith(EMBEDDABLE), other_languages={},
        )  # fmt: skip

    async def http(self, request: Request, error: Exception) -> Response:
        """What the framework refuses: unknown addresses, wrong methods, bodies over the cap."""
        if not isinstance(error, HTTPException):
            raise error
        return await self.problem(request, Problem(of_status(error.status_code), headers=error.headers))

    async def crash(self, request: Request, error: Exception) -> Response:
        """A fault of ours; the server logs its trace, the person sees none of it."""
        _log.error("fault in %s %s: %s", request.method, _route(request), type(error).__name__)
        response = await self.problem(request, Problem("server-error"))
        response.headers.update(security_headers(request.url.path))
        return response

    def _language(self, request: Request) -> str:
        return getattr(request.state, "language", None) or self._pages.of_browser(request)


def _problem_json(error: Problem, title: str, detail: str, language: str) -> JSONResponse:
    body: dict[str, object] = {
        "type": f"{_TYPE}{error.name}",
        "title": title,
        "status": int(error.status),
        "detail": detail,
    }
    if error.field:
        body["field"] = error.field
    headers: Mapping[str, str] = {**error.headers, "Content-Language": language, "Cache-Control": "no-store"}
    return JSONResponse(body, error.status, headers=headers, media_type="application/problem+json")


def _route(request: Request) -> str:
    return str(getattr(request.scope.get("route"), "path", "?"))
