"""Real processes for the engine's tests: the engine itself, an action server, Redis."""

import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest

ENGINE_PYTHON = Path(".venv-engine/bin/python")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def started(
    command: list[str], ready: str, **options: Any
) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """A process that wrote `ready`, with the list that its lines go on to be written into."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", **options
    )
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if ready in line:
            break
    else:
        pytest.fail(f"{command[0]} ended before it was ready:\n{''.join(lines)}")
    reader = threading.Thread(target=lines.extend, args=(process.stdout,))
    reader.start()
    try:
        yield process, lines
    finally:
        process.terminate()
        process.wait()
        reader.join()
        process.stdout.close()


@contextmanager
def redis() -> Iterator[str]:
    """The address of a Redis of its own; the test is skipped where Redis is not installed."""
    if shutil.which("redis-server") is None:
        pytest.skip("Redis is not installed")
    port = free_port()
    with started(["redis-server", "--port", str(port), "--save", ""], ready="Ready to accept"):
        yield f"redis://127.0.0.1:{port}/0"


Answer = Callable[[dict[str, Any]], tuple[int, Any]]


def echo(call: dict[str, Any]) -> tuple[int, Any]:
    """Answers an action call with the action's name and what was understood."""
    understood = call["tracker"]["latest_message"]
    reply = {"action": call["next_action"], "intent": understood["intent"]["name"]}
    entities = {row["entity"]: row["value"] for row in understood["entities"]}
    slot = {"event": "slot", "timestamp": None, "name": "last_answer", "value": understood["text"]}
    return 200, {"events": [slot], "responses": [{"custom": {**reply, "entities": entities}}]}


@dataclass
class Actions:
    """An action server whose answers a test decides, and the calls it got."""

    answer: Answer = echo
    calls: list[dict[str, Any]] = field(default_factory=list)
    connections: list[int] = field(default_factory=list)  # for each call, the caller's port
    hangs_up: bool = False  # after each answer, without saying so
    breaks_off: Literal["never", "used before", "always"] = "never"  # with the call read, not answered
    port: int = 0

    @contextmanager
    def serving(self) -> Iterator["Actions"]:
        """Serve on a free port."""
        actions = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                actions.calls.append(call)
                used_before = self.client_address[1] in actions.connections
                actions.connections.append(self.client_address[1])
                if actions.breaks_off == "always" or (used_before and actions.breaks_off == "used before"):
                    self.close_connection = True
                    return
                status, body = actions.answer(call)
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                self.close_connection = actions.hangs_up

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


@dataclass
class Engine:
    """A running engine."""

    client: httpx.Client
    lines: list[str]
    actions: Actions
    process: "subprocess.Popen[str]"

    def say(self, message: str, sender: str = "vu-1") -> list[dict[str, Any]]:
        """What the engine replies to a message."""
        response = self.client.post("/webhooks/rest/webhook", json={"sender": sender, "message": message})
        response.raise_for_status()
        return [reply["custom"] for reply in response.json()]


@contextmanager
def engine(model: Path, folder: Path, **environment: str) -> Iterator[Engine]:
    """An engine with a model, an action server, and its data in `folder`."""
    port = free_port()
    with Actions().serving() as actions:
        settings = {
            "TOKSTRET_DATA_DIR": str(folder),
            "TOKSTRET_ACTIONS_PORT": str(actions.port),
            **environment,
        }
        command = [str(ENGINE_PYTHON), "-m", "bot.nlu.engine", "--port", str(port), "--model", str(model)]
        with (
            started(command, ready="Ready on", env={**os.environ, **settings}) as (process, lines),
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client,
        ):
            yield Engine(client, lines, actions, process)
