"""The public JSON API, as a partner would use it."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.asked import MAX_BODY_BYTES
from bot.conversation import MAX_TEXT
from bot.settings import Settings
from content.people.models import UnansweredQuestion
from content.store import open_store
from content.words import Words
from tests.bot.web.conftest import Client, StartClient

WORDS = Words(Settings().locales_dir)
PORT_VILA = {"lat": -17.74, "lon": 168.31}
QUESTION = "How much do I pay to join PALM?"


def problem(response: Any) -> tuple[int, str, str | None]:
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code
    assert body["title"]
    assert body["detail"]
    assert "{" not in body["detail"]
    return body["status"], body["type"].removeprefix("urn:tokstret:problem:"), body.get("field")


def test_a_question_is_answered_with_its_source(client: Client) -> None:
    reply = client.ask(text=QUESTION)
    assert reply.status_code == 200
    body = reply.json()
    assert body["language"] == "en"
    message = body["messages"][0]
    assert (message["kind"], message["answer"]) == ("answer", "palm.cost")
    assert message["sources"]
    assert message["checked_on"] == min(source["checked_on"] for source in message["sources"])
    assert reply.headers["cache-control"] == "private, no-store"


def test_the_token_of_a_reply_goes_on_with_the_same_conversation(client: Client) -> None:
    token = client.ask(text=QUESTION).json()["conversation"]
    assert client.ask(text="thank you", conversation=token).json()["conversation"] == token


def test_two_conversations_have_different_tokens(client: Client) -> None:
    assert (
        client.ask(text=QUESTION).json()["conversation"] != client.ask(text=QUESTION).json()["conversation"]
    )


def test_a_button_is_pressed_by_its_payload(client: Client) -> None:
    first = client.ask(text=QUESTION).json()
    button = next(b for b in first["messages"][0]["buttons"] if b["payload"].startswith("answer:"))
    reply = client.ask(payload=button["payload"], conversation=first["conversation"]).json()
    assert reply["messages"][0]["answer"] == button["payload"].removeprefix("answer:")


def heard_by(client: Client) -> list[str]:
    """What the engine behind it was told."""
    assert client.parts.engine is not None
    return client.parts.engine.heard


def test_a_position_asks_for_help_in_its_country_and_goes_no_further(client: Client) -> None:
    assert client.ask(location=PORT_VILA).status_code == 200
    assert heard_by(client) == ['/service_finder{"step": "country", "value": "VU"}']


@pytest.mark.parametrize(
    ("asked", "heard"),
    [("danger", '/danger{"country": "VU"}'), ("person", '/choose_country{"country": "VU"}')],
)
def test_a_position_answers_the_question_where_somebody_is(client: Client, asked: str, heard: str) -> None:
    token = client.ask(payload=asked).json()["conversation"]
    client.ask(location=PORT_VILA, conversation=token)
    assert heard_by(client)[-1] == heard


def test_a_position_where_we_know_no_help_is_told_so_in_the_language_spoken(client: Client) -> None:
    token = client.ask(payload="menu", language="bi").json()["conversation"]
    reply = client.ask(location={"lat": -30.0, "lon": -140.0}, conversation=token).json()
    assert [message["text"] for message in reply["messages"]] == [WORDS.say("position.unknown", "bi")]
    assert len(heard_by(client)) == 1


def test_a_position_is_answered_with_the_services_there_while_the_engine_is_down(
    start_client: StartClient,
) -> None:
    reply = start_client(engine=False).ask(location=PORT_VILA).json()
    assert "vu-lsu" in [service["id"] for service in reply["messages"][0]["services"]]


def test_without_the_engine_a_question_is_answered_from_the_store(start_client: StartClient) -> None:
    client = start_client(engine=False)
    assert client.ask(text=QUESTION).json()["messages"][0]["answer"] == "palm.cost"


def test_danger_is_met_with_the_engine_down(start_client: StartClient) -> None:
    client = start_client(engine=False)
    message = client.ask(text="my boss beats me and locked me in the room, help").json()["messages"][0]
    assert message["kind"] == "danger"
    assert any(service["phones"] for service in message["services"])


@pytest.mark.parametrize(
    ("body", "problem_is"),
    [
        ({}, (422, "nothing-said", "text")),
        ({"text": ""}, (422, "nothing-said", "text")),
        ({"text": "  \n "}, (422, "nothing-said", "text")),
        ({"text": "\u200b\u200b"}, (422, "nothing-said", "text")),
        ({"text": "a" * (MAX_TEXT + 1)}, (422, "text-too-long", "text")),
        ({"text": "bell\x07"}, (422, "control-characters", "text")),
        ({"text": "null\x00byte"}, (422, "control-characters", "text")),
        ({"text": "escape\x1b[31m"}, (422, "control-characters", "text")),
        ({"text": "next\x85line"}, (422, "control-characters", "text")),
        ({"text": 5}, (422, "wrong-value", "text")),
        ({"text": ["a"]}, (422, "wrong-value", "text")),
        ({"text": "hello", "payload": "menu"}, (422, "said-twice", "text")),
        ({"payload": "menu", "location": {"lat": 1, "lon": 1}}, (422, "said-twice", "text")),
        ({"payload": "dance"}, (422, "bad-payload", "payload")),
        ({"payload": "answer"}, (422, "bad-payload", "payload")),
        ({"payload": 'choose_answer{"answer":"x"}'}, (422, "bad-payload", "payload")),
        ({"payload": "answer:" + "x" * 64}, (422, "bad-payload", "payload")),
        ({"text": "hello", "colour": "blue"}, (422, "unknown-field", "colour")),
        ({"location": {"lat": 91, "lon": 0}}, (422, "bad-location", "location.lat")),
        ({"location": {"lat": "1", "lon": 0}}, (422, "bad-location", "location.lat")),
        ({"location": {"lat": 1}}, (422, "bad-location", "location.lon")),
        ({"location": {"lat": 1, "lon": 1, "name": "here"}}, (422, "unknown-field", "location.name")),
        ({"text": "hello", "language": "xx"}, (422, "unknown-language", "language")),
        ({"text": "hello", "language": "a" * 40}, (422, "wrong-value", "language")),
        ({"text": "hello", "conversation": "guessed"}, (403, "wrong-token", "conversation")),
        ({"text": "hello", "conversation": "a.b"}, (403, "wrong-token", "conversation")),
        ({"text": "hello", "conversation": "ä.b"}, (403, "wrong-token", "conversation")),
        ({"text": "hello", "conversation": "a" * 500}, (422, "wrong-value", "conversation")),
        ({"text": "hello", "conversation": 7}, (422, "wrong-value", "conversation")),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_in_a_turn_is_told(
    client: Client, body: dict[str, Any], problem_is: tuple[int, str, str | None]
) -> None:
    assert problem(client.ask(**body)) == problem_is


def test_a_changed_token_is_refused(client: Client) -> None:
    token = client.ask(text=QUESTION).json()["conversation"]
    other = token[:-1] + ("0" if token[-1] != "0" else "1")
    assert problem(client.ask(text="hello", conversation=other)) == (403, "wrong-token", "conversation")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b'{"text": "a"',
        b"\xff\xfe",
        b'{"text": "\xff"}',
        b'{"text": "\\ud800"}',
        b"[" * 60_000,
        b'{"location": {"lat": NaN, "lon": 1}} x',
    ],
    ids=lambda body: repr(body)[:24],
)
def test_a_body_that_is_no_json_object_is_refused(client: Client, body: bytes) -> None:
    reply = client.post("/api/v1/messages", content=body, headers={"content-type": "application/json"})
    assert problem(reply) == (400, "malformed-json", None)


def test_text_of_the_greatest_length_is_taken(client: Client) -> None:
    assert client.ask(text="é" * MAX_TEXT).status_code == 200


def test_line_breaks_and_many_scripts_are_taken(client: Client) -> None:
    assert client.ask(text="ကျွန်တော်\r\nខ្ញុំ\tសួស្តី 👍🏽 مرحبا").status_code == 200


@pytest.mark.parametrize("length_is_told", [True, False])
def test_a_body_over_the_cap_is_refused_unread(client: Client, length_is_told: bool) -> None:
    body = b'{"text": "' + b"a" * MAX_BODY_BYTES + b'"}'

    async def in_pieces() -> Any:
        for start in range(0, len(body), 1024):
            yield body[start : start + 1024]

    headers = {"content-type": "application/json"}
    reply = client.post("/api/v1/messages", content=body if length_is_told else in_pieces(), headers=headers)
    assert problem(reply) == (413, "body-too-large", None)


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"]
)
def test_a_body_that_is_not_sent_as_json_is_refused(client: Client, media_type: str) -> None:
    reply = client.post(
        "/api/v1/messages", content=b'{"text": "hello"}', headers={"content-type": media_type}
    )
    assert problem(reply) == (415, "not-json", None)


def test_a_wrong_method_is_refused_with_the_right_ones(client: Client) -> None:
    reply = client.get("/api/v1/messages")
    assert problem(reply) == (405, "method-not-allowed", None)
    assert reply.headers["allow"] == "POST"
    assert problem(client.request("DELETE", "/api/v1/answers"))[:2] == (405, "method-not-allowed")


def test_an_unknown_address_is_a_problem_too(client: Client) -> None:
    assert problem(client.get("/api/v1/nothing")) == (404, "not-found", None)
    assert problem(client.get("/api/v2/messages")) == (404, "not-found", None)


def test_a_turn_sent_again_with_its_key_is_taken_once(client: Client) -> None:
    token = client.ask(text=QUESTION).json()["conversation"]
    heard = len(client.parts.engine.heard)  # type: ignore[union-attr]
    body = {"text": "who pays my ticket?", "conversation": token}
    once = {"json": body, "headers": {"Idempotency-Key": "key-1"}}
    replies = client.at_once(("/api/v1/messages", once), ("/api/v1/messages", once))
    replies.append(client.post("/api/v1/messages", **once))
    assert len({reply.text for reply in replies}) == 1
    assert len(client.parts.engine.heard) == heard + 1  # type: ignore[union-attr]


def test_a_key_of_somebody_else_gives_nothing_away(client: Client) -> None:
    headers = {"Idempotency-Key": "key-1"}
    mine = client.post("/api/v1/messages", json={"text": QUESTION}, headers=headers).json()
    theirs = client.post("/api/v1/messages", json={"text": QUESTION}, headers=headers).json()
    assert mine["conversation"] != theirs["conversation"]


@pytest.mark.parametrize("key", ["", "k" * 65])
def test_a_key_of_a_wrong_length_is_refused(client: Client, key: str) -> None:
    reply = client.post("/api/v1/messages", json={"text": "hello"}, headers={"Idempotency-Key": key})
    assert problem(reply) == (422, "wrong-value", "Idempotency-Key")


def test_erasing_ends_the_token_s_conversation(client: Client) -> None:
    token = client.ask(text=QUESTION).json()["conversation"]
    reply = client.ask(payload="erase-yes", conversation=token).json()
    assert reply["conversation"] != token
    assert client.post("/chat/en/transcript", data={"conversation": token}).text.count("<li") == 0


def test_erasing_is_not_promised_while_the_engine_may_still_write(start_client: StartClient) -> None:
    client = start_client(seconds=0.3)
    engine = client.parts.engine
    assert engine is not None
    engine.slow_with = {"/confirm_erase"}
    token = client.ask(text=QUESTION).json()["conversation"]
    reply = client.ask(payload="erase-yes", conversation=token).json()
    assert reply["conversation"] == token
    assert reply["messages"][0]["text"] == WORDS.say("erase.failed", "en")
    assert client.post("/chat/en/transcript", data={"conversation": token}).text.count("<li") == 0
    engine.slow_with = set()
    again = client.ask(payload="erase-yes", conversation=token).json()
    assert again["messages"][0]["effect"] == "erased"


def test_erasing_works_with_the_engine_down(start_client: StartClient) -> None:
    client = start_client(engine=False)
    token = client.ask(text=QUESTION).json()["conversation"]
    reply = client.ask(payload="erase-yes", conversation=token).json()
    assert reply["messages"][0]["effect"] == "erased"
    assert reply["conversation"] != token


def test_a_question_that_nobody_can_answer_is_kept_with_the_engine_down_too(
    start_client: StartClient, settings: Settings
) -> None:
    client = start_client(engine=False)
    message = client.ask(text="my name is Tari, where buys one a blue bicycle wheel").json()["messages"][0]
    assert message["kind"] == "fallback"
    people = open_store(settings.people_address)
    with people.connect() as connection:
        rows = connection.execute(select(UnansweredQuestion)).all()
    people.dispose()
    assert [(row.language, row.number) for row in rows] == [("en", 1)]
    assert "bicycle" in rows[0].text
    assert "Tari" not in rows[0].text


def test_the_languages_are_listed_with_their_own_names(client: Client) -> None:
    languages = client.get("/api/v1/languages").json()["languages"]
    assert languages[0] == {"code": "en", "name": "English", "direction": "ltr"}


def test_all_answers_are_listed_and_each_can_be_read(client: Client) -> None:
    answers = client.get("/api/v1/answers?lang=en").json()["answers"]
    assert len(answers) > 20
    for listed in answers:
        answer = client.get(f"/api/v1/answers/{listed['key']}?lang=en").json()
        assert answer["title"] == listed["title"]
        assert answer["body"]
        assert answer["sources"]


def test_an_answer_that_is_not_there_is_told(client: Client) -> None:
    assert problem(client.get("/api/v1/answers/palm.nothing")) == (404, "answer-not-found", "key")


def test_answers_in_a_language_that_is_not_there_are_told(client: Client) -> None:
    assert problem(client.get("/api/v1/answers?lang=xx")) == (422, "unknown-language", "lang")


def test_pages_of_other_sites_may_use_the_api(client: Client) -> None:
    origin = {"origin": "https://ministry.example"}
    asked = origin | {
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,idempotency-key",
    }
    assert client.request("OPTIONS", "/api/v1/messages", headers=asked).status_code == 200
    for reply in (
        client.post("/api/v1/messages", json={"text": "hello"}, headers=origin),
        client.post("/api/v1/messages", json={}, headers=origin),
    ):
        assert reply.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in reply.headers
