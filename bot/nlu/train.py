"""Training the model in the engine's environment; `bot.training` decides when.

    .venv-engine/bin/python -m bot.nlu.train --library-data var/training --out models --name m.tar.gz

It is Rasa's own training, started without TensorFlow when no component of config.yml needs it.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import warnings
from pathlib import Path
from typing import TextIO

import structlog

from bot.nlu import light_imports

CONFIG = Path("config.yml")
DOMAIN = Path("domain.yml")
DATA = (Path("data/nlu"), Path("data/rules"), Path("data/stories"))
_MEANT_SO = (
    "Slot auto-fill has been removed",  # told for every domain
    "You have defined training data consisting of lookup tables",  # bot.nlu.gazetteer uses them
)


def main(arguments: list[str] | None = None) -> int:
    """Train a model; 0 when it is written, 1 with the reason on standard error if it is not."""
    parser = argparse.ArgumentParser(prog="bot.nlu.train", description="Train the engine's model.")
    parser.add_argument("--library-data", type=Path, required=True, help="what the library gives to learn")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the model")
    parser.add_argument("--name", required=True, help="the model's file name")
    options = parser.parse_args(arguments)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["LOG_LEVEL"] = "ERROR"  # keeps Rasa from drawing progress bars
    _configure_logs()
    if not light_imports.names_tensorflow_component(CONFIG.read_text(encoding="utf-8")):
        light_imports.stand_in()
    return _train(options.library_data, options.out, options.name)


def _configure_logs() -> None:
    """Say which component is being trained, and what is wrong with the training data."""
    logging.basicConfig(format="  %(message)s", stream=sys.stdout, level=logging.WARNING)
    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.INFO)
    warnings.showwarning = _show_warning
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Show what Rasa warns of, less what is meant so here; not what libraries tell developers."""
    if category is UserWarning and not str(message).startswith(_MEANT_SO):
        print(f"  {message}", flush=True)


def _train(library_data: Path, out: Path, name: str) -> int:
    # Only now is it decided what Rasa may import.
    from rasa.model_training import train  # noqa: PLC0415
    from rasa.shared.exceptions import RasaException  # noqa: PLC0415

    try:
        result = train(
            str(DOMAIN),
            str(CONFIG),
            [*map(str, filter(Path.is_dir, DATA)), str(library_data)],
            output=str(out),
            force_training=True,
            fixed_model_name=name,
        )
    except RasaException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0 if result.model else 1


if __name__ == "__main__":
    sys.exit(main())
