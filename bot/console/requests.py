"""Requests for a person: the queue, and one talk at a time.

Staff see what its owner passed on, only of a talk they have claimed, and only until it is closed.
Not here: opening hours and canned replies (`bot.console.team`), the person's side (`bot.handover`).
"""

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from bot.console.console import Console
from bot.console.door import PLACE, Visit, see_other
from bot.problems import Problem
from content.audit import write
from content.people.canned import CannedReplies
from content.people.cipher import Cipher
from content.people.desk import LONGEST, Desk, DeskError, Waiting
from content.people.handovers import Line
from content.people.team import Team

HERE = "requests"
_REFUSED = 422
_POST = ("POST",)


@dataclass(frozen=True, slots=True)
class Talk:
    """What is shown of one talk; `stamp` changes with it."""

    request: Waiting
    lines: list[Line]

    @property
    def stamp(self) -> str:
        """Another text whenever there is something to show anew."""
        last = max((line.id for line in self.lines), default=0)
        waiting = sum(line.delivery == "waiting" for line in self.lines)
        return f"{last}-{waiting}-{self.request.state}-{self.request.danger:d}{self.request.unreachable:d}"


class Requests:
    """The pages under `/staff/requests` about requests themselves."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._desk = Desk(console.people, Cipher(console.settings.secret.decode()))
        self._team = Team(console.people)
        self._canned = CannedReplies(console.people)

    def index(self, visit: Visit) -> Response:
        """The queue, and what was closed last."""
        return self._console.page(
            visit,
            "requests.html",
            here=HERE,
            waiting=self._desk.queue(),
            closed=self._desk.closed(),
            hours=self._team.hours(),
            counsellors=self._team.counsellors,
        )

    def show(self, visit: Visit) -> Response:
        """One request; what was said in it if this member has claimed it."""
        return self._show(visit, self._found(visit))

    def talk(self, visit: Visit) -> Response:
        """The talk alone, for the page that looks for news; nothing if nothing has changed."""
        if not visit.is_piece:
            return see_other(f"{PLACE}/requests/{visit.named('request')}")
        try:
            request = self._found(visit)
        except Problem:  # the page shows why there is nothing any more
            return Response(status_code=204, headers={"HX-Refresh": "true"})
        talk = self._talk(visit, request)
        if talk.stamp == visit.query.get("seen"):
            return Response(status_code=204)
        return self._console.page(visit, "_talk.html", talk=talk, is_piece=True)

    def claim(self, visit: Visit) -> Response:
        """Take a request, or take it over."""
        request, over = self._found(visit), visit.field("over") == "yes"
        try:
            self._desk.claim(request.id, visit.member.name, over=over)
        except DeskError as error:
            return self._show(visit, self._found(visit), wrong=error.reason)
        if over and request.claimed_by not in (None, visit.member.name):
            self._log(visit, "audit.request-taken-over", request, name=str(request.claimed_by))
        else:
            self._log(visit, "audit.request-claimed", request)
        return self._console.done(f"/requests/{request.id}", "request-claimed")

    def reply(self, visit: Visit) -> Response:
        """Say something; or put a canned reply under what is written so far."""
        request, text = self._found(visit), visit.field("text")
        if chosen := visit.field("canned"):
            canned = self._canned.get(int(chosen)) if chosen.isdecimal() else None
            return self._show(visit, request, text=f"{text}\n{canned.text}".strip() if canned else text)
        try:
            self._desk.reply(request.id, visit.member.name, text)
        except DeskError as error:
            return self._show(visit, self._found(visit), text=text, wrong=error.reason)
        return see_other(f"{PLACE}/requests/{request.id}#write")

    def hand_back(self, visit: Visit) -> Response:
        """Leave a request to somebody else."""
        request = self._found(visit)
        try:
            self._desk.hand_back(request.id, visit.member.name)
        except DeskError as error:
            return self._show(visit, self._found(visit), wrong=error.reason)
        self._log(visit, "audit.request-handed-back", request)
        return self._console.done("/requests", "request-handed-back")

    def close(self, visit: Visit) -> Response:
        """End a talk."""
        request = self._found(visit)
        try:
            self._desk.close(request.id, visit.member.name)
        except DeskError as error:
            return self._show(visit, self._found(visit), wrong=error.reason)
        self._log(visit, "audit.request-closed", request)
        return self._console.done("/requests", "request-closed")

    def _found(self, visit: Visit) -> Waiting:
        """The request of an address, if the member answers in its language; raises Problem."""
        number = visit.named("request")
        request = self._desk.request(int(number)) if number.isdecimal() else None
        if request is None:
            raise Problem("request-gone")
        visit.demand_language(request.language)
        return request

    def _talk(self, visit: Visit, request: Waiting) -> Talk:
        own = request.claimed_by == visit.member.name
        return Talk(request, self._desk.talk(request.id) if own else [])

    def _show(self, visit: Visit, request: Waiting, *, text: str = "", wrong: str = "") -> Response:
        return self._console.page(
            visit,
            "request.html",
            status=_REFUSED if wrong else 200,
            here=HERE,
            talk=self._talk(visit, request),
            is_piece=False,
            canned=self._canned.of_language(request.language),
            text=text,
            wrong=wrong,
            longest=LONGEST,
        )

    def _log(self, visit: Visit, sentence: str, request: Waiting, **values: str) -> None:
        write(self._console.content, sentence, by=visit.member.name, request=str(request.id), **values)


def routes(console: Console) -> list[Route]:
    """The pages about requests themselves."""
    page, requests = console.door.page, Requests(console)
    one = "/requests/{request}"
    return [
        page("/requests", requests.index, "counsellor"),
        page(one, requests.show, "counsellor"),
        page(f"{one}/talk", requests.talk, "counsellor"),
        page(f"{one}/claim", requests.claim, "counsellor", methods=_POST),
        page(f"{one}/reply", requests.reply, "counsellor", methods=_POST),
        page(f"{one}/hand-back", requests.hand_back, "counsellor", methods=_POST),
        page(f"{one}/close", requests.close, "counsellor", methods=_POST),
    ]
