"""How our processes log: one prefix a line, names and timings, never a person's text."""

import logging
import sys

# They log addresses and texts: Telegram's address of a request holds the bot's token.
_QUIET = (
    "httpx",
    "httpcore",
    "telegram",
    "sanic.access",
    "uvicorn.access",
    "alembic",
    "rasa_sdk",
    "sanic.server",
)


class PrefixFormatter(logging.Formatter):
    """Puts the process's name before every line, also of a traceback."""

    def __init__(self, process: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%H:%M:%S")
        self._prefix = f"{process:<8}| "

    def format(self, record: logging.LogRecord) -> str:
        """The record, every line of it prefixed."""
        return "\n".join(self._prefix + line for line in super().format(record).splitlines())


def configure(process: str, level: int = logging.INFO) -> None:
    """Send this process's log to standard output, prefixed with its name."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(PrefixFormatter(process))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
