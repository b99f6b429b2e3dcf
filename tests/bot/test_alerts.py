"""Alerts by e-mail: sent from beside, with the language and nothing else; failures are logged."""

import smtplib
import threading
from email.message import EmailMessage
from typing import Any, Self

import pytest
from pydantic import SecretStr

from bot.alerts import Alerts, Mail
from bot.settings import Settings, SettingsError
from content.words import Words

SETTINGS = Settings(
    alert_email="team@example.org",
    smtp_host="mail.example.org",
    smtp_user="bot",
    smtp_password=SecretStr("Marker-Password"),
)


class Server:
    """Stands in for a mail server."""

    used: list[str]
    sent: list[EmailMessage]
    arrived: threading.Event

    def __init__(self, host: str, port: int, timeout: float) -> None:
        self.used.append(f"{host}:{port}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.arrived.set()

    def starttls(self) -> None:
        self.used.append("starttls")

    def login(self, user: str, password: str) -> None:
        self.used.append(f"{user} {password}")

    def send_message(self, message: EmailMessage) -> None:
        self.sent.append(message)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    Server.used, Server.sent, Server.arrived = [], [], threading.Event()
    monkeypatch.setattr(smtplib, "SMTP", Server)
    return Server


def test_a_mail_tells_the_language_and_the_way(server: type[Server], words: Words) -> None:
    alerts = Alerts(words, "https://t.example/staff/requests")
    alerts.add(Mail(SETTINGS))
    alerts.raise_("waiting", "bi")
    assert server.arrived.wait(20)
    assert server.used == ["mail.example.org:587", "starttls", "bot Marker-Password"]
    [mail] = server.sent
    assert mail["Subject"] == "A request waits, Bislama"
    assert mail["To"] == mail["From"] == "team@example.org"
    assert mail.get_content().strip().endswith("https://t.example/staff/requests")


def test_a_mail_that_cannot_be_sent_is_logged_and_raises_nothing(
    monkeypatch: pytest.MonkeyPatch, words: Words, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError("Marker-Address")

    monkeypatch.setattr(smtplib, "SMTP", refuse)
    alerts, mail = Alerts(words), Mail(SETTINGS)
    alerts.add(mail)
    alerts.raise_("danger", "en")
    mail.close()
    assert "could not be mailed: ConnectionRefusedError" in caplog.text
    assert "Marker" not in caplog.text


@pytest.mark.parametrize(
    ("variable", "needed"),
    [("TOKSTRET_ALERT_CHAT", "TELEGRAM_BOT_TOKEN"), ("TOKSTRET_ALERT_EMAIL", "TOKSTRET_SMTP_HOST")],
)
def test_a_way_that_is_set_by_half_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, variable: str, needed: str
) -> None:
    monkeypatch.setenv(variable, "-100200")
    with pytest.raises(SettingsError, match=needed):
        Settings.read()
