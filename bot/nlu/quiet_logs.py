"""What the engine writes to its log: ids, intents and timings, never what a person wrote.

Rasa logs message texts in several ways: as values of structured log calls, in warnings, and in
tracebacks (a failed validation prints what it validated). So here only the name of a structured
event is kept, a warning is told by its kind and place, a traceback by its frames and kinds. Of
Rasa's plain lines only those known to hold no text are kept; the others are told by their place.
"""

from __future__ import annotations

import logging
import sys
import traceback
import warnings
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_PREFIX = "engine  | "  # as the other processes have it (content.logs)
_KEPT = ("event", "exc_info")
_HARMLESS = (  # how Rasa's lines begin that hold names, addresses and ids only
    "Failed to run custom action",
    "Encountered an exception while running action",
    "Circuit breaker tripped",
    "Error happened when trying to",
)
logger = logging.getLogger("bot.nlu.engine")


def configure(level: int = logging.INFO) -> None:
    """Log to standard output: our own lines from `level` on, others' from WARNING on."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s", "%H:%M:%S"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level)
    structlog.configure(
        processors=[_only_the_event, structlog.stdlib.render_to_log_kwargs],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    warnings.showwarning = _show_warning


def _only_the_event(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {"named": True, **{key: event[key] for key in _KEPT if key in event}}


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    if not issubclass(category, (DeprecationWarning, PendingDeprecationWarning, FutureWarning)):
        logger.warning("%s raised at %s:%s", category.__name__, filename, lineno)


class _Formatter(logging.Formatter):
    """Formats exceptions as the kinds of error and the frames they came through."""

    def format(self, record: logging.LogRecord) -> str:
        """The record, every line of it with the process's name before it."""
        return "\n".join(_PREFIX + line for line in super().format(record).splitlines())

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name for it
        named = getattr(record, "named", False)  # by _only_the_event
        if record.name.startswith("rasa") and not named and not record.message.startswith(_HARMLESS):
            record.message = f"said at {record.module}:{record.lineno}"
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name for it
        lines = []
        error: BaseException | None = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {type(error).__module__}.{type(error).__name__}, raised through"]
            lines += [f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)
