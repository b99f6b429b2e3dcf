"""The whole application: errors as pages, headers, health, figures, and what the log may hold."""

import logging
import re

import pytest
from starlette.routing import Mount, Route

from bot.conversation import Reply, Turn
from bot.pages import preferred
from tests.bot.web.conftest import Client, StartClient

MARKED = "Zorblax Quentington from Xanaduville"


def break_conversation(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(turn: Turn) -> Reply:
        raise ZeroDivisionError(f"with {turn.text}")

    monkeypatch.setattr(client.parts.conversation, "reply", broken)


def test_an_unknown_page_is_a_page(client: Client) -> None:
    reply = client.get("/nothing/here")
    assert reply.status_code == 404
    assert "This page does not exist" in reply.text


def test_a_wrong_method_is_a_page(client: Client) -> None:
    reply = client.request("PUT", "/chat/en")
    assert reply.status_code == 405
    assert set(reply.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_a_fault_of_ours_shows_nothing_of_itself(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    break_conversation(client, monkeypatch)
    page = client.post("/chat/en", data={"text": MARKED})
    piece = client.post("/chat/en/messages", data={"text": MARKED})
    body = client.ask(text=MARKED)
    for reply in (page, piece, body):
        assert reply.status_code == 500
        assert "ZeroDivision" not in reply.text
        assert "Traceback" not in reply.text
        assert MARKED not in reply.text
        assert reply.headers["content-security-policy"]
    assert "Something went wrong on our side" in page.text
    assert body.json()["type"] == "urn:tokstret:problem:server-error"


def test_a_turn_that_failed_may_be_sent_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    token = client.ask(text="hello").json()["conversation"]
    sent = {"json": {"text": "menu", "conversation": token}, "headers": {"Idempotency-Key": "k"}}
    with monkeypatch.context() as broken:
        break_conversation(client, broken)
        assert client.post("/api/v1/messages", **sent).status_code == 500
    assert client.post("/api/v1/messages", **sent).status_code == 200


def test_nothing_a_person_wrote_is_logged(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    client.ask(text=MARKED)
    client.post("/chat/en", data={"text": MARKED})
    client.ask(text=MARKED + "\x07")
    break_conversation(client, monkeypatch)
    client.post("/chat/en", data={"text": MARKED})
    ours = [record.getMessage() for record in caplog.records]
    assert any("ZeroDivisionError" in line for line in ours), "the fault itself must be logged"
    assert not [line for line in ours if any(word in line for word in MARKED.split()[:2])]


def test_only_the_embeddable_page_may_be_framed(client: Client) -> None:
    for path in ("/", "/chat/en", "/guide/en", "/nothing", "/api/v1/languages"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
    headers = client.get("/embed/en").headers
    assert "frame-ancestors *" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


@pytest.mark.parametrize(
    ("path", "who"),
    [("/", "self"), ("/chat/en", "self"), ("/embed/en", "self"), ("/guide/en", ""), ("/staff/sign-in", "")],
)
def test_only_a_page_with_a_talk_may_ask_the_browser_where_it_is(client: Client, path: str, who: str) -> None:
    policy = client.get(path).headers["permissions-policy"].split(", ")
    assert {f"geolocation=({who})", "camera=()", "microphone=()"} <= set(policy)


@pytest.mark.parametrize("path", ["/", "/embed/en", "/guide/en", "/nothing", "/healthz", "/api/v1/languages"])
def test_every_response_says_what_may_be_done_with_it(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_static_files_are_kept_for_good_under_addresses_that_change(client: Client) -> None:
    page = client.get("/").text
    paths = re.findall(r'"(/static/[^"]+)"', page)
    assert len(paths) >= 4
    for path in paths:
        reply = client.get(path)
        assert reply.status_code == 200
        assert "immutable" in reply.headers["cache-control"]
        assert client.get(re.sub(r"\.[0-9a-f]{12}\.", ".000000000000.", path)).status_code == 404
    assert client.get("/static/..%2fweb.py").status_code == 404


def test_the_loader_for_other_sites_speaks_the_language_asked_for(client: Client) -> None:
    reply = client.get("/embed/en.js")
    assert reply.headers["content-type"].startswith("text/javascript")
    assert "Working abroad? Ask us" in reply.text
    assert "__WORDS__" not in reply.text
    assert client.get("/embed/xx.js").status_code == 404


def test_it_is_alive_and_says_what_is_not_ready(start_client: StartClient) -> None:
    client = start_client(engine=False)
    assert client.get("/healthz").json() == {"alive": True}
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["ready"] is False
    assert ready.json()["parts"]["engine"] is False
    assert ready.json()["parts"]["content"] is True


def test_figures_count_turns_and_hold_no_text(client: Client) -> None:
    client.ask(text="How much do I pay to join PALM?")
    client.post("/chat/en", data={"payload": "danger"})
    figures = client.get("/metrics").text
    assert 'tokstret_turns_total{channel="api",kind="answer"} 1.0' in figures
    assert 'tokstret_turns_total{channel="web",kind="danger"} 1.0' in figures
    assert 'tokstret_turn_seconds_count{channel="web"} 1.0' in figures
    assert "PALM" not in figures


def test_figures_count_turns_without_the_engine(start_client: StartClient) -> None:
    client = start_client(engine=False)
    client.ask(text="How much do I pay to join PALM?")
    assert re.search(r"tokstret_engine_failures_total\{[^}]+\} 1\.0", client.get("/metrics").text)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("bi", "bi"),
        ("bi-VU, en;q=0.5", "bi"),
        ("en;q=0.5, tpi", "tpi"),
        ("fr, tpi;q=0.3", "tpi"),
        ("BI", "bi"),
        ("bi;q=0", "en"),
        ("bi;q=nonsense, tpi;q=0.1", "tpi"),
        (",;,=;q", "en"),
        ("x," * 5000, "en"),
    ],
    ids=lambda value: value[:20],
)
def test_the_language_a_browser_prefers_is_found(accepted: str, language: str) -> None:
    assert preferred(accepted, ("en", "bi", "tpi")) == language


def test_no_route_of_a_page_or_of_the_api_is_without_a_test(client: Client) -> None:
    """Every route is known here; who adds one adds it to the tests above."""
    routes = client.parts.app.routes
    paths = {route.path for route in routes if isinstance(route, Route | Mount)}
    # The console's routes are walked in tests/bot/console/test_door.py.
    assert {path for path in paths if not path.startswith("/staff")} == {
        *("/", "/chat/{language}", "/chat/{language}/messages", "/chat/{language}/transcript"),
        *(
            "/chat/{language}/news",
            "/chat/{language}/look",
            "/embed/{language}/news",
            "/embed/{language}/look",
        ),
        *("/embed/{language}.js", "/embed/{language}"),
        *("/embed/{language}/messages", "/embed/{language}/transcript"),
        *("/guide", "/guide/{language}", "/guide/{language}/all", "/guide/{language}/help"),
        *("/guide/{language}/{key}", "/api/v1", "/static/{name}", "/healthz", "/readyz", "/metrics"),
    }
