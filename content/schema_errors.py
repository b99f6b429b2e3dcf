"""What is said of each way in which a library file can be wrong: pydantic names types, not values."""

import re

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from content.faults import Fault
from content.words import Saying


def faults_of(error: ValidationError) -> list[Fault]:
    """What is wrong, by key."""
    told: dict[str, list[Saying]] = {}
    for wrong in error.errors(include_url=False):
        key = _key(wrong)
        # A value that may also be a mapping is tried as one: only the first thing wrong with it counts.
        if not (wrong["type"] == "dict_type" and key in told):
            told.setdefault(key, []).extend(_sayings(wrong))
    return [(key, saying) for key, sayings in told.items() for saying in sayings]


def _key(wrong: ErrorDetails) -> str:
    # Pydantic names the branch of a union it tried, e.g. `dict[...]`; that is no key of the file.
    parts = [str(part) for part in wrong["loc"] if not re.search(r"[\[\]()]|^(literal|str|date)$", str(part))]
    at = wrong.get("ctx", {}).get("at")
    return ".".join([*parts, at] if at else parts)


def _sayings(wrong: ErrorDetails) -> tuple[Saying, ...]:
    """What is said of an error; what the library's own checks found they say themselves."""
    told = wrong.get("ctx", {})
    if wrong["type"] == "library":
        return tuple(told["sayings"])
    message = MESSAGES.get(wrong["type"].removesuffix("_type").removesuffix("_parsing"), "fault.other")
    values = {name: told[name] for name in NAMED if name in told}
    if "expected" in values:
        values["expected"] = values["expected"].replace(" or ", ", ")
    return (Saying(message, value=wrong["input"], reason=wrong["msg"], **values),)


NAMED = ("expected", "pattern", "min_length", "max_length", "actual_length", "ge", "le")
MESSAGES = {
    "dict": "fault.mapping",
    "list": "fault.list",
    "date": "fault.day",
    "date_from_datetime": "fault.day",
    "date_from_datetime_inexact": "fault.day",
    "extra_forbidden": "fault.unknown-key",
    "greater_than_equal": "fault.too-small",
    "int": "fault.whole-number",
    "less_than_equal": "fault.too-great",
    "literal_error": "fault.none-of",
    "missing": "fault.missing",
    "model": "fault.mapping",
    "string": "fault.text",
    "string_pattern_mismatch": "fault.pattern",
    "string_too_long": "fault.too-long",
    "too_short": "fault.too-few",
}
