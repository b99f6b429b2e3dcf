"""What the query of an address asks for: a page of a list, a day, a span of days."""

from datetime import date

from bot.console.door import Visit

_MOST_PAGES = 1_000_000


def page_asked(visit: Visit) -> int:
    """The page of a list, counted from one."""
    asked = visit.query.get("page", "1")
    return min(max(1, int(asked)), _MOST_PAGES) if asked.isascii() and asked.isdecimal() else 1


def day_asked(visit: Visit, name: str) -> date | None:
    """A day, as a date field of a form sends it; None if there is none or it is no day."""
    try:
        return date.fromisoformat(visit.query.get(name, ""))
    except ValueError:
        return None
