"""Rasa's server with our adapters: what `bot.nlu.engine` runs once it is safe to import Rasa."""

from __future__ import annotations

import gc
import logging
import os
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from rasa.core.channels.rest import RestInput
from rasa.core.tracker_store import create_tracker_store
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from bot.nlu import event_kinds, graph_runner, validation
from bot.nlu.action_server import ActionServer
from bot.nlu.lock_store import lock_store
from bot.nlu.tracker_store import TrackerStore

HOST = "127.0.0.1"
ENDPOINTS = "endpoints.yml"
logger = logging.getLogger("bot.nlu.engine")


class ServerError(Exception):
    """The engine cannot serve; the message says why."""


def serve(model: Path, port: int) -> None:
    """Serve Rasa's REST channel on loopback until told to stop."""
    app = Sanic("tokstret_engine", configure_logging=False)
    app.config.FALLBACK_ERROR_FORMAT = "text"
    register([RestInput()], app, route="/webhooks/")

    async def load(app: Any, loop: Any) -> None:
        app.ctx.agent = load_agent(model)
        gc.collect()
        gc.freeze()  # what is loaded stays: searching it for garbage would stop a turn for 0.2 s

    async def tell(app: Any, loop: Any) -> None:
        logger.info("Ready on http://%s:%s with model %s", HOST, port, model.name)

    async def close(app: Any, loop: Any) -> None:
        await app.ctx.agent.action_endpoint.close()

    app.register_listener(load, "before_server_start")
    app.register_listener(tell, "after_server_start")  # not before: who reads it connects at once
    app.register_listener(close, "after_server_stop")
    app.run(host=HOST, port=port, workers=1, access_log=False, debug=False, motd=False)


def load_agent(model: Path) -> Agent:
    """Rasa's agent with the model and our stores, in a process with our adapters."""
    validation.prepare()
    event_kinds.remember()
    graph_runner.use()
    endpoints = AvailableEndpoints.read_endpoints(ENDPOINTS)
    store = create_tracker_store(endpoints.tracker_store)
    if not isinstance(store, TrackerStore):  # Rasa would go on in memory, and lose it all at the end
        raise ServerError(f"The tracker store that {ENDPOINTS} names cannot be loaded.")
    return Agent.load(
        model,
        tracker_store=store,
        lock_store=lock_store(os.environ.get("TOKSTRET_REDIS_URL", "")),
        action_endpoint=ActionServer(endpoints.action),
    )
