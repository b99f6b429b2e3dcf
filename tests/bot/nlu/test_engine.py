"""bot.nlu.engine: a real process with the real model, and an action server that answers as told."""

import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.bot.nlu import processes
from tests.bot.nlu.processes import ENGINE_PYTHON, Engine

MARKED = "zanzibar-marked-words"


def test_a_message_is_understood_and_answered_by_its_action(engine: Engine) -> None:
    said = {
        "hello": "action_smalltalk",
        "how much do i pay to join palm": "action_answer_question",
        "husat i baim tiket bilong balus": "action_answer_question",
        "my boss beat me": "action_danger",
        "main menu": "action_menu",
    }
    assert {text: engine.say(text, "many")[0]["action"] for text in said} == said


def test_entities_reach_the_action(engine: Engine) -> None:
    reply = engine.say("the agent wants A$300 for palm, i am from vanuatu and want to go to australia")[0]
    assert reply["entities"]["scheme"] == "PALM"
    assert reply["entities"]["money"] == {"amount": 300.0, "currency": "AUD"}
    assert engine.say("vanuatu")[0]["entities"] == {"country": "VU"}


@pytest.mark.parametrize(
    ("payload", "action", "entities"),
    [
        ('/choose_answer{"answer":"palm.cost"}', "action_tell_answer", {"answer": "palm.cost"}),
        ('/choose_topic{"topic":"fees"}', "action_tell_topic", {"topic": "fees"}),
        ('/choose_language{"language":"bi"}', "action_change_language", {"language": "bi"}),
        ('/choose_country{"country":"VU"}', "action_choose_country", {"country": "VU"}),
        ('/danger{"country":"VU"}', "action_danger", {"country": "VU"}),
        ("/danger", "action_danger", {}),
        ("/confirm_erase", "action_confirm_erase", {}),
        ("/none_of_these", "action_none_of_these", {}),
        (
            '/give_feedback{"verdict":"helpful","answer":"palm.cost"}',
            "action_give_feedback",
            {"verdict": "helpful", "answer": "palm.cost"},
        ),
    ],
)
def test_a_payload_goes_to_its_action(
    engine: Engine, payload: str, action: str, entities: dict[str, str]
) -> None:
    reply = engine.say(payload)[0]
    assert (reply["action"], reply["entities"]) == (action, entities)


@pytest.mark.parametrize("text", ["/nonsense", "/ nothing", "", " ", "∎∎∎"])
def test_what_is_not_understood_is_a_question_and_the_conversation_goes_on(engine: Engine, text: str) -> None:
    assert [reply["action"] for reply in engine.say(text, "lost")] == ["action_answer_question"]
    assert engine.say("main menu", "lost")[0]["action"] == "action_menu"


def test_a_very_long_word_is_met_and_the_conversation_goes_on(engine: Engine) -> None:
    assert len(engine.say("x" * 2000, "long")) == 1
    assert engine.say("main menu", "long")[0]["action"] == "action_menu"


def test_slots_are_kept_and_what_an_action_gets_stays_bounded(engine: Engine) -> None:
    for number in range(60):
        engine.say(f"thank you {number}", "long")
    lengths = [len(call["tracker"]["events"]) for call in engine.actions.calls]
    assert len(lengths) == 60
    assert max(lengths[30:]) <= max(lengths[:30]) < 60
    assert engine.actions.calls[-1]["tracker"]["slots"]["last_answer"] == "thank you 58"


def test_the_domain_is_not_sent_with_every_call(engine: Engine) -> None:
    engine.say("hello")
    assert "domain" not in engine.actions.calls[0]


def test_turns_share_a_connection_to_the_action_server(engine: Engine) -> None:
    for _ in range(5):
        engine.say("hello")
    assert len(engine.actions.connections) == 5
    assert len(set(engine.actions.connections)) == 1


