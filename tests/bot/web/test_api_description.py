"""The OpenAPI document says what the API really does."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from starlette.routing import Mount, Route

from bot.problems import OPEN
from tests.bot.web.conftest import Client


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return found


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from references(one)


def schema(document: dict[str, Any], part: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**part, "components": document["components"]})


def test_every_route_of_the_api_is_described(client: Client, document: dict[str, Any]) -> None:
    mount = next(route for route in client.parts.app.routes if isinstance(route, Mount))
    routes = {
        (route.path, method.lower())
        for route in mount.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert ("/messages", "post") in routes
    assert routes == {(path, method) for path, methods in document["paths"].items() for method in methods}


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    found = set(references(document))
    assert "#/components/schemas/Message" in found
    assert found <= {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}


def test_every_schema_is_a_schema(document: dict[str, Any]) -> None:
    for part in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(part)


@pytest.mark.parametrize(
    "address",
    ["/languages", "/answers", "/answers/{key}", "/messages"],
    ids=lambda address: address.strip("/"),
)
def test_replies_are_as_described(client: Client, document: dict[str, Any], address: str) -> None:
    method, operation = next(iter(document["paths"][address].items()))
    path = f"/api/v1{address.format(key='palm.cost')}"
    sent = {"json": {"text": "How much do I pay to join PALM?"}} if method == "post" else {}
    reply = client.request(method.upper(), path, **sent)
    described = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(schema(document, described).iter_errors(reply.json())) == []


def test_a_wrong_reply_would_be_noticed(document: dict[str, Any]) -> None:
    described = document["paths"]["/messages"]["post"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    assert not schema(document, described).is_valid({"conversation": "t", "language": "en"})


def test_problems_are_as_described(client: Client, document: dict[str, Any]) -> None:
    operation = document["paths"]["/messages"]["post"]
    reply = client.ask(text="")
    described = operation["responses"][str(reply.status_code)]["content"]["application/problem+json"][
        "schema"
    ]
    assert list(schema(document, described).iter_errors(reply.json())) == []


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        ({"text": "hello"}, True),
        ({"conversation": None, "payload": "menu", "language": "en"}, True),
        ({"location": {"lat": 1.5, "lon": 1.5}}, True),
        ({"text": "a" * 2001}, False),
        ({"colour": "blue"}, False),
        ({"location": {"lat": 91.0, "lon": 1.0}}, False),
    ],
    ids=str,
)
def test_requests_are_as_described(document: dict[str, Any], body: dict[str, Any], fits: bool) -> None:
    described = document["paths"]["/messages"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert schema(document, described).is_valid(body) is fits


def test_the_page_for_partners_names_every_problem_and_every_address(document: dict[str, Any]) -> None:
    page = Path("docs/api.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \| \d", page, re.MULTILINE)) == set(OPEN)
    for address in document["paths"]:
        assert f"/api/v1{address}" in page
