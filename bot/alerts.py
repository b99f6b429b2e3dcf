"""Alerts for the team: that a request waits, in which language, and nothing else.

Sent to a Telegram group and by e-mail, if set, beside everything else: a failure is logged and holds
nothing up.
"""

import logging
import smtplib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from email.message import EmailMessage
from typing import Literal

from bot.settings import Settings
from content.words import SOURCE_LANGUAGE, Words

_log = logging.getLogger(__name__)

Occasion = Literal["waiting", "danger"]
_SMTP_SECONDS = 20.0
type Way = Callable[[str], None]
"""Takes the words and has them sent, without waiting."""


class Alerts:
    """Tells the team by all ways that were added."""

    def __init__(self, words: Words | None = None, link: str = "") -> None:
        self._words = words
        self._link = link
        self._ways: list[Way] = []

    def add(self, way: Way) -> None:
        """One more way."""
        self._ways.append(way)

    def raise_(self, occasion: Occasion, language: str) -> None:
        """Tell that a request waits, or that somebody in a talk speaks of danger."""
        if self._words is None:
            return
        words = self._words.say(
            f"console.alert.{occasion}", SOURCE_LANGUAGE, tongue=self._words.name(language)
        )
        for way in self._ways:
            way(f"{words}\n{self._link}".strip())


class Mail:
    """Alerts by e-mail, from a thread of their own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="alert-mail")

    def __call__(self, words: str) -> None:
        """Have an alert sent."""
        self._thread.submit(self._send, words).add_done_callback(_failed)

    def close(self) -> None:
        """Let the last one go out."""
        self._thread.shutdown(wait=True)

    def _send(self, words: str) -> None:
        settings = self._settings
        message = EmailMessage()
        message["Subject"] = words.splitlines()[0]
        message["From"] = settings.smtp_from or str(settings.alert_email)
        message["To"] = str(settings.alert_email)
        message.set_content(words)
        kind = smtplib.SMTP_SSL if settings.smtp_security == "tls" else smtplib.SMTP
        with kind(str(settings.smtp_host), settings.smtp_port, timeout=_SMTP_SECONDS) as server:
            if settings.smtp_security == "starttls":
                server.starttls()
            if settings.smtp_user and settings.smtp_password:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.send_message(message)


def _failed(sending: Future[None]) -> None:
    error = None if sending.cancelled() else sending.exception()
    if error is not None:
        _log.error("an alert could not be mailed: %s", type(error).__name__)
