"""The door of the console: every page behind it names the role it demands, and nobody else gets in.

A page is a plain function from a Visit to a response, run beside the event loop. Posted forms must carry
the session's token (`csrf`) and come from our own pages. Not here: the sign-in page itself (`sign_in`).
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.problems import Problem
from content.staff import Member, Role, Staff

PLACE = "/staff"
SIGN_IN = f"{PLACE}/sign-in"
PASSWORD = f"{PLACE}/account/password"
COOKIE = "tokstret-staff"
MOST_FORM_FIELDS = 2_000
_MOST_PART = 4 * 1024 * 1024
_WRITING = frozenset({"POST"})


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a member of staff."""

    request: Request
    member: Member
    token: str
    csrf: str
    form: FormData

    @property
    def query(self) -> QueryParams:
        """What stands behind the question mark of the address."""
        return self.request.query_params

    @property
    def is_piece(self) -> bool:
        """Whether htmx asks for a piece of a page, not for a whole one."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def path(self) -> str:
        """The page's own address."""
        return self.request.url.path

    def named(self, parameter: str) -> str:
        """A part of the address."""
        return str(self.request.path_params[parameter])

    def field(self, name: str) -> str:
        """A posted field's text; empty if it was not sent."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def fields(self, name: str) -> list[str]:
        """All texts of a field that may be sent several times."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def file(self, name: str) -> UploadFile | None:
        """A posted file; None if none was chosen."""
        value = self.form.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    def demand(self, role: Role) -> None:
        """Raise Problem unless the member has a role besides the one of the page."""
        if not self.member.may(role):
            raise Problem("not-allowed")

    def demand_language(self, language: str) -> None:
        """Raise Problem unless the member writes in a language."""
        if not self.member.writes(language):
            raise Problem("not-your-language")


type Handler = Callable[[Visit], Response]
ANYBODY: None = None
"""The role of a page that every member of staff may see."""


class Door:
    """Makes routes that demand a role."""

    def __init__(self, staff: Staff, secret: bytes) -> None:
        self._staff = staff
        self._secret = secret

    def page(
        self, path: str, handler: Handler, role: Role | None, *, methods: tuple[str, ...] = ("GET",)
    ) -> Route:
        """A route for members with a role (`ANYBODY`: for every member)."""

        async def behind_the_door(request: Request) -> Response:
            token = request.cookies.get(COOKIE, "")
            member = await run_in_threadpool(self._staff.member_of, token) if token else None
            if member is None:
                return _to(request, f"{SIGN_IN}?next={quote(_back(request))}")
            if member.must_change and request.url.path != PASSWORD and not path.endswith("/sign-out"):
                return _to(request, PASSWORD)
            if role is not None and not member.may(role):
                raise Problem("not-allowed")
            async with request.form(max_fields=MOST_FORM_FIELDS, max_part_size=_MOST_PART) as form:
                visit = Visit(request, member, token, self.csrf(token), form)
                if request.method in _WRITING:
                    check_our_own(request)
                    if not hmac.compare_digest(visit.field("csrf").encode(), visit.csrf.encode()):
                        raise Problem("form-too-old")
                return await run_in_threadpool(handler, visit)

        behind_the_door.demands = role  # type: ignore[attr-defined]
        return Route(PLACE + path, behind_the_door, methods=list(methods), name=handler.__qualname__)

    def csrf(self, token: str) -> str:
        """What every form of a session carries."""
        return hmac.new(self._secret, f"csrf:{token}".encode(), hashlib.sha256).hexdigest()


def check_our_own(request: Request) -> None:
    """Raise Problem for a form that another site sent."""
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Problem("form-from-elsewhere")
    if origin not in (None, "null") and urlsplit(origin).netloc != request.headers.get("host"):
        raise Problem("form-from-elsewhere")


def see_other(address: str) -> Response:
    """On to a page after something was done."""
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


def _to(request: Request, address: str) -> Response:
    if request.headers.get("hx-request") == "true":
        return Response(status_code=204, headers={"HX-Redirect": address})
    return see_other(address)


def _back(request: Request) -> str:
    """Where to go on after signing in: the page asked for, or the first one if a form was sent."""
    if request.method != "GET" or request.headers.get("hx-request") == "true":
        return PLACE
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
