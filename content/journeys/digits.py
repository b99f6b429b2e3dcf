"""Digits as people write them: which number "1,200.50", "50.000" or "1 200" may be.

Separators differ by country (CLDR, by babel). Not here: words of numbers (`content.journeys.amounts`).
"""

import re
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol

_GROUPS = re.compile(r"^\d{1,3}(?:[.,' ]\d{2,3})*[.,' ]\d{3}$")
_THOUSANDS = 3


def readings(written: str, country: str | None = None) -> tuple[Decimal, ...]:
    """The numbers that digits may mean, the likelier first; none if they are no number.

    Only one dot before three digits may mean two things: thousands, or a decimal that nobody writes so.
    It is thousands where the country's decimal mark is another one.
    """
    text = written.replace("\u00a0", " ").replace("’", "'").strip()
    marks = [mark for mark in text if not mark.isdigit()]
    if not marks:
        return (Decimal(text),) if text else ()
    last = marks[-1]
    whole, _, end = text.rpartition(last)
    if len(set(marks)) > 1 and marks.count(last) == 1 and last in ".,":
        return _decimal(whole, end)
    if len(marks) == 1 and last in ".,":
        return _one_mark(whole, end, last, country)
    return (_plain(text),) if len(set(marks)) == 1 and _GROUPS.match(text) else ()


def _one_mark(whole: str, end: str, mark: str, country: str | None) -> tuple[Decimal, ...]:
    if len(end) < _THOUSANDS:
        return _decimal(whole, end)
    if len(end) > _THOUSANDS or len(whole) > _THOUSANDS:
        return ()
    thousands, decimal = _plain(whole + end), Decimal(f"{whole}.{end}")
    if whole.startswith("0"):
        return (decimal,)
    if mark == "," or _decimal_mark(country) not in (None, "."):
        return (thousands,)
    return (thousands, decimal)


def _decimal(whole: str, end: str) -> tuple[Decimal, ...]:
    fits = whole.isdigit() or _GROUPS.match(whole)
    if len(end) == _THOUSANDS and not whole.isdigit():
        return ()
    return (Decimal(f"{_plain(whole)}.{end}"),) if fits else ()


def _plain(text: str) -> Decimal:
    return Decimal("".join(letter for letter in text if letter.isdigit()))


def _decimal_mark(country: str | None) -> str | None:
    if country is None:
        return None
    try:
        return str(get_decimal_symbol(Locale.parse(f"und_{country}")))
    except (UnknownLocaleError, ValueError):
        return None
