"""The board of translations, the way from one text to the next, and how complete the interface is.

Not here: writing a translation (`editor`), files for translators (`translation_files`).
"""

from dataclasses import dataclass
from functools import cached_property

from starlette.responses import Response
from starlette.routing import Route

from bot.console.console import Console, path
from bot.console.door import Visit, see_other
from bot.console.translation_files import TranslationFiles
from bot.problems import Problem
from content.answer_rows import AnswerRow
from content.fields import SOURCE_LANGUAGE
from content.search.normalise import normalise
from content.translating.board import STATES, lagging, next_text, totals
from content.translating.interface import Entry, completeness, entries

ON_A_PAGE = 50
_BOARD = "/translations"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the board is narrowed to; empty means all."""

    words: str = ""
    topic: str = ""
    language: str = ""
    state: str = ""

    @classmethod
    def of(cls, visit: Visit) -> "Wanted":
        """The filter that an address asks for."""
        return cls(**{name: visit.query.get(name, "").strip() for name in cls.__slots__})

    def query(self) -> dict[str, str]:
        """The filter as an address says it."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}

    def fits(self, row: AnswerRow) -> bool:
        """Whether an answer belongs on the board."""
        return (not self.topic or row.topic == self.topic) and self._has_state(row) and self._has_words(row)

    def _has_state(self, row: AnswerRow) -> bool:
        return not self.state or any(
            text.state == self.state and self.language in ("", text.language) for text in row.texts.values()
        )

    def _has_words(self, row: AnswerRow) -> bool:
        titles = " ".join(text.title for text in row.texts.values()) if self.words else ""
        there = normalise(f"{row.key.replace('.', ' ').replace('-', ' ')} {titles}")
        return all(word in there for word in normalise(self.words).split())


class Translations:
    """The pages under `/staff/translations` that show how far everything is."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._languages = [code for code in console.editorial.languages if code != SOURCE_LANGUAGE]

    def board(self, visit: Visit) -> Response:
        """Answers by languages; htmx gets the table alone."""
        wanted = Wanted.of(visit)
        rows = [row for row in self._console.editorial.answers() if _is_told(row)]
        found = [row for row in rows if wanted.fits(row)]
        page = _page_of(visit)
        shown = [code for code in self._languages if wanted.language in ("", code)]
        return self._console.page(
            visit,
            "_translations_table.html" if visit.is_piece else "translations.html",
            here="translations",
            wanted=wanted,
            rows=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
            number=len(found),
            page=page,
            pages=max(1, -(-len(found) // ON_A_PAGE)),
            topics=sorted({row.topic for row in rows}),
            states=STATES,
            totals=totals(rows, self._languages),
            all_languages=self._languages,
            shown_languages=shown,
            lagging=lagging,
        )

    def next(self, visit: Visit) -> Response:
        """On to the next text to do in a language; `after` (`key/variant`) is the one just left."""
        language = visit.query.get("language", "")
        if language not in self._languages:
            raise Problem("not-found")
        visit.demand_language(language)
        text = next_text(self._console.editorial.answers(), language, visit.query.get("after", ""))
        if text is None:
            return self._console.done(_BOARD, "all-translated", language=language)
        return see_other(path(f"/answers/{text.key}/{text.variant}/{language}"))

    def interface(self, visit: Visit) -> Response:
        """Which words of menus, buttons and errors each language lacks."""
        return self._console.page(
            visit,
            "translations_interface.html",
            here="translations",
            catalogues=completeness(self._messages, self._console.words),
        )

    @cached_property
    def _messages(self) -> tuple[Entry, ...]:
        """Read once, as the catalogues themselves are."""
        return entries(self._console.settings.locales_dir)


def _is_told(row: AnswerRow) -> bool:
    """Nobody can translate what has no English text."""
    return any(text.state == "source" for text in row.texts.values())


def _page_of(visit: Visit) -> int:
    asked = visit.query.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() else 1


def routes(console: Console) -> list[Route]:
    """All routes of translating."""
    page = console.door.page
    board, files = Translations(console), TranslationFiles(console)
    waiting = f"{_BOARD}/import/{{upload}}"
    return [
        page(_BOARD, board.board, "editor"),
        page(f"{_BOARD}/next", board.next, "editor"),
        page(f"{_BOARD}/interface", board.interface, "editor"),
        page(f"{_BOARD}/files", files.show, "editor"),
        page(f"{_BOARD}/export", files.out, "editor"),
        page(f"{_BOARD}/import", files.bring, "editor", methods=("POST",)),
        page(waiting, files.preview, "editor"),
        page(waiting, files.decide, "editor", methods=("POST",)),
        page(f"{waiting}/{{key}}/{{variant}}", files.compare, "editor"),
    ]
