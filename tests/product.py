"""The whole product as `make run` starts it, in a data folder and on ports of its own."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.processes import free_port, running, wait_until_ready


@dataclass(frozen=True, slots=True)
class Product:
    """A running product."""

    address: str
    engine_port: int
    actions_port: int
    data: Path
    log: Path
    pid: int

    def say(self, text: str | None = None, **body: Any) -> dict[str, Any]:
        """One turn over the public API."""
        turn = body | ({"text": text} if text is not None else {})
        response = httpx.post(f"{self.address}/api/v1/messages", json=turn, timeout=30, trust_env=False)
        response.raise_for_status()
        reply: dict[str, Any] = response.json()
        return reply


@contextmanager
def product(
    data: Path, env: Mapping[str, str] | None = None, *, port: int | None = None
) -> Iterator[Product]:
    """Start it, wait until it is ready, stop it."""
    data.mkdir(parents=True, exist_ok=True)
    port, engine_port, actions_port = port or free_port(), free_port(), free_port()
    settings = {
        "TOKSTRET_PORT": str(port),
        "TOKSTRET_ENGINE_PORT": str(engine_port),
        "TOKSTRET_ACTIONS_PORT": str(actions_port),
        "TOKSTRET_DATA_DIR": str(data),
        "TOKSTRET_RATE_LIMITS": "off",
        **(env or {}),
    }
    log = data / "product.log"
    with running([sys.executable, "-m", "bot.run"], settings, log) as pid:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(f"{address}/readyz", log)
        yield Product(address, engine_port, actions_port, data, log, pid)
