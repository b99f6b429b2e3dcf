"""What the ear hears, over the API: with the engine and without, and what is only doubtful."""

import asyncio

from bot.conversation import MAX_TEXT, Turn
from content.danger import DangerNet
from content.messages import Message
from tests.bot.web.conftest import Assemble, StartClient
from tests.ears import DOUBTFUL, EAR, PERHAPS, UNFORESEEN


def payloads(message: dict[str, list[dict[str, str]]]) -> list[str]:
    return [button["payload"] for button in message["buttons"]]


def test_what_only_the_ear_hears_gets_the_safety_reply_and_its_words_stay_here(
    start_client: StartClient, net: DangerNet
) -> None:
    client = start_client(ear=EAR)
    assert net.kind_of(UNFORESEEN) is None
    assert client.ask(text=UNFORESEEN).json()["messages"][0]["kind"] == "danger"
    engine = client.parts.engine
    assert engine is not None
    assert engine.heard == ['/danger{"danger_kind": "untold"}']


def test_it_is_heard_with_the_engine_down_too(start_client: StartClient) -> None:
    client = start_client(engine=False, ear=EAR)
    assert client.ask(text=UNFORESEEN).json()["messages"][0]["kind"] == "danger"


def test_it_is_heard_when_a_conversation_is_over_its_limit(start_client: StartClient) -> None:
    client = start_client(per_conversation="1/minute", ear=EAR)
    token = client.ask(text="menu").json()["conversation"]
    assert client.ask(text="menu", conversation=token).status_code == 429
    assert client.ask(text=UNFORESEEN, conversation=token).json()["messages"][0]["kind"] == "danger"


def test_a_reply_to_what_may_be_a_cry_begins_its_buttons_with_the_danger_button(
    start_client: StartClient,
) -> None:
    for engine in (True, False):
        client = start_client(engine=engine, ear=EAR)
        message = client.ask(text=DOUBTFUL).json()["messages"][-1]
        assert message["kind"] != "danger"
        assert payloads(message)[0] == "danger"
        assert payloads(message).count("danger") == 1


def test_a_reply_to_a_question_has_no_danger_button(start_client: StartClient) -> None:
    message = start_client(ear=EAR).ask(text="How much do I pay to join PALM?").json()["messages"][0]
    assert "danger" not in payloads(message)


def test_to_what_is_perhaps_no_cry_the_answer_is_told_after_the_safety_reply(
    start_client: StartClient,
) -> None:
    first, second = start_client(ear=EAR).ask(text=PERHAPS).json()["messages"]
    assert first["kind"] == "danger"
    assert second["kind"] == "answer"
    assert second["answer"].startswith("palm.")


def test_without_the_engine_what_is_perhaps_no_cry_gets_the_safety_reply_alone(
    start_client: StartClient,
) -> None:
    (message,) = start_client(engine=False, ear=EAR).ask(text=PERHAPS).json()["messages"]
    assert message["kind"] == "danger"


def test_what_is_perhaps_no_cry_and_may_not_be_asked_as_it_is_written_gets_the_safety_reply(
    assemble: Assemble,
) -> None:
    async def told() -> tuple[Message, ...]:
        async with assemble(ear=EAR) as parts:
            turn = Turn("telegram-1", "telegram", text=PERHAPS + " ." * MAX_TEXT)
            return (await parts.conversation.reply(turn)).messages

    (message,) = asyncio.run(told())
    assert message.kind == "danger"
