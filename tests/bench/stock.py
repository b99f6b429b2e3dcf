"""Rasa as `rasa init` leaves it, doing the same work: same domain, data, rules and actions.

Its own default pipeline and policies (config.yml names none, so Rasa fills in its defaults),
its REST channel, and its SQL tracker store on SQLite with default settings. The action server
is ours in both cases.
"""

import asyncio
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.bench.load import Timings, print_timings, run
from tests.bench.questions import held_out
from tests.processes import free_port, memory, running, wait_until_ready

_RASA = Path(".venv-engine/bin/rasa").absolute()
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


def measure(folder: Path, people: int, each: int) -> Timings:
    """Train, start, ask; prints the same lines as for our own."""
    project, log = folder / "stock", folder / "stock.log"
    engine_port, actions_port = free_port(), free_port()
    _make_project(project, actions_port)
    print("Stock Rasa (default pipeline, policies, REST channel, SQLite tracker store)", flush=True)
    begun = time.perf_counter()
    with log.open("ab") as out:
        subprocess.run(
            [str(_RASA), "train", "--data", "data", "nlu", "--quiet"],
            cwd=project,
            env=_env(),
            stdout=out,
            stderr=out,
            check=True,
        )
    print(f"  {'training:':<46}{time.perf_counter() - begun:7.1f} s", flush=True)
    # The product has made the content store in the same data folder.
    actions = {"TOKSTRET_ACTIONS_PORT": str(actions_port), "TOKSTRET_DATA_DIR": str(folder / "var")}
    with running([sys.executable, "-m", "actions"], actions, log):
        wait_until_ready(f"http://127.0.0.1:{actions_port}/health", log)
        begun = time.perf_counter()
        command = [str(_RASA), "run", "--interface", "127.0.0.1", "--port", str(engine_port)]
        with running(command, _env(), log, cwd=project) as pid:
            wait_until_ready(f"http://127.0.0.1:{engine_port}/", log)
            print(f"  {'warm start:':<46}{time.perf_counter() - begun:7.1f} s until ready", flush=True)
            timings = asyncio.run(_talks(f"http://127.0.0.1:{engine_port}", people, each))
            print(f"  {'memory, engine alone:':<46}{sum(memory(pid).values()):7.0f} MB")
    return timings


def _make_project(project: Path, actions_port: int) -> None:
    project.mkdir()
    shutil.copytree("data", project / "data")
    shutil.copytree("var/training", project / "nlu")
    shutil.copy("domain.yml", project)
    (project / "config.yml").write_text("recipe: default.v1\nlanguage: en\npipeline: null\npolicies: null\n")
    (project / "credentials.yml").write_text("rest:\n")
    (project / "endpoints.yml").write_text(
        f'action_endpoint:\n  url: "http://127.0.0.1:{actions_port}/webhook"\n'
        "tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: tracker.db\n"
    )


async def _talks(address: str, people: int, each: int) -> Timings:
    questions = held_out()
    async with httpx.AsyncClient(base_url=address, timeout=300, trust_env=False) as client:

        async def send(person: int, question: str) -> None:
            body = {"sender": f"{people}-{person}", "message": question, "metadata": {"channel": "api"}}
            response = await client.post("/webhooks/rest/webhook", json=body)
            response.raise_for_status()
            if not response.json():
                raise SystemExit("stock Rasa gave no reply; the comparison would be empty")

        await run(send, questions, 1, 20)
        print_timings("one person", await run(send, questions, 1, 100))
        together = await run(send, questions, people, max(5, each // 4))
        print_timings(f"{people} at once", together)
    return together


def _env() -> dict[str, str]:
    return dict(_QUIET)
