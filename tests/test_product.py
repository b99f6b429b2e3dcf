"""The whole product, started as `make run` starts it, over its public doors."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from bot.settings import Settings
from content.people.cipher import Cipher
from content.repository import Repository
from content.staff import Staff
from content.store import open_store
from content.workflow import Workflow
from tests.bot.console.conftest import PASSWORD, member_with_password, words_of
from tests.conftest import copy_of
from tests.processes import descendants
from tests.product import Product, product

_PATIENCE = 60.0


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with product(tmp_path_factory.mktemp("product")) as started:
        yield started


def until(condition: Callable[[], bool], what: str, patience: float = _PATIENCE) -> None:
    """Look again and again until the condition holds; the wait ends with it, not with a clock."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("question", "answer", "language"),
    [
        ("how much do I pay to join PALM?", "palm.cost", "en"),
        ("hamas mi mas pem blong joenem PALM", "palm.cost", "bi"),
        ("husat i baim tiket bilong balus", "palm.airfare", "tpi"),
    ],
)
def test_a_question_gets_its_sourced_answer_in_its_own_language(
    running: Product, question: str, answer: str, language: str
) -> None:
    reply = running.say(question, language="en")
    (message,) = reply["messages"]
    assert (message["kind"], message["answer"], message["language"]) == ("answer", answer, language)
    assert reply["language"] == language
    assert message["sources"]
    assert message["checked_on"]


def test_a_conversation_remembers_the_corridor(running: Product) -> None:
    first = running.say("I am from Vanuatu. How do I apply for PALM?")
    second = running.say("who pays the plane ticket", conversation=first["conversation"])
    third = running.say(payload="answer:palm.how-to-apply", conversation=second["conversation"])
    assert "33135" in first["messages"][0]["text"]
    assert third["messages"][0]["text"] == first["messages"][0]["text"]


def test_nonsense_is_not_answered_and_there_are_ways_on(running: Product) -> None:
    (message,) = running.say("blorf zzqx wug")["messages"]
    assert message["kind"] == "fallback"
    assert {"menu", "person"} <= {button["payload"] for button in message["buttons"]}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mi no save aot long haos, bos i lokem mi", "bi"),
        ("they locked me in the house", "en"),
        ("bos i paitim mi na mi pret long dai", "tpi"),
    ],
)
def test_danger_gets_the_safety_reply(running: Product, text: str, language: str) -> None:
    reply = running.say(text)
    (message,) = reply["messages"]
    assert message["kind"] == "danger"
    assert message["language"] == language
    assert message["services"]


def test_after_a_cry_for_help_the_language_stays(running: Product) -> None:
    cry = running.say("mi no save aot long haos, bos i lokem mi", language="en")
    numbers = running.say(payload="danger:AU", conversation=cry["conversation"], language="en")
    assert (cry["language"], numbers["language"]) == ("bi", "bi")
    assert numbers["messages"][0]["services"][0]["id"] == "au-emergency"


def test_a_change_of_language_is_understood(running: Product) -> None:
    first = running.say("Bislama plis")
    assert first["language"] == "bi"
    second = running.say("PALM", conversation=first["conversation"])
    assert second["language"] == "bi"


def test_a_published_change_is_said_without_a_restart_or_retraining(running: Product) -> None:
    store = open_store(f"sqlite:///{running.data / 'content.sqlite'}")
    workflow, repository = Workflow(store), Repository(store)
    told = repository.answer("palm.tax", "en")
    assert told is not None
    body = told.body + "\n\nThis sentence is new."
    revision = workflow.draft("palm.tax", "en", title=told.title, body=body, by="Mere")
    workflow.submit(revision, by="Mere")
    workflow.publish(revision, by="Joana")
    workflow.add_phrase("palm.tax", "en", "does the flooble gribble take my money", by="Mere")

    def said() -> bool:
        message = running.say("does the flooble gribble take my money")["messages"][0]
        return message.get("answer") == "palm.tax" and "This sentence is new." in message["text"]

    until(said, "the running bot says the change")
    store.dispose()


def test_erasing_leaves_no_row_of_the_conversation(running: Product) -> None:
    first = running.say("how much do I pay to join PALM?")
    tracker = sa.create_engine(f"sqlite:///{running.data / 'tracker.sqlite'}")

    def senders() -> set[str]:
        with tracker.connect() as connection:
            return set(connection.execute(sa.text("SELECT DISTINCT sender_id FROM events")).scalars())

    before = senders()
    asked = running.say("delete my data", conversation=first["conversation"])
    assert "erase-yes" in [button["payload"] for button in asked["messages"][0]["buttons"]]
    erased = running.say(payload="erase-yes", conversation=first["conversation"])
    assert erased["messages"][0]["effect"] == "erased"
    assert len(before - senders()) == 1
    tracker.dispose()


