"""Accounts: who works with the console, with which roles and languages; only admins see this.

A one-time password stands on the page that answers the form and nowhere else: not in an address, not in
a log. Not here: one's own account (`account`), the rules about accounts (`content.staff`).
"""

import re

from starlette.responses import Response
from starlette.routing import Route

from bot.console.console import Console
from bot.console.door import Visit
from bot.problems import Problem
from content.audit import write
from content.audit_log import AuditLog
from content.staff import ROLES, Member, StaffError
from content.staff.roster import roster

ALL_LANGUAGES = "*"
_PLACE = "/people"
_REFUSED = 422
_SOME = "some"
_ID = re.compile(r"[0-9]{1,9}")


class People:
    """The pages under `/staff/people`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._staff = console.staff

    def index(self, visit: Visit) -> Response:
        """All accounts."""
        signed_in = AuditLog(self._console.content).last_signed_in()
        rows = [
            (row, max(filter(None, (row.seen_at, signed_in.get(row.member.name))), default=None))
            for row in roster(self._console.people)
        ]
        return self._console.page(visit, "people.html", here="people", rows=rows)

    def new(self, visit: Visit) -> Response:
        """Make an account; its one-time password stands on the page that answers."""
        if visit.request.method == "GET":
            return self._form(visit, None, roles=[], languages=[])
        name, roles, languages = visit.field("name").strip(), visit.fields("roles"), self._languages(visit)
        try:
            _check_languages(visit, languages)
            password = self._staff.create(name, roles, languages)
        except StaffError as error:
            return self._form(visit, None, roles=roles, languages=languages, name=name, wrong=error)
        self._note(visit, "audit.account-made", name, roles=roles, languages=languages)
        return self._once(visit, name, password)

    def one(self, visit: Visit) -> Response:
        """One account: its roles and languages, and what can be done with it."""
        return self._as_it_is(visit, self._member(visit))

    def change(self, visit: Visit) -> Response:
        """Other roles and languages."""
        member, roles, languages = self._member(visit), visit.fields("roles"), self._languages(visit)
        try:
            _check_languages(visit, languages)
            self._staff.change(member.id, roles, languages)
        except StaffError as error:
            return self._form(visit, member, roles=roles, languages=languages, wrong=error)
        self._note(visit, "audit.account-changed", member.name, roles=roles, languages=languages)
        still_here = member.id != visit.member.id or "admin" in roles
        return self._console.done(_PLACE if still_here else "", "account-changed")

    def close(self, visit: Visit) -> Response:
        """Nobody signs in to it any more."""
        member = self._anothers(visit)
        try:
            self._staff.close(member.id)
        except StaffError as error:
            return self._as_it_is(visit, member, wrong=error)
        self._note(visit, "audit.account-closed", member.name)
        return self._console.done(_PLACE, "account-closed")

    def open_again(self, visit: Visit) -> Response:
        """A closed account is of use again."""
        member = self._anothers(visit)
        if member.active:
            return self._console.done(f"{_PLACE}/{member.id}", "account-is-open")
        password = self._staff.open_again(member.id)
        self._note(visit, "audit.account-opened", member.name)
        return self._once(visit, member.name, password)

    def reset(self, visit: Visit) -> Response:
        """A new one-time password for somebody who forgot theirs or lost their phone."""
        member = self._anothers(visit)
        if not member.active:
            raise Problem("not-allowed")
        password = self._staff.reset(member.id)
        self._note(visit, "audit.account-reset", member.name)
        return self._once(visit, member.name, password)

    def _member(self, visit: Visit) -> Member:
        """The member that an address names; raises Problem if there is none."""
        number = visit.named("id")
        if not _ID.fullmatch(number):
            raise Problem("not-found")
        try:
            return self._staff.member(int(number))
        except StaffError as error:
            raise Problem("not-found") from error

    def _anothers(self, visit: Visit) -> Member:
        """A member who is not who asks: nobody closes or resets their own account by mistake."""
        member = self._member(visit)
        if member.id == visit.member.id:
            raise Problem("not-allowed")
        return member

    def _languages(self, visit: Visit) -> list[str]:
        """The languages chosen, of those there are; none stands for all."""
        chosen = visit.fields("languages") if visit.field("scope") == _SOME else []
        return [code for code in self._console.words.languages() if code in chosen]

    def _as_it_is(self, visit: Visit, member: Member, wrong: StaffError | None = None) -> Response:
        roles, languages = sorted(member.roles), list(member.languages)
        return self._form(visit, member, roles=roles, languages=languages, wrong=wrong)

    def _form(
        self,
        visit: Visit,
        member: Member | None,
        *,
        roles: list[str],
        languages: list[str],
        name: str = "",
        wrong: StaffError | None = None,
    ) -> Response:
        return self._console.page(
            visit,
            "person.html",
            status=_REFUSED if wrong else 200,
            here="people",
            person=member,
            name=name,
            roles=roles,
            languages=languages,
            all_roles=ROLES,
            all_languages=self._console.words.languages(),
            scope=visit.field("scope") or (_SOME if languages else "all"),
            wrong=f"console.people.wrong.{wrong.reason}" if wrong else "",
        )

    def _once(self, visit: Visit, name: str, password: str) -> Response:
        """The one-time password, shown this once: pages of the console are not kept by browsers."""
        return self._console.page(visit, "one_time.html", here="people", name=name, password=password)

    def _note(self, visit: Visit, sentence: str, name: str, **lists: list[str]) -> None:
        values = {blank: ", ".join(each) or ALL_LANGUAGES for blank, each in lists.items()}
        write(self._console.content, sentence, by=visit.member.name, name=name, **values)


def _check_languages(visit: Visit, languages: list[str]) -> None:
    """Raise StaffError if "only these" was chosen and none of them: that must not come to mean all."""
    if visit.field("scope") == _SOME and not languages:
        raise StaffError("no-language")


def routes(console: Console) -> list[Route]:
    """The pages of accounts."""
    page, people = console.door.page, People(console)
    one, post = f"{_PLACE}/{{id}}", ("POST",)
    return [
        page(_PLACE, people.index, "admin"),
        page(f"{_PLACE}/new", people.new, "admin", methods=("GET", "POST")),
        page(one, people.one, "admin"),
        page(one, people.change, "admin", methods=post),
        page(f"{one}/close", people.close, "admin", methods=post),
        page(f"{one}/open", people.open_again, "admin", methods=post),
        page(f"{one}/reset", people.reset, "admin", methods=post),
    ]
