"""Rasa's own command line, started without TensorFlow when config.yml needs none.

.venv-engine/bin/python -m bot.nlu.cli data validate --data data/nlu data/rules var/training
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.nlu import light_imports

CONFIG = Path("config.yml")


def main() -> None:
    """Run Rasa's command with the arguments given; telemetry is off."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    if not light_imports.names_tensorflow_component(CONFIG.read_text(encoding="utf-8")):
        light_imports.stand_in()
    from rasa.__main__ import main as rasa  # noqa: PLC0415 - only now is it decided what Rasa may import

    sys.argv[0] = "rasa"
    rasa()


if __name__ == "__main__":
    main()
