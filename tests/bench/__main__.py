"""`python -m tests.bench [--stock] [--people N] [--each N]`: the figures of docs/bench.md."""

import argparse
import asyncio
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from bot.training import ENGINE_PYTHON
from bot.training_data import training_data
from content.words import Words
from tests.bench import console, stock
from tests.bench.load import Timings, print_timings, run
from tests.bench.questions import held_out
from tests.processes import free_port, memory, running, wait_until_ready

_ALONE = 200


def main() -> int:
    """Measure the product; with --stock, Rasa's defaults as well, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stock", action="store_true")
    parser.add_argument("--stock-epochs", type=int, default=100)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--each", type=int, default=40)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tokstret-bench-"))
    try:
        ours = _product(folder, options.people, options.each)
        if options.stock:
            theirs = stock.measure(folder, options.people, options.each, options.stock_epochs)
            ratio = ours.messages_per_second / theirs.messages_per_second
            print(f"\nours / stock, messages a second, {options.people} at once: {ratio:.1f}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _product(folder: Path, people: int, each: int) -> Timings:
    """Tokstret as `make run` starts it, over its public API."""
    port = free_port()
    env = {
        "TOKSTRET_PORT": str(port),
        "TOKSTRET_ENGINE_PORT": str(free_port()),
        "TOKSTRET_ACTIONS_PORT": str(free_port()),
        "TOKSTRET_DATA_DIR": str(folder / "var"),
        "TOKSTRET_RATE_LIMITS": "off",
        "TOKSTRET_STAFF_PASSWORD": console.PASSWORD,
    }
    log, command = folder / "product.log", [sys.executable, "-m", "bot.run"]
    print("Tokstret")
    print(f"  {'training:':<46}{_training(folder, log):7.1f} s", flush=True)
    for start in ("first start (stores made, library imported)", "warm start"):
        begun = time.perf_counter()
        with running(command, env, log) as pid:
            wait_until_ready(f"http://127.0.0.1:{port}/readyz", log)
            print(f"  {start + ':':<46}{time.perf_counter() - begun:7.1f} s until ready")
            if start == "warm start":
                timings = asyncio.run(_talks(f"http://127.0.0.1:{port}", people, each))
                _print_memory(pid)
                console.measure(f"http://127.0.0.1:{port}")
    return timings


def _training(folder: Path, log: Path) -> float:
    """Seconds to train the model of the present files, beside the one in use."""
    learned = training_data(Path("content/library"), Words(Path("locales")))
    learned.write(folder / "training")
    command = [str(ENGINE_PYTHON), "-m", "bot.nlu.train", "--library-data", str(folder / "training")]
    command += ["--out", str(folder / "model"), "--name", "bench.tar.gz"]
    begun = time.perf_counter()
    with log.open("ab") as out:
        subprocess.run(command, stdout=out, stderr=out, check=True)
    return time.perf_counter() - begun


async def _talks(address: str, people: int, each: int) -> Timings:
    questions = held_out()
    tokens: dict[int, str] = {}
    limits = httpx.Limits(max_connections=people, max_keepalive_connections=people)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits, trust_env=False) as client:

        async def send(person: int, question: str) -> None:
            body = {"text": question} | ({"conversation": tokens[person]} if person in tokens else {})
            response = await client.post("/api/v1/messages", json=body)
            response.raise_for_status()
            tokens[person] = response.json()["conversation"]

        await run(send, questions, 1, 20)
        alone = await run(send, questions, 1, _ALONE)
        print_timings("one person", alone)
        tokens.clear()
        together = await run(send, questions, people, each)
        print_timings(f"{people} at once", together)
    return together


def _print_memory(pid: int) -> None:
    weights = memory(pid)
    for name, weight in weights.items():
        print(f"  memory {name:<39}{weight:7.0f} MB")
    print(f"  {'memory, all processes:':<46}{sum(weights.values()):7.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
