"""The engine: Rasa's server on loopback, with our adapters in place.

    .venv-engine/bin/python -m bot.nlu.engine [--port 5005] [--model models/….tar.gz]

It offers Rasa's REST channel (`POST /webhooks/rest/webhook`) and nothing else, and accepts
connections only once the model is loaded. Settings: docs/engine.md.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import Any, List, Optional

from bot.nlu import light_imports, quiet_logs

HOST = "127.0.0.1"
MODELS = Path("models")
CURRENT = MODELS / "current"
logger = logging.getLogger("bot.nlu.engine")


def main(arguments: Optional[List[str]] = None) -> int:
    """Start the engine and serve until told to stop; 1 if it cannot start."""
    options = _options(arguments)
    quiet_logs.configure()
    model = options.model or current_model()
    if model is None or not model.is_file():
        logger.error("There is no trained model; run: make train")
        return 1
    _fill_in_settings()
    if not light_imports.needs_tensorflow(model):
        light_imports.stand_in()
    _serve(model, options.port)
    return 0


def current_model() -> Optional[Path]:
    """The model that the latest training made the running one."""
    if not CURRENT.is_file():
        return None
    return MODELS / f"{CURRENT.read_text(encoding='ascii').strip()}.tar.gz"


def _options(arguments: Optional[List[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bot.nlu.engine", description="The engine of Tokstret.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("TOKSTRET_ENGINE_PORT") or 5005))
    parser.add_argument("--model", type=Path, help="a packed model (default: the one models/current names)")
    return parser.parse_args(arguments)


def _fill_in_settings() -> None:
    """Set what endpoints.yml names and the environment leaves out."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    folder = Path(os.environ.get("TOKSTRET_DATA_DIR") or "var").absolute()
    defaults = {
        "TOKSTRET_ACTIONS_PORT": "5055",
        "TOKSTRET_TRACKER_DB": f"sqlite:///{folder / 'tracker.sqlite'}",
        "TOKSTRET_REDIS_URL": "",
    }
    for name, value in defaults.items():
        os.environ[name] = os.environ.get(name) or value
    folder.mkdir(parents=True, exist_ok=True)


def _serve(model: Path, port: int) -> None:
    from rasa.core.channels.channel import register
    from rasa.core.channels.rest import RestInput
    from sanic import Sanic

    app = Sanic("tokstret_engine", configure_logging=False)
    app.config.FALLBACK_ERROR_FORMAT = "text"
    register([RestInput()], app, route="/webhooks/")

    async def load(app: Any, loop: Any) -> None:
        app.ctx.agent = _agent(model)
        logger.info("Ready on http://%s:%s with model %s", HOST, port, model.name)

    app.register_listener(load, "before_server_start")
    app.run(host=HOST, port=port, workers=1, access_log=False, debug=False, motd=False)


def _agent(model: Path) -> Any:
    """Rasa's agent with the model, our stores and the prepared validation."""
    from rasa.core.agent import Agent
    from rasa.core.tracker_store import create_tracker_store
    from rasa.core.utils import AvailableEndpoints

    from bot.nlu import validation
    from bot.nlu.lock_store import lock_store
    from bot.nlu.tracker_store import TrackerStore

    validation.prepare()
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    store = create_tracker_store(endpoints.tracker_store)
    if not isinstance(store, TrackerStore):  # Rasa would go on in memory, and lose it all at the end
        raise RuntimeError("endpoints.yml names a tracker store that cannot be loaded")
    return Agent.load(
        model,
        tracker_store=store,
        lock_store=lock_store(os.environ["TOKSTRET_REDIS_URL"]),
        action_endpoint=endpoints.action,
    )


if __name__ == "__main__":
    sys.exit(main())
