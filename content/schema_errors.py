"""The sentence for each way in which a library file can be wrong; pydantic's own name types, not values."""

import re

from pydantic import ValidationError
from pydantic_core import ErrorDetails


def sentences(error: ValidationError) -> list[tuple[str, str]]:
    """What is wrong, as pairs of key and sentence."""
    told: dict[str, list[str]] = {}
    for wrong in error.errors(include_url=False):
        key = _key(wrong)
        # A value that may also be a mapping is tried as one: only the first thing wrong with it counts.
        if not (wrong["type"] == "dict_type" and key in told):
            told.setdefault(key, []).append(_sentence(wrong))
    return [(key, text) for key, texts in told.items() for text in texts]


def _key(wrong: ErrorDetails) -> str:
    # Pydantic names the branch of a union it tried, e.g. `dict[...]`; that is no key of the file.
    parts = [str(part) for part in wrong["loc"] if not re.search(r"[\[\]()]|^(literal|str|date)$", str(part))]
    return ".".join(parts)


def _sentence(wrong: ErrorDetails) -> str:
    say = _SENTENCES.get(wrong["type"].removesuffix("_type").removesuffix("_parsing"), _OTHER)
    return say.format(value=wrong["input"], message=wrong["msg"], **wrong.get("ctx", {}))


_OTHER = "{message} (it is {value!r})"
_DAY = "{value!r} is not a day like 2026-11-22"
_SENTENCES = {
    "dict": "{value!r} must be a list of keys with their values",
    "list": "{value!r} must be a list",
    "date": _DAY,
    "date_from_datetime": _DAY,
    "date_from_datetime_inexact": _DAY,
    "extra_forbidden": "is not a key of this file",
    "int": "{value!r} is not a whole number",
    "library": "{message}",
    "literal_error": "{value!r} is not one of {expected}",
    "missing": "is missing",
    "model": "{value!r} must be a list of keys with their values",
    "string": "{value!r} is not a text",
    "string_pattern_mismatch": "{value!r} is not written as it must be ({pattern})",
    "too_short": "at least {min_length} are needed, there are {actual_length}",
}
