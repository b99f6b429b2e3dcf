"""What the engine writes to its log: ids, intents and timings, never what a person wrote.

Rasa logs message texts in several ways: as values of structured log calls, in warnings, and in
tracebacks (a failed validation prints what it validated). So here only the name of a structured
event is kept, a warning is told by its kind and place, a traceback by its frames and kinds.
"""

from __future__ import annotations

import logging
import sys
import traceback
import warnings
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_KEPT = ("event", "exc_info")
logger = logging.getLogger("bot.nlu.engine")


def configure(level: int = logging.INFO) -> None:
    """Log to standard output: our own lines from `level` on, others' from WARNING on."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Formatter("%(levelname)s %(name)s: %(message)s"))
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
    return {key: event[key] for key in _KEPT if key in event}


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

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name for it
        lines = []
        error: BaseException | None = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {type(error).__module__}.{type(error).__name__}, raised through"]
            lines += [f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)
