"""The audit log: who did what and when, as sentences, to narrow and to take along.

Not here: writing the sentences (`content.audit`), reading them from the store (`content.audit_log`).
"""

from collections.abc import Mapping

from starlette.responses import Response
from starlette.routing import Route

from bot.console.asked import day_asked, page_asked
from bot.console.console import Console
from bot.console.csv_file import csv_response
from bot.console.door import Visit
from bot.console.people import ALL_LANGUAGES
from content.audit import SENTENCES
from content.audit_log import AuditLog, Entry, LogFilter
from content.clock import today
from content.words import SOURCE_LANGUAGE

ON_A_PAGE = 50
_PLACE = "/log"
_UNKNOWN = "…"


class Log:
    """The pages under `/staff/log`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._log = AuditLog(console.content)

    def index(self, visit: Visit) -> Response:
        """What fits the filter, the newest first; htmx gets the list alone."""
        wanted, page = _wanted(visit), page_asked(visit)
        number = self._log.number(wanted)
        language = self._console.language(visit.request)
        entries = self._log.page(wanted, first=(page - 1) * ON_A_PAGE, most=ON_A_PAGE)
        return self._console.page(
            visit,
            "_log_table.html" if visit.is_piece else "log.html",
            here="log",
            entries=[(entry, self._said(entry, language)) for entry in entries],
            number=number,
            page=page,
            pages=max(1, -(-number // ON_A_PAGE)),
            wanted=wanted,
            query=_query(wanted),
            names=self._log.names(),
            kinds=sorted((self._kind(name, language), name) for name in self._log.sentences()),
        )

    def export(self, visit: Visit) -> Response:
        """All that fits the filter, as a file."""
        language = self._console.language(visit.request)
        head = [self._console.words.say(f"console.log.{name}", language) for name in ("when", "who", "what")]
        rows = (
            (f"{entry.at.isoformat(sep=' ', timespec='seconds')}Z", entry.by, self._said(entry, language))
            for entry in self._log.all(_wanted(visit))
        )
        return csv_response(f"tokstret-log-{today()}", head, rows)

    def _said(self, entry: Entry, language: str) -> str:
        """The sentence of an entry, its roles and languages called by their names."""
        if not self._console.words.has(entry.sentence, SOURCE_LANGUAGE):
            return entry.sentence
        values = dict.fromkeys(SENTENCES.get(entry.sentence, ()), _UNKNOWN) | dict(entry.values)
        if "languages" in entry.values:
            values["languages"] = self._languages(values["languages"], language)
        if "roles" in entry.values:
            roles = (f"console.role.{role}" for role in values["roles"].split(", "))
            values["roles"] = ", ".join(self._say(role, language) for role in roles)
        if "language" in entry.values:
            values["language"] = self._console.words.name(values["language"])
        return self._filled(entry.sentence, language, {"by": entry.by, **values})

    def _languages(self, codes: str, language: str) -> str:
        if codes == ALL_LANGUAGES:
            return self._say("console.account.all-languages", language)
        return ", ".join(self._console.words.name(code) for code in codes.split(", "))

    def _kind(self, sentence: str, language: str) -> str:
        """A kind of sentence, for the list to choose from: its words with nothing in the blanks."""
        if not self._console.words.has(sentence, SOURCE_LANGUAGE):
            return sentence
        blanks = dict.fromkeys(SENTENCES.get(sentence, ()), _UNKNOWN)
        return self._filled(sentence, language, {"by": _UNKNOWN, **blanks})

    def _filled(self, sentence: str, language: str, values: Mapping[str, str]) -> str:
        # Not by `say` itself: one of the blanks is called `language` too.
        return self._console.words.say(sentence, language).format(**values)

    def _say(self, message: str, language: str) -> str:
        known = self._console.words.has(message, SOURCE_LANGUAGE)
        return self._console.words.say(message, language) if known else message


def _wanted(visit: Visit) -> LogFilter:
    given = {name: visit.query.get(name, "").strip() for name in ("by", "answer", "sentence")}
    return LogFilter(**given, since=day_asked(visit, "since"), until=day_asked(visit, "until"))


def _query(wanted: LogFilter) -> dict[str, object]:
    """The filter as an address says it."""
    return {name: value for name in LogFilter.__slots__ if (value := getattr(wanted, name))}


def routes(console: Console) -> list[Route]:
    """The pages of the log."""
    log = Log(console)
    return [
        console.door.page(_PLACE, log.index, "reviewer"),
        console.door.page(f"{_PLACE}/log.csv", log.export, "admin"),
    ]
