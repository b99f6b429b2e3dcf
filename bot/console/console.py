"""What all pages of the console share: the stores, the steps of editing, and how a page is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from bot.console.door import PLACE, Door, Visit, see_other
from bot.limits import Limits
from bot.pages import Pages, preferred
from bot.searching import SharedSearch
from bot.settings import Settings
from content.editorial import Editorial
from content.people.cipher import Cipher
from content.repository import Repository
from content.staff import Role, Staff
from content.words import SOURCE_LANGUAGE, Words
from content.workflow import Workflow

# The pages that the navigation leads to, and the role that each demands.
NAVIGATION: tuple[tuple[str, str, Role | None], ...] = (
    ("todo", "", None),
    ("answers", "/answers", "editor"),
    ("translations", "/translations", "editor"),
    ("unanswered", "/unanswered", "editor"),
    ("try", "/try", "editor"),
    ("library", "/library", "editor"),
    ("requests", "/requests", "counsellor"),
    ("insights", "/insights", "reviewer"),
    ("log", "/log", "reviewer"),
    ("people", "/people", "admin"),
    ("export", "/export", "admin"),
)


@dataclass(frozen=True)
class Console:
    """The parts that pages are made with."""

    settings: Settings
    content: Engine
    people: Engine
    staff: Staff
    workflow: Workflow
    editorial: Editorial
    repository: Repository
    words: Words
    pages: Pages
    door: Door
    limits: Limits
    search: SharedSearch

    def page(
        self, visit: Visit, template: str, *, status: int = 200, here: str = "", **values: Any
    ) -> Response:
        """A page behind the door; `here` is the entry of the navigation it belongs to.

        In the template, `t("id")` says words, `path("/answers")` makes an address with a query.
        """
        said = visit.query.get("said", "")
        language = self.language(visit.request)
        return self.pages.page(
            f"console/{template}",
            language,
            status=status,
            visit=visit,
            member=visit.member,
            csrf=visit.csrf,
            here=here,
            navigation=[entry for entry in NAVIGATION if entry[2] is None or visit.member.may(entry[2])],
            said=said if said and self.words.has(f"console.said.{said}", SOURCE_LANGUAGE) else "",
            path=path,
            on_day=partial(self.words.day, language=language),
            moment=moment,
            **values,
        )

    def language(self, request: Request) -> str:
        """The language of the console's own words: the browser's, if its catalogue is there."""
        there = [code for code in self.words.languages() if self.words.has("console.name", code)]
        return preferred(request.headers.get("accept-language", ""), there)

    def done(self, address: str, said: str, **query: object) -> Response:
        """On to a page that says what was done (`console.said.<said>`)."""
        return see_other(path(address, said=said, **query))


def moment(at: datetime) -> Markup:
    """A moment as the reader's clock shows it once the script has run; in UTC before."""
    return Markup('<time datetime="{}Z">{} UTC</time>').format(
        at.isoformat(timespec="seconds"), at.strftime("%Y-%m-%d %H:%M")
    )


def path(address: str, **query: object) -> str:
    """An address of the console with a query; what is empty is left out."""
    given: Mapping[str, object] = {name: value for name, value in query.items() if value not in (None, "")}
    start = address if address.startswith(PLACE) else PLACE + address
    return f"{start}?{urlencode(given)}" if given else start


def assemble(
    settings: Settings,
    *,
    content: Engine,
    people: Engine,
    repository: Repository,
    pages: Pages,
    limits: Limits,
    search: SharedSearch,
) -> Console:
    """All parts put together."""
    staff = Staff(people, Cipher(settings.secret.decode()))
    return Console(
        settings=settings,
        content=content,
        people=people,
        staff=staff,
        workflow=Workflow(content),
        editorial=Editorial(content, pages.words.languages()),
        repository=repository,
        words=pages.words,
        pages=pages,
        door=Door(staff, settings.secret),
        limits=limits,
        search=search,
    )
