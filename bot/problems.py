"""What can be wrong with a request: one exception, two tables of names and status codes.

The words for people are in the catalogues (`problem.<name>.title`, and `Problem.words`).
Not here: how a problem is shown (`errors`).
"""

from collections.abc import Mapping

from pydantic import ValidationError

# Of the API, the web chat and the pages that anybody may open.
OPEN: Mapping[str, int] = {
    "malformed-json": 400,
    "malformed-form": 400,
    "bad-request": 400,
    "wrong-token": 403,
    "not-found": 404,
    "answer-not-found": 404,
    "method-not-allowed": 405,
    "body-too-large": 413,
    "not-json": 415,
    "not-a-form": 415,
    "unknown-field": 422,
    "wrong-value": 422,
    "nothing-said": 422,
    "said-twice": 422,
    "text-too-long": 422,
    "control-characters": 422,
    "bad-payload": 422,
    "bad-location": 422,
    "unknown-language": 422,
    "too-many-messages": 429,
    "too-many-from-address": 429,
    "server-error": 500,
}

# Only of the staff console.
_CONSOLE = {
    "not-allowed": 403,
    "not-your-language": 403,
    "own-text": 403,
    "form-too-old": 403,
    "form-from-elsewhere": 403,
    "request-gone": 404,
    "too-many-sign-ins": 429,
}

STATUS: Mapping[str, int] = {**OPEN, **_CONSOLE}

_FAULT = 500
_OF_STATUS = {
    404: "not-found",
    405: "method-not-allowed",
    413: "body-too-large",
}

# Problems whose words are those of a turn that no channel can take.
_WORDS = {
    "nothing-said": "input.empty",
    "text-too-long": "input.too-long",
    "control-characters": "input.control",
    "bad-payload": "input.payload",
    "bad-location": "input.location",
}
_OF_INPUT = {words: name for name, words in _WORDS.items()}


class Problem(Exception):
    """A request that cannot be met; `name` is a key of STATUS, `values` fill its words."""

    def __init__(
        self,
        name: str,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(name)
        self.name = name
        self.status = STATUS[name]
        self.field = field
        self.headers = dict(headers or {})
        self.values = {"field": field or "", **(values or {})}

    @property
    def words(self) -> str:
        """The catalogue's message that tells a person what is wrong."""
        return _WORDS.get(self.name, f"problem.{self.name}.detail")


def of_status(status: int) -> str:
    """The problem that stands for a status code which the framework raised."""
    other = "bad-request" if status < _FAULT else "server-error"
    return _OF_STATUS.get(status, other)


def of_input(field: str, message: str, values: Mapping[str, object]) -> Problem:
    """The problem for a turn that the conversation cannot take."""
    return Problem(_OF_INPUT.get(message, "wrong-value"), field=field, values=values)


def of_validation(error: ValidationError) -> Problem:
    """The first thing that a model found wrong. Validators name a problem by their error type."""
    first = error.errors(include_url=False, include_input=False)[0]
    kind, context = first["type"], first.get("ctx", {})
    field = ".".join(str(part) for part in first["loc"]) or context.get("field")
    if kind in STATUS:
        return Problem(kind, field=field, values=context.get("values"))
    if kind == "json_invalid" or field is None:
        return Problem("malformed-json")
    if kind == "extra_forbidden":
        return Problem("unknown-field", field=field)
    return Problem("bad-location" if field.startswith("location") else "wrong-value", field=field)
