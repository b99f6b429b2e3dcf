"""Rate limits: who is refused, how it is told, and that they share a count through Redis."""

import asyncio
import contextlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from bot.limits import PER_ADDRESS, PER_CONVERSATION, Limits
from bot.problems import Problem
from tests.bot.web.conftest import Client, StartClient
from tests.bot.web.test_webchat import fields

SECRET = b"a secret of the tests that is long enough"


def talk(client: Client, turns: int) -> list[int]:
    token = client.ask(text="menu").json()["conversation"]
    return [client.ask(text="menu", conversation=token).status_code for _ in range(turns)]


def test_too_many_turns_of_one_conversation_are_refused_with_the_time_to_wait(
    start_client: StartClient,
) -> None:
    client = start_client(per_conversation="3/minute")
    token = client.ask(text="menu").json()["conversation"]
    replies = [client.ask(text="menu", conversation=token) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    wait = int(replies[-1].headers["retry-after"])
    assert 0 < wait <= 60
    body = replies[-1].json()
    assert body["type"] == "urn:tokstret:problem:too-many-messages"
    assert f"wait {wait} seconds" in body["detail"]


def test_another_conversation_is_not_touched(start_client: StartClient) -> None:
    client = start_client(per_conversation="2/minute")
    assert talk(client, 2) == [200, 429]
    assert talk(client, 1) == [200]


def test_too_many_turns_of_one_address_are_refused_whatever_the_conversation(
    start_client: StartClient,
) -> None:
    client = start_client(per_address="3/minute")
    replies = [client.ask(text="menu") for _ in range(4)]
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429]
    assert replies[-1].json()["type"] == "urn:tokstret:problem:too-many-from-address"
    assert "retry-after" in replies[-1].headers


def test_the_danger_button_works_when_a_conversation_is_over_its_limit(start_client: StartClient) -> None:
    client = start_client(per_conversation="1/minute")
    token = client.ask(text="menu").json()["conversation"]
    assert client.ask(text="menu", conversation=token).status_code == 429
    assert client.ask(payload="danger:AU", conversation=token).json()["messages"][0]["kind"] == "danger"


def test_the_page_says_why_and_keeps_what_was_written(start_client: StartClient) -> None:
    client = start_client(per_conversation="1/minute")
    page = client.get("/chat/en").text
    page = client.post("/chat/en", data={**fields(page), "text": "menu"}).text
    refused = client.post("/chat/en", data={**fields(page), "text": "who pays my ticket?"})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert re.search(r'<p id="status" role="status">You have sent many messages', refused.text)
    assert "who pays my ticket?" in refused.text


def test_a_turn_sent_again_does_not_count(start_client: StartClient) -> None:
    client = start_client(per_conversation="2/minute")
    token = client.ask(text="menu").json()["conversation"]
    sent = {"json": {"text": "menu", "conversation": token}, "headers": {"Idempotency-Key": "k"}}
    assert [client.post("/api/v1/messages", **sent).status_code for _ in range(5)] == [200] * 5


def test_refusals_are_counted(start_client: StartClient) -> None:
    client = start_client(per_conversation="1/minute")
    talk(client, 2)
    assert 'tokstret_limited_total{limit="conversation"} 2.0' in client.get("/metrics").text


def test_an_address_may_do_far_more_than_a_conversation() -> None:
    conversation, address = (int(limit.partition("/")[0]) for limit in (PER_CONVERSATION, PER_ADDRESS))
    assert address >= 20 * conversation


def test_switched_off_nobody_is_refused() -> None:
    limits = Limits(SECRET, enabled=False, per_conversation="1/hour", per_address="1/hour")

    async def many() -> None:
        for _ in range(5):
            await limits.conversation("p")
            await limits.address("a")

    asyncio.run(many())


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis of our own on a socket file."""
    socket = tmp_path / "redis.sock"
    command = [
        "redis-server",
        "--port",
        "0",
        "--unixsocket",
        str(socket),
        "--save",
        "",
        "--dir",
        str(tmp_path),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        assert any("ready to accept connections" in line.lower() for line in server.stdout)
        yield f"unix://{socket}"
        server.terminate()


def test_bots_share_their_counts_through_redis(redis_url: str) -> None:
    async def two_bots() -> int:
        first, second = (Limits(SECRET, redis_url=redis_url, per_conversation="3/minute") for _ in range(2))
        async with contextlib.aclosing(first), contextlib.aclosing(second):
            await first.conversation("p")
            await second.conversation("p")
            await first.conversation("p")
            with pytest.raises(Problem) as refused:
                await second.conversation("p")
            await second.conversation("q")
            return int(refused.value.headers["Retry-After"])

    assert 0 < asyncio.run(two_bots()) <= 60


def test_an_address_is_not_kept_as_it_is(redis_url: str) -> None:
    async def one() -> None:
        async with contextlib.aclosing(Limits(SECRET, redis_url=redis_url)) as limits:
            await limits.address("203.0.113.9")

    asyncio.run(one())
    with redis.Redis.from_url(redis_url) as store:
        keys = [str(key) for key in store.scan_iter()]
    assert keys
    assert not [key for key in keys if "203.0.113.9" in key]


def test_without_its_redis_nobody_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    async def many() -> None:
        async with contextlib.aclosing(
            Limits(SECRET, redis_url="redis://127.0.0.1:9", per_conversation="1/hour")
        ) as limits:
            for _ in range(3):
                await limits.conversation("p")

    asyncio.run(many())
    assert "cannot be reached" in caplog.text
