"""How our team can be asked: its opening hours, and canned replies per language.

Not here: the requests themselves (`bot.console.requests`).
"""

from zoneinfo import available_timezones

from starlette.responses import Response
from starlette.routing import Route

from bot.console.console import Console
from bot.console.door import Visit
from content.audit import write
from content.opening import DAYS
from content.people.canned import LONGEST_TEXT, LONGEST_TITLE, CannedError, CannedReplies
from content.people.team import Hours, HoursError, Team
from content.words import SOURCE_LANGUAGE

HERE = "requests"
_REFUSED = 422
_POST = ("POST",)


class TeamPages:
    """The pages `/staff/requests/hours` and `/staff/requests/canned`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._team = Team(console.people)
        self._canned = CannedReplies(console.people)

    def hours(self, visit: Visit) -> Response:
        """When the team answers."""
        return self._hours(visit, self._team.hours())

    def set_hours(self, visit: Visit) -> Response:
        """Other hours."""
        begins, ends = visit.fields("begins"), visit.fields("ends")
        spans = tuple(
            f"{begin}-{end}" if begin or end else "" for begin, end in zip(begins, ends, strict=False)
        )
        given = Hours(
            visit.field("offered") == "yes", visit.field("time_zone").strip(), (*spans, *[""] * DAYS)[:DAYS]
        )
        try:
            self._team.set_hours(given)
        except HoursError as error:
            return self._hours(visit, given, wrong=error)
        write(self._console.content, "audit.team-hours", by=visit.member.name)
        return self._console.done("/requests", "hours-set")

    def canned(self, visit: Visit) -> Response:
        """The replies of a language, with a form for a new one or for one to change."""
        return self._list(visit, self._language(visit.query.get("language", "")))

    def keep(self, visit: Visit) -> Response:
        """A new reply, or other words for one."""
        language, id_ = self._language(visit.field("language")), visit.field("id")
        visit.demand_language(language)
        title, text = visit.field("title"), visit.field("text")
        try:
            self._canned.keep(language, title, text, int(id_) if id_.isdecimal() else None)
        except CannedError as error:
            return self._list(visit, language, wrong=error.reason, title=title, text=text)
        write(self._console.content, "audit.canned-kept", by=visit.member.name, language=language)
        return self._console.done("/requests/canned", "canned-kept", language=language)

    def drop(self, visit: Visit) -> Response:
        """Let a reply go."""
        id_ = visit.field("id")
        found = self._canned.get(int(id_)) if id_.isdecimal() else None
        if found is None:
            return self._console.done("/requests/canned", "canned-dropped")
        visit.demand_language(found.language)
        self._canned.drop(found.id)
        write(self._console.content, "audit.canned-dropped", by=visit.member.name, language=found.language)
        return self._console.done("/requests/canned", "canned-dropped", language=found.language)

    def _language(self, asked: str) -> str:
        return asked if asked in self._console.words.languages() else SOURCE_LANGUAGE

    def _hours(self, visit: Visit, hours: Hours, wrong: HoursError | None = None) -> Response:
        return self._console.page(
            visit,
            "team_hours.html",
            status=_REFUSED if wrong else 200,
            here=HERE,
            hours=hours,
            zones=sorted(zone for zone in available_timezones() if "/" in zone),
            wrong=wrong,
        )

    def _list(
        self, visit: Visit, language: str, *, wrong: str = "", title: str = "", text: str = ""
    ) -> Response:
        replies = self._canned.of_language(language)
        edit = visit.query.get("edit", "") or visit.field("id")
        changed = next((reply for reply in replies if str(reply.id) == edit), None)
        return self._console.page(
            visit,
            "canned.html",
            status=_REFUSED if wrong else 200,
            here=HERE,
            tongue=language,
            tongues=self._console.words.languages(),
            replies=replies,
            changed=changed,
            title=title or (changed.title if changed else ""),
            text=text or (changed.text if changed else ""),
            wrong=wrong,
            longest_title=LONGEST_TITLE,
            longest=LONGEST_TEXT,
        )


def routes(console: Console) -> list[Route]:
    """The pages about how the team can be asked; they stand before those of single requests."""
    page, team = console.door.page, TeamPages(console)
    return [
        page("/requests/hours", team.hours, "counsellor"),
        page("/requests/hours", team.set_hours, "counsellor", methods=_POST),
        page("/requests/canned", team.canned, "counsellor"),
        page("/requests/canned", team.keep, "counsellor", methods=_POST),
        page("/requests/canned/drop", team.drop, "counsellor", methods=_POST),
    ]
