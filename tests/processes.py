"""The product, or stock Rasa, as processes of this machine: start, wait, weigh, stop."""

import itertools
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], env: Mapping[str, str], log: Path, cwd: Path | None = None) -> Iterator[int]:
    """A process and all its children, in a group of their own; yields its pid."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, env={**os.environ, **env}, stdout=out, stderr=out, cwd=cwd, start_new_session=True
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until_ready(url: str, log: Path, patience: float = 600.0) -> float:
    """Seconds until the address answers 200; ends the bench with the log's tail if it never does."""
    started = time.perf_counter()
    while (waited := time.perf_counter() - started) < patience:
        try:
            if httpx.get(url, timeout=2.0, trust_env=False).is_success:
                return waited
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])
    raise SystemExit(f"{url} did not get ready in {patience:.0f} s:\n{tail}")


def memory(pid: int) -> dict[str, float]:
    """Megabytes (proportional set size) of a process and its descendants, by command."""
    return {f"{_name(child)} ({child})": _pss(child) for child in [pid, *descendants(pid)] if _pss(child) > 0}


def descendants(pid: int) -> list[int]:
    """All processes below one, by the process table."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _name(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    modules = [after for before, after in itertools.pairwise(words) if before == "-m"]
    return modules[0] if modules else Path(words[1] if len(words) > 2 else words[0]).name