def test_a_connection_that_the_action_server_closed_is_not_used_again(engine: Engine) -> None:
    engine.actions.hangs_up = True
    assert [engine.say("hello")[0]["action"] for _ in range(5)] == ["action_smalltalk"] * 5
    assert len(set(engine.actions.connections)) >= 4


def test_a_call_that_a_used_connection_loses_goes_out_again(engine: Engine) -> None:
    engine.actions.breaks_off = "used before"
    assert [engine.say("hello")[0]["action"] for _ in range(5)] == ["action_smalltalk"] * 5
    assert len(engine.actions.calls) > 5


def test_a_call_that_a_new_connection_loses_is_not_made_twice(engine: Engine) -> None:
    engine.actions.breaks_off = "always"
    engine.say("hello")
    engine.actions.calls.clear()
    assert engine.say("hello") == []
    assert len(engine.actions.calls) == 1
    engine.actions.breaks_off = "never"
    assert engine.say("hello")[0]["action"] == "action_smalltalk"


@pytest.mark.parametrize(
    "answer",
    [
        (500, {"error": MARKED}),
        (400, {"action_name": "action_smalltalk", "error": MARKED}),
        (200, {"events": [{"event": "slot", "value": MARKED}], "responses": []}),
        (200, {"events": [{"event": MARKED}], "responses": []}),
        (200, [MARKED]),
    ],
)
def test_after_a_failing_action_the_conversation_goes_on_and_no_text_is_logged(
    engine: Engine, answer: tuple[int, Any]
) -> None:
    engine.actions.answer = lambda call: answer
    said = f"how much do i pay {MARKED}"
    assert engine.say(said, "failing") == []
    engine.actions.answer = processes.echo
    assert engine.say("hello", "failing")[0]["action"] == "action_smalltalk"
    engine.say(f"/nonsense{MARKED}", "failing")
    engine.say(f'/menu{{"{MARKED}', "failing")
    assert len(engine.lines) > 1
    assert not [line for line in engine.lines if MARKED in line]


def test_only_rasas_rest_channel_is_offered(engine: Engine) -> None:
    assert engine.client.get("/webhooks/rest/").json() == {"status": "ok"}
    for path in ("/", "/conversations/vu-1/tracker", "/model/parse", "/domain", "/webhooks/telegram/webhook"):
        assert engine.client.get(path).status_code == 404, path


def test_no_other_site_may_read_its_answers(engine: Engine) -> None:
    headers = {"Origin": "https://example.test"}
    response = engine.client.get("/webhooks/rest/", headers=headers)
    assert response.status_code == 200
    assert not [name for name in response.headers if name.startswith("access-control")]


def test_it_listens_on_loopback_only(engine: Engine) -> None:
    port = engine.client.base_url.port
    with socket.socket(socket.AF_INET6) as other:
        other.settimeout(5)
        assert other.connect_ex(("::1", port or 0)) != 0
    with socket.socket() as same_port:
        same_port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        same_port.bind(("127.0.0.2", port or 0))  # fails if the engine took all addresses


def test_it_goes_on_where_it_was_after_a_restart_and_stops_cleanly(model: Path, tmp_path: Path) -> None:
    with processes.engine(model, tmp_path) as first:
        first.say("hello", "vu-9")
        first.process.send_signal(signal.SIGTERM)
        assert first.process.wait(timeout=30) == 0
    with processes.engine(model, tmp_path) as second:
        second.say("thank you", "vu-9")
        call = second.actions.calls[0]
    assert call["tracker"]["slots"]["last_answer"] == "hello"
    assert (tmp_path / "tracker.sqlite").is_file()


def test_without_a_model_it_says_what_to_do(tmp_path: Path) -> None:
    command = [str(ENGINE_PYTHON), "-m", "bot.nlu.engine", "--model", str(tmp_path / "none.tar.gz")]
    with processes.started(command, ready="There is no trained model; run: make train") as (process, _):
        assert process.wait(timeout=30) == 1
