"""Signing in and out: name and password, then the code of an app if the account has one."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.console.console import Console
from bot.console.door import COOKIE, PASSWORD, PLACE, SIGN_IN, Visit, check_our_own, see_other
from bot.problems import Problem
from bot.turns import address_of
from content.audit import write
from content.staff import SignInError
from content.staff.staff import LONGEST

_REFUSED = 401
_TOO_OFTEN = 429


class SignIn:
    """The pages before the door, and the way out."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._staff = console.staff

    async def form(self, request: Request) -> Response:
        """Name and password; checked when they are posted."""
        if request.method == "GET":
            return self._show(request, goal=_goal(request.query_params.get("next", "")))
        check_our_own(request)
        form = await request.form(max_fields=8)
        name, password = str(form.get("name", "")), str(form.get("password", ""))
        goal = _goal(str(form.get("next", "")))
        try:
            await self._console.limits.sign_in(name, address_of(request))
            browser = request.headers.get("user-agent", "")
            begun = await run_in_threadpool(self._staff.sign_in, name, password, browser)
        except SignInError:
            return self._show(request, goal=goal, name=name, wrong="console.sign-in.wrong", status=_REFUSED)
        except Problem as problem:
            page = self._show(
                request, goal=goal, name=name, wrong="console.sign-in.too-often", status=_TOO_OFTEN
            )
            page.headers.update(problem.headers)
            return page
        if begun.wants_code:
            response = see_other(f"{SIGN_IN}/code?next={goal}")
        else:
            await run_in_threadpool(self._note, begun.member.name)
            response = see_other(PASSWORD if begun.member.must_change else goal)
        self._give_cookie(request, response, begun.token)
        return response

    async def code(self, request: Request) -> Response:
        """The second factor."""
        if request.method == "GET":
            return self._show(request, goal=_goal(request.query_params.get("next", "")), code=True)
        check_our_own(request)
        form = await request.form(max_fields=8)
        goal, token = _goal(str(form.get("next", ""))), request.cookies.get(COOKIE, "")
        try:
            await self._console.limits.sign_in(self._staff.session_id(token), address_of(request))
            member = await run_in_threadpool(self._staff.confirm, token, str(form.get("code", "")))
        except SignInError:
            wrong = "console.sign-in.wrong-code"
            return self._show(request, goal=goal, code=True, wrong=wrong, status=_REFUSED)
        except Problem as problem:
            wrong = "console.sign-in.too-often"
            page = self._show(request, goal=goal, code=True, wrong=wrong, status=_TOO_OFTEN)
            page.headers.update(problem.headers)
            return page
        await run_in_threadpool(self._note, member.name)
        return see_other(PASSWORD if member.must_change else goal)

    def out(self, visit: Visit) -> Response:
        """End this session."""
        self._staff.sign_out(visit.token)
        response = see_other(f"{SIGN_IN}?said=signed-out")
        response.delete_cookie(COOKIE, path=PLACE)
        return response

    def _note(self, name: str) -> None:
        write(self._console.content, "audit.signed-in", by=name)

    def _show(
        self,
        request: Request,
        *,
        goal: str,
        name: str = "",
        wrong: str = "",
        code: bool = False,
        status: int = 200,
    ) -> Response:
        return self._console.pages.page(
            "console/sign_in_code.html" if code else "console/sign_in.html",
            self._console.language(request),
            status=status,
            member=None,
            goal=goal,
            name=name,
            wrong=wrong,
            said="signed-out" if request.query_params.get("said") == "signed-out" else "",
        )

    def _give_cookie(self, request: Request, response: Response, token: str) -> None:
        secure = self._console.pages.origin(request).startswith("https:")
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(LONGEST.total_seconds()),
            path=PLACE,
            secure=secure,
            httponly=True,
            samesite="lax",
        )


def _goal(asked: str) -> str:
    """Where to go after signing in: a page of the console, never somebody else's site."""
    inside = asked == PLACE or asked.startswith((f"{PLACE}/", f"{PLACE}?"))
    return asked if inside and not asked.startswith(SIGN_IN) and "\\" not in asked else PLACE
