"""Rasa as `rasa init` leaves it, doing the same work: same domain, data, rules and actions.

Rasa's default pipeline and policies, written out as `rasa init` comments them, its REST channel,
and its SQL tracker store on SQLite with default settings. The action server is ours in both
cases. Fewer epochs shorten the training, which takes over ten minutes with the default hundred
on our phrases; what a message costs does not depend on them.
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
_DEFAULTS = """\
recipe: default.v1
assistant_id: stock
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: EPOCHS
    constrain_similarities: true
  - name: EntitySynonymMapper
  - name: ResponseSelector
    epochs: EPOCHS
    constrain_similarities: true
  - name: FallbackClassifier
    threshold: 0.3
    ambiguity_threshold: 0.1
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
  - name: UnexpecTEDIntentPolicy
    max_history: 5
    epochs: EPOCHS
  - name: TEDPolicy
    max_history: 5
    epochs: EPOCHS
    constrain_similarities: true
"""
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


def measure(folder: Path, people: int, each: int, epochs: int = 100) -> Timings:
    """Train, start, ask; prints the same lines as for our own."""
    project, log = folder / "stock", folder / "stock.log"
    engine_port, actions_port = free_port(), free_port()
    _make_project(project, folder / "var" / "training", actions_port, epochs)
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
    print(f"  {f'training, {epochs} epochs:':<46}{time.perf_counter() - begun:7.1f} s", flush=True)
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


def _make_project(project: Path, learned: Path, actions_port: int, epochs: int) -> None:
    project.mkdir()
    shutil.copytree("data", project / "data")
    shutil.copytree(learned, project / "nlu", ignore=shutil.ignore_patterns("made-of"))
    shutil.copy("domain.yml", project)
    (project / "config.yml").write_text(_DEFAULTS.replace("EPOCHS", str(epochs)))
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
