"""All pages under `/staff/library`, in the order in which their addresses are told apart."""

from starlette.routing import Route

from bot.console import imports, library, record_words, records, rule_periods
from bot.console.console import Console


def library_routes(console: Console) -> list[Route]:
    """The routes of services and records."""
    return [
        *imports.routes(console),
        *library.routes(console),
        *records.routes(console),
        *record_words.routes(console),
        *rule_periods.routes(console),
    ]
