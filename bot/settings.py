"""The bot's settings: read once at start, typed; a wrong one stops the start with its name.

Not here: the stores' addresses (`content.settings`, which this extends).
"""

import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, HttpUrl, SecretStr

from content.settings import SettingsError, StoreSettings

_MIN_SECRET = 32

__all__ = ["Settings", "SettingsError"]


class Settings(StoreSettings):
    """What the bot needs to know about its place in the world (docs/settings.md)."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    public_url: HttpUrl | None = None
    engine_port: int = Field(default=5005, ge=1, le=65535)
    actions_port: int = Field(default=5055, ge=1, le=65535)
    engine_seconds: float = Field(default=10.0, gt=0, le=60)
    rate_limits: Literal["on", "off"] = "on"
    secret_key: SecretStr | None = None
    staff_password: SecretStr | None = Field(default=None, min_length=12)
    library_dir: Path = Path("content/library")
    locales_dir: Path = Path("locales")
    evaluation_dir: Path = Path("tests/nlu")
    telegram_bot_token: SecretStr | None = Field(default=None, validation_alias="TELEGRAM_BOT_TOKEN")
    telegram_api_base_url: HttpUrl | None = Field(default=None, validation_alias="TELEGRAM_API_BASE_URL")
    alert_chat: str | None = None
    alert_email: str | None = None
    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str | None = None

    @classmethod
    def read(cls) -> Self:
        """Read the environment; raises SettingsError with a sentence that names what is wrong."""
        settings = super().read()
        if settings.alert_chat and settings.telegram_bot_token is None:
            raise SettingsError("The setting TOKSTRET_ALERT_CHAT needs TELEGRAM_BOT_TOKEN.")
        if settings.alert_email and settings.smtp_host is None:
            raise SettingsError("The setting TOKSTRET_ALERT_EMAIL needs TOKSTRET_SMTP_HOST.")
        return settings

    @cached_property
    def secret(self) -> bytes:
        """The key that signs tokens and hashes sender ids; made and kept on the first start."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        return _kept_secret(self.data_dir / "secret.key")

    @property
    def first_password_file(self) -> Path:
        """Where the first account's one-time password waits until it is changed."""
        return self.data_dir / "first-password"

    @property
    def engine_url(self) -> str:
        """Where the engine listens, always on loopback."""
        return f"http://127.0.0.1:{self.engine_port}"

    @property
    def actions_url(self) -> str:
        """Where the action server listens, always on loopback."""
        return f"http://127.0.0.1:{self.actions_port}"


def _kept_secret(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    except FileExistsError:
        pass
    secret = path.read_bytes().strip()
    if len(secret) < _MIN_SECRET:
        raise SettingsError(f"The secret key in {path} is too short; delete the file to make a new one.")
    return secret
