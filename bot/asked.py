"""What a person says in one turn, checked: the body of `POST /api/v1/messages` and of the chat's forms.

Not here: whether the token is ours and the language offered (`turns`).
"""

import unicodedata
from typing import Annotated, Any, Self
from urllib.parse import parse_qsl

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError
from starlette.requests import Request

from bot import payloads
from bot.conversation import MAX_TEXT
from bot.problems import Problem, of_validation

MAX_BODY_BYTES = 64 * 1024
_MAX_FORM_FIELDS = 16
_MAX_TOKEN = 200
_ALLOWED_CONTROLS = frozenset("\n\t")


def _clean(text: str) -> str:
    cleaned = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in _ALLOWED_CONTROLS for c in cleaned):
        raise PydanticCustomError("control-characters", "control characters")
    if not any(unicodedata.category(c)[0] in "LNPSM" for c in cleaned):
        raise PydanticCustomError("nothing-said", "nothing to read")
    if len(cleaned) > MAX_TEXT:
        raise PydanticCustomError("text-too-long", "too long", {"values": {"most": MAX_TEXT}})
    return cleaned


def _known(payload: str) -> str:
    try:
        payloads.split(payload)
    except payloads.PayloadError as error:
        raise PydanticCustomError("bad-payload", "no payload of ours") from error
    return payload


class Location(BaseModel):
    """A place on earth, in degrees."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)


class Asked(BaseModel):
    """One turn of a person: exactly one of text, payload and location."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, title="Asked")

    conversation: str | None = Field(
        default=None,
        max_length=_MAX_TOKEN,
        description="The token of an earlier reply; null begins a conversation.",
    )
    text: Annotated[str, AfterValidator(_clean)] | None = Field(
        default=None,
        description=f"What the person wrote, at most {MAX_TEXT} characters.",
        json_schema_extra={"maxLength": MAX_TEXT},
    )
    payload: Annotated[str, AfterValidator(_known)] | None = Field(
        default=None,
        description="The payload of a pressed button.",
        json_schema_extra={"maxLength": payloads.MAX_BYTES},
    )
    location: Location | None = Field(default=None, description="Where the person is, if they chose to tell.")
    language: str | None = Field(
        default=None,
        max_length=16,
        description="The language of the person's page, a hint: what they write in wins.",
    )

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        said = sum(part is not None for part in (self.text, self.payload, self.location))
        if said != 1:
            raise PydanticCustomError(
                "nothing-said" if not said else "said-twice", "one thing", {"field": "text"}
            )
        return self


def _blank_is_none(value: object) -> object:
    return value or None


class Looked(BaseModel):
    """What is new in a talk with our team is asked for: the token, and the last line that was told."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Looked")

    conversation: str = Field(max_length=_MAX_TOKEN, description="The token of an earlier reply.")
    after: int = Field(default=0, ge=0, le=2**53, description="The `last` of the reply before; 0 at first.")


class Form(BaseModel):
    """The fields of the chat page's forms; empty ones count as not sent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    conversation: Annotated[str | None, BeforeValidator(_blank_is_none)] = Field(
        default=None, max_length=_MAX_TOKEN
    )
    turn: Annotated[str | None, BeforeValidator(_blank_is_none)] = Field(default=None, max_length=64)
    text: str | None = None
    payload: Annotated[str | None, BeforeValidator(_blank_is_none)] = None
    lat: float | None = None
    lon: float | None = None

    def asked(self, language: str) -> Asked:
        """The same as a turn; a pressed button wins over a half-written text."""
        place = None if self.lat is None or self.lon is None else {"lat": self.lat, "lon": self.lon}
        return _checked(
            {
                "conversation": self.conversation,
                "text": None if self.payload or place else self.text,
                "payload": self.payload,
                "location": place,
                "language": language,
            }
        )


async def json_asked(request: Request) -> Asked:
    """Read a turn from a JSON body; raises Problem."""
    if _media_type(request) != "application/json":
        raise Problem("not-json")
    try:
        return Asked.model_validate_json(await _body(request))
    except ValidationError as error:
        raise of_validation(error) from None


async def json_looked(request: Request) -> Looked:
    """Read from a JSON body what is asked for; raises Problem."""
    if _media_type(request) != "application/json":
        raise Problem("not-json")
    try:
        return Looked.model_validate_json(await _body(request))
    except ValidationError as error:
        raise of_validation(error) from None


async def read_form(request: Request) -> Form:
    """Read a posted form; raises Problem."""
    return await _of_form(request, Form)


async def read_looked(request: Request) -> Looked:
    """Read from a posted form what is asked for; raises Problem."""
    return await _of_form(request, Looked)


async def _of_form[Fields: BaseModel](request: Request, fields: type[Fields]) -> Fields:
    if _media_type(request) != "application/x-www-form-urlencoded":
        raise Problem("not-a-form")
    try:
        body = (await _body(request)).decode("ascii")
        pairs = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FORM_FIELDS)
        return fields.model_validate(dict(pairs))
    except ValidationError as error:
        raise of_validation(error) from None
    except ValueError:
        raise Problem("malformed-form") from None


def _checked(fields: dict[str, Any]) -> Asked:
    try:
        return Asked.model_validate(fields)
    except ValidationError as error:
        raise of_validation(error) from None


async def _body(request: Request) -> bytes:
    """The body, never more of it than the cap, whatever its length is said to be."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY_BYTES:
            raise Problem("body-too-large")
    return bytes(body)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