def test_no_text_of_a_person_reaches_the_log(running: Product) -> None:
    for text in ("marked-text-one zzz", "my boss beats me marked-text-two", "/marked-text-three"):
        running.say(text)
    log = running.log.read_text(encoding="utf-8", errors="replace")
    assert "marked-text" not in log
    assert "actions on port" in log, "the log that was searched is not the product's"


def test_engine_and_actions_listen_on_loopback_only(running: Product) -> None:
    tables = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    listening = [line.split() for line in tables.splitlines() if " 0A " in line]
    for port in (running.engine_port, running.actions_port):
        addresses = {row[1].split(":")[0] for row in listening if row[1].endswith(f":{port:04X}")}
        assert addresses == {"0100007F"}


def test_a_taken_port_is_named(running: Product, tmp_path: Path) -> None:
    port = running.address.rsplit(":", 1)[1]
    env = {**os.environ, "TOKSTRET_PORT": port, "TOKSTRET_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "bot.run"], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert f"Port {port}" in done.stderr
    assert "TOKSTRET_PORT" in done.stderr


def test_a_wrong_setting_stops_the_start_with_its_name(tmp_path: Path) -> None:
    env = {**os.environ, "TOKSTRET_KEEP_DAYS": "soon", "TOKSTRET_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "bot.run"], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "TOKSTRET_KEEP_DAYS" in done.stderr


def test_killed_parts_are_answered_for_and_come_back_and_a_stop_leaves_no_orphan(
    tmp_path: Path, filled_stores: Path
) -> None:
    with product(copy_of(filled_stores, tmp_path / "var")) as started:
        engine = _process_on(started.engine_port, started.pid)
        os.kill(engine, signal.SIGSTOP)  # neither answering nor yet restarted
        danger = started.say("mi no save aot long haos, bos i lokem mi")
        assert danger["messages"][0]["kind"] == "danger"
        assert danger["language"] == "bi"
        os.kill(engine, signal.SIGKILL)
        answer = started.say("how much do I pay to join PALM?")
        assert answer["messages"][0]["answer"] == "palm.cost"

        def ready() -> bool:
            return httpx.get(f"{started.address}/readyz", trust_env=False, timeout=10).is_success

        until(ready, "the supervisor has restarted the engine")
        assert _process_on(started.engine_port, started.pid) != engine
        family = [started.pid, *descendants(started.pid)]
        assert len(family) >= 4
    until(lambda: not any(_alive(pid) for pid in family), "all processes have ended")


def _process_on(port: int, pid: int) -> int:
    """The child whose command line names the port of the engine."""
    for child in descendants(pid):
        if re.search(
            rf"bot\.nlu\.engine.*{port}", Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
        ):
            return child
    raise AssertionError("the engine's process was not found")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def signed_in(running: Product) -> Iterator[Callable[..., str]]:
    """Says something at the page where staff try the bot; returns the page's words."""
    settings = Settings(data_dir=running.data)
    store = open_store(settings.people_address)
    member_with_password(Staff(store, Cipher(settings.secret.decode())), "mere", ["editor"], [])
    store.dispose()
    with httpx.Client(base_url=running.address, trust_env=False, timeout=30, follow_redirects=True) as client:
        page = client.post("/staff/sign-in", data={"name": "mere", "password": PASSWORD})
        csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert csrf is not None

        def say(**fields: str) -> str:
            return words_of(client.post("/staff/try", data={"csrf": csrf[1], **fields}))

        yield say


def test_staff_try_the_bot_and_see_why_it_says_what_it_says(running: Product) -> None:
    with signed_in(running) as say:
        page = say(text="hamas mi mas pem blong joenem PALM", language="en")
        for shown in ("Written in Bislama", "Answered in Bislama", "Taken for ask_question", "scheme PALM"):
            assert shown in page
        assert "Answers that came into question" in page
        assert re.search(r"Looked for .*: sure, \d+% \(told from \d+% on\)", page)
        assert "Told palm.cost , variant “default”" in page
        later = say(payload="answer:palm.cost", language="en", day="2040-01-01")
        assert "As of 1 January 2040" in later
        cry = say(text="bos i lokem mi insaed long haos", language="en")
        assert "Action action_danger" in cry
        assert "Cry for help? Yes" in cry
