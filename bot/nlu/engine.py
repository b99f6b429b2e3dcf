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

from bot.nlu import light_imports, quiet_logs

MODELS = Path("models")
CURRENT = MODELS / "current"
logger = logging.getLogger("bot.nlu.engine")


def main(arguments: list[str] | None = None) -> int:
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
    from bot.nlu.server import serve  # noqa: PLC0415 - only now is it decided what Rasa may import

    serve(model, options.port)
    return 0


def current_model() -> Path | None:
    """The model that the latest training made the running one."""
    if not CURRENT.is_file():
        return None
    return MODELS / f"{CURRENT.read_text(encoding='ascii').strip()}.tar.gz"


def _options(arguments: list[str] | None) -> argparse.Namespace:
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


if __name__ == "__main__":
    sys.exit(main())
