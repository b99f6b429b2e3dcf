"""bot.nlu.quiet_logs"""

from __future__ import annotations

import subprocess
import sys
import unittest

PROGRAM = """
import logging, warnings
import structlog
from jsonschema import validate
from bot.nlu import quiet_logs
quiet_logs.configure()
structlog.get_logger().warning("message.parsing.failed", user_text="marked-words")
structlog.get_logger().debug("processor.message.parse", parse_data_text="marked-words")
warnings.warn("marked-words", UserWarning)
warnings.warn("marked-words", DeprecationWarning)
logging.getLogger("rasa.core.processor").info("info marked-words")
logging.getLogger("bot.nlu.engine").info("Ready")
try:
    try:
        raise ValueError("marked-words")
    except ValueError as error:
        validate({"text": "marked-words"}, {"type": "array"})
except Exception:
    logging.getLogger("rasa.core.processor").exception("Encountered an exception while running action 'a'.")
    logging.getLogger("rasa.core.actions.action").error("marked-words")
    structlog.get_logger().exception("rest.message.received.failure", text="marked-words")
"""


class QuietLogs(unittest.TestCase):
    def test_nothing_that_was_written_is_logged_and_the_rest_is(self) -> None:
        done = subprocess.run([sys.executable, "-c", PROGRAM], check=False, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("marked-words", done.stdout + done.stderr)
        for wanted in (
            "message.parsing.failed",
            "UserWarning raised at",
            "INFO bot.nlu.engine: Ready",
            "ERROR rasa.core.processor: Encountered an exception while running action 'a'.",
            "ERROR rasa.core.actions.action: said at <string>:",
            "jsonschema.exceptions.ValidationError, raised through",
            "builtins.ValueError, raised through",
            "rest.message.received.failure",
        ):
            with self.subTest(wanted=wanted):
                self.assertIn(wanted, done.stdout)
        self.assertNotIn("DeprecationWarning", done.stdout)
