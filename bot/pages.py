"""Pages from templates: the words, the language and the direction that each of them needs.

Not here: what stands on a page (`channels/…`), what a text looks like (`rendering`).
"""

import secrets
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from pydantic import HttpUrl
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot import rendering
from bot.assets import Assets
from bot.problems import Problem
from content.repository import Repository
from content.words import SOURCE_LANGUAGE, Words

TEMPLATES = Path(__file__).parent / "templates"
NOT_KEPT = "private, no-store"
ASK_AGAIN = "no-cache"


class Pages:
    """Renders templates in a language, and knows which languages there are."""

    def __init__(
        self, words: Words, repository: Repository, assets: Assets, public_url: HttpUrl | None = None
    ) -> None:
        self.words = words
        self.repository = repository
        self._public_url = str(public_url).rstrip("/") if public_url else None
        # Pages made by another edition of the program or its words are not the same pages.
        self.edition = secrets.token_hex(8)
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            markdown=rendering.markdown,
            phone=rendering.phone_link,
            halves=rendering.halves,
            apart=rendering.apart,
        )
        self._environment.globals.update(
            asset=assets.address,
            say=words.say,
            day=words.day,
            direction=words.direction,
            language_name=words.name,
            outward=rendering.outward_link,
        )

    def text(self, template: str, language: str, **values: Any) -> str:
        """A template's HTML; in it, `t("id")` says the words of an id in the page's language."""
        context = {
            "language": language,
            "languages": self.repository.languages(),
            "t": partial(self.words.say, language=language),
            "has": partial(self.words.has, language=language),
            **values,
        }
        return self._environment.get_template(template).render(context)

    def page(
        self,
        template: str,
        language: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> HTMLResponse:
        """A template as a response. Unless told otherwise nobody keeps it: it belongs to one person."""
        kept = {"Cache-Control": NOT_KEPT, "Content-Language": language, **(headers or {})}
        return HTMLResponse(self.text(template, language, **values), status_code=status, headers=kept)

    def of_path(self, request: Request) -> str:
        """The language that a page's address names; raises Problem if there is none such."""
        language = str(request.path_params["language"])
        if language not in self.repository.languages():
            raise Problem("not-found")
        request.state.language = language
        return language

    def of_browser(self, request: Request) -> str:
        """The first language of the browser's list that we speak, else English."""
        return preferred(request.headers.get("accept-language", ""), self.repository.languages())

    def origin(self, request: Request) -> str:
        """Scheme and host under which the outside reaches us."""
        return self._public_url or str(request.base_url).rstrip("/")


def preferred(accepted: str, languages: Iterable[str]) -> str:
    """The best of our languages for an Accept-Language header, e.g. `bi` for `bi-VU,en;q=0.5`."""
    wanted = sorted(_weighted(accepted), key=lambda choice: -choice[1])
    known = {language.lower(): language for language in languages}
    for code, weight in wanted:
        if weight > 0 and (found := known.get(code) or known.get(code.partition("-")[0])):
            return found
    return SOURCE_LANGUAGE


def _weighted(accepted: str) -> list[tuple[str, float]]:
    choices = []
    for part in accepted.lower().split(",")[:20]:
        code, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=")) if quality.strip() else 1.0
        except ValueError:
            weight = 0.0
        choices.append((code.strip(), weight))
    return choices
