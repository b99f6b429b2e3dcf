"""The OpenAPI document of the JSON API, built from the models that check and write its bodies."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from bot.asked import MAX_BODY_BYTES, Asked, Looked
from bot.problems import OPEN

_REF = "#/components/schemas/{model}"


class ProblemBody(BaseModel):
    """What went wrong (RFC 9457). `title` and `detail` are in the person's language."""

    model_config = ConfigDict(extra="forbid", title="Problem")

    type: str = Field(description="`urn:tokstret:problem:` and one of: " + ", ".join(OPEN) + ".")
    title: str
    status: int
    detail: str
    field: str | None = Field(
        default=None, description="The part of the request that is wrong, if it is one part."
    )


def description(
    address: str,
    *,
    replied: type[BaseModel],
    news: type[BaseModel],
    languages: type[BaseModel],
    titles: type[BaseModel],
    answer: type[BaseModel],
) -> dict[str, Any]:
    """The document; the models are what each endpoint answers with."""
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (Asked, "validation"),
        (Looked, "validation"),
        *((model, "serialization") for model in (replied, news, languages, titles, answer, ProblemBody)),
    ]
    names, schemas = models_json_schema(models, ref_template=_REF)
    schema_of = {model: names[model, mode] for model, mode in models}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tokstret",
            "version": "1",
            "summary": "True answers for people who think of working abroad.",
        },
        "servers": [{"url": address}],
        "paths": {
            "/messages": {"post": _messages(schema_of[Asked], schema_of[replied], schema_of[ProblemBody])},
            "/news": {"post": _news(schema_of[Looked], schema_of[news], schema_of[ProblemBody])},
            "/languages": {"get": _get("languages", schema_of[languages])},
            "/answers": {"get": _get("answers", schema_of[titles], _LANG, problems=schema_of[ProblemBody])},
            "/answers/{key}": {
                "get": _get("answer", schema_of[answer], _KEY, _LANG, problems=schema_of[ProblemBody])
            },
            "/openapi.json": {"get": _get("openapi", {"type": "object"})},
        },
        "components": {"schemas": schemas["$defs"]},
    }


_LANG = {"name": "lang", "in": "query", "required": False, "schema": {"type": "string"}, "example": "bi"}
_KEY = {
    "name": "key",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "example": "fees.who-pays",
}
_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 64},
    "description": "Sent again with the same conversation and key, it is taken once, for ten minutes.",
}


def _messages(asked: Any, replied: Any, problem: Any) -> dict[str, Any]:
    return {
        "operationId": "messages",
        "summary": "One turn of a conversation.",
        "parameters": [_IDEMPOTENCY],
        "requestBody": {
            "required": True,
            "description": f"At most {MAX_BODY_BYTES} bytes, with exactly one of text, payload and location.",
            "content": {"application/json": {"schema": asked}},
        },
        "responses": {
            "200": _response("The reply.", replied),
            **_problems(problem, 400, 403, 413, 415, 422, 429),
        },
    }


def _news(looked: Any, news: Any, problem: Any) -> dict[str, Any]:
    return {
        "operationId": "news",
        "summary": "What a person of our team has written meanwhile, while `with_team` is true.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": looked}}},
        "responses": {
            "200": _response("What is new.", news),
            **_problems(problem, 400, 403, 413, 415, 422, 429),
        },
    }


def _get(name: str, schema: Any, *parameters: dict[str, Any], problems: Any = None) -> dict[str, Any]:
    refused = _problems(problems, *((404, 422) if _KEY in parameters else (422,))) if problems else {}
    return {
        "operationId": name,
        "parameters": list(parameters),
        "responses": {"200": _response("Found.", schema), **refused},
    }


def _response(text: str, schema: Any, media_type: str = "application/json") -> dict[str, Any]:
    return {"description": text, "content": {media_type: {"schema": schema}}}


def _problems(schema: Any, *codes: int) -> dict[str, Any]:
    refused = {str(code): _response(_WHY[code], schema, "application/problem+json") for code in codes}
    if "429" in refused:
        refused["429"]["headers"] = {
            "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}
        }
    return refused


_WHY = {
    400: "The body is no JSON object.",
    403: "The conversation token is none of ours.",
    404: "There is no such answer.",
    413: "The body is too large.",
    415: "The body is not sent as application/json.",
    422: "A part of the request is wrong; `field` names it.",
    429: "Too many messages; wait for `Retry-After` seconds.",
}
