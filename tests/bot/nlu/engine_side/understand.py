"""Prints, as JSON, what kind of turn the model takes each line of standard input for.

.venv-engine/bin/python -m tests.bot.nlu.engine_side.understand models/….tar.gz < lines.json
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from bot.nlu import quiet_logs
from rasa.core.agent import Agent


async def understand(model: Path, texts: list[str]) -> list[dict[str, object]]:
    """The intent and its confidence for each text."""
    agent = Agent.load(model)
    found = [await agent.parse_message(text) for text in texts]
    return [dict(one["intent"]) for one in found]


if __name__ == "__main__":
    quiet_logs.configure()
    intents = asyncio.run(understand(Path(sys.argv[1]), json.load(sys.stdin)))
    # The engine's event loop may have left it so that what does not fit into the pipe is cut off.
    os.set_blocking(sys.stdout.fileno(), True)
    print("intents:" + json.dumps(intents))
