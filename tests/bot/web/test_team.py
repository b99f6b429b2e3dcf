"""A talk with our team over the API and the chat's own addresses: also with the engine down."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from sqlalchemy import text

from bot.identity import Identity
from bot.settings import Settings
from content.people.cipher import Cipher
from content.people.desk import Desk
from content.people.team import Hours, Team
from tests.bot.web.conftest import SECRET, Client, StartClient
from tests.team import open_always, rows_of_talks

CRY = "the boss locked me in and took my phone"


@pytest.fixture(params=[True, False], ids=["engine up", "engine down"])
def client(request: pytest.FixtureRequest, start_client: StartClient) -> Client:
    client = start_client(engine=request.param)
    open_always(client.parts.people, SECRET)
    return client


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client.parts.people, Cipher(SECRET))


def begin(client: Client, **more: Any) -> dict[str, Any]:
    """A talk with our team; the reply to the beginning."""
    first = client.ask(payload="team", language="en", **more).json()
    assert [button["payload"] for button in first["messages"][0]["buttons"]][-1] == "menu"
    begun: dict[str, Any] = client.ask(payload="team-yes", conversation=first["conversation"]).json()
    assert begun["with_team"] is True
    return begun


def news(client: Client, token: str, after: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = client.post("/api/v1/news", json={"conversation": token, "after": after}).json()
    return found


def test_a_whole_talk_over_the_api(client: Client, desk: Desk) -> None:
    token = begin(client)["conversation"]
    reply = client.ask(text="my contract is not the offer", conversation=token).json()
    assert (reply["messages"], reply["with_team"]) == ([], True)
    assert news(client, token)["messages"] == []
    [waiting] = desk.queue()
    desk.claim(waiting.id, "mere")
    desk.reply(waiting.id, "mere", "Do not sign.")
    told = news(client, token)
    assert [message["kind"] for message in told["messages"]] == ["notice", "team"]
    assert told["messages"][1]["text"] == "Do not sign."
    assert (told["with_team"], told["language"]) == (True, "en")
    assert news(client, token, told["last"])["messages"] == []
    ended = client.ask(payload="team-end", conversation=token).json()
    assert ended["with_team"] is False
    assert (
        client.ask(payload="team-end", conversation=token)
        .json()["messages"][0]["text"]
        .startswith("You are not talking with our team")
    )
    assert client.ask(text="How much do I pay to join PALM?", conversation=token).json()["messages"][0][
        "answer"
    ]


def test_danger_is_answered_first_and_passed_on(client: Client, desk: Desk) -> None:
    token = begin(client)["conversation"]
    reply = client.ask(text=CRY, conversation=token).json()
    assert [message["kind"] for message in reply["messages"]] == ["danger"]
    [waiting] = desk.queue()
    assert waiting.danger
    desk.claim(waiting.id, "mere")
    assert [line.text for line in desk.talk(waiting.id) if line.author == "person"] == [CRY]


def test_with_the_store_of_talks_away_danger_is_answered_all_the_same(client: Client) -> None:
    token = begin(client)["conversation"]
    with client.parts.people.begin() as connection:
        connection.execute(text("ALTER TABLE handover_request RENAME TO away"))
    reply = client.ask(text=CRY, conversation=token)
    assert reply.json()["messages"][0]["kind"] == "danger"
    assert client.ask(text="How much do I pay to join PALM?", conversation=token).status_code == 200


def test_a_message_that_cannot_be_passed_on_is_told(client: Client) -> None:
    token = begin(client)["conversation"]
    with client.parts.people.begin() as connection:
        connection.execute(text("ALTER TABLE handover_message RENAME TO away"))
    reply = client.ask(text="hello?", conversation=token).json()
    assert reply["messages"][0]["text"].startswith("Your message did not reach our team")


def test_a_restart_in_the_middle_loses_nothing(
    start_client: StartClient, client: Client, desk: Desk, settings: Settings
) -> None:
    token = begin(client)["conversation"]
    client.post(
        "/api/v1/messages", json={"text": "one", "conversation": token}, headers={"Idempotency-Key": "k"}
    )
    again = start_client(engine=False)
    again.post(
        "/api/v1/messages", json={"text": "one", "conversation": token}, headers={"Idempotency-Key": "k"}
    )
    [waiting] = desk.queue()
    desk.claim(waiting.id, "mere")
    desk.reply(waiting.id, "mere", "two")
    assert [line.text for line in desk.talk(waiting.id) if line.author != "notice"] == ["one", "two"]
    assert news(again, token)["messages"][-1]["text"] == "two"


def test_a_wish_to_erase_is_for_the_bot_and_not_for_the_team(client: Client) -> None:
    token = begin(client)["conversation"]
    before = rows_of_talks(client.parts.people)
    reply = client.ask(text="Delete my data!", conversation=token).json()
    assert reply["messages"] != []
    assert rows_of_talks(client.parts.people) == before
    assert client.ask(text="delete my cousin from the list?", conversation=token).json()["messages"] == []


def test_erasing_leaves_no_row(client: Client) -> None:
    token = begin(client)["conversation"]
    client.ask(text="hello", conversation=token)
    assert rows_of_talks(client.parts.people) == 3
    erased = client.ask(payload="erase-yes", conversation=token).json()
    assert erased["with_team"] is False
    assert rows_of_talks(client.parts.people) == 0
    assert news(client, token) == {"language": "en", "with_team": False, "last": 0, "messages": []}


def test_outside_its_hours_it_is_told_when_the_team_is_there(client: Client) -> None:
    team = Team(client.parts.people)
    team.set_hours(Hours(offered=True, time_zone="Pacific/Port_Moresby", days=("00:00-00:01", *[""] * 6)))
    for payload in ("team", "team-yes"):
        reply = client.ask(payload=payload, language="en").json()
        assert "They answer again on Monday from 00:00 (Port Moresby time)" in reply["messages"][0]["text"]
        assert reply["with_team"] is False
    team.set_hours(Hours())
    reply = client.ask(payload="team", language="en").json()
    assert reply["messages"][0]["text"] == "Our team cannot be asked here just now."
    assert rows_of_talks(client.parts.people) == 0


def test_only_the_question_that_was_shown_is_passed_on(start_client: StartClient) -> None:
    client = start_client()
    open_always(client.parts.people, SECRET)
    token = client.ask(text="Who has *my* passport?", language="en").json()["conversation"]
    other = client.ask(text="Another one's question", language="en").json()["conversation"]
    consent = client.ask(payload="team", conversation=token).json()["messages"][0]
    assert "Who has \\*my\\* passport?" in consent["text"]
    payload = consent["buttons"][1]["payload"]
    client.ask(text="A later question", conversation=token)
    for conversation in (token, other):
        client.ask(payload=payload, conversation=conversation)
    desk = Desk(client.parts.people, Cipher(SECRET))
    passed_on = []
    for waiting in desk.queue():
        desk.claim(waiting.id, "mere")
        passed_on.append([line.text for line in desk.talk(waiting.id) if line.author == "person"])
    assert passed_on == [["Who has *my* passport?"], []]


def test_polling_is_light(start_client: StartClient) -> None:
    client = start_client()
    open_always(client.parts.people, SECRET)
    token = begin(client)["conversation"]
    reply = client.post("/chat/en/news", data={"conversation": token, "after": "0"})
    assert (reply.status_code, reply.content) == (204, b"")
    assert sum(len(name) + len(value) + 4 for name, value in reply.headers.items()) < 1_000
    assert client.post("/chat/en/news", data={"conversation": "made.up", "after": "0"}).status_code == 403
    assert client.post("/chat/en/news", data={"conversation": token, "after": "-1"}).status_code == 422


def test_news_are_as_described(start_client: StartClient) -> None:
    client = start_client()
    open_always(client.parts.people, SECRET)
    document = client.get("/api/v1/openapi.json").json()
    described = document["paths"]["/news"]["post"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    validator = Draft202012Validator({**described, "components": document["components"]})
    token = begin(client)["conversation"]
    desk = Desk(client.parts.people, Cipher(SECRET))
    desk.claim(desk.queue()[0].id, "mere")
    assert list(validator.iter_errors(news(client, token))) == []
    assert not validator.is_valid({"messages": []})
    assert client.post("/api/v1/news", json={"conversation": token, "x": 1}).status_code == 422


def test_a_talk_belongs_to_its_token_alone(client: Client) -> None:
    begin(client)
    other = Identity(SECRET.encode()).new_token()
    assert news(client, other)["with_team"] is False
