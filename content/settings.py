"""Where the stores are: the settings that actions and bot share. Read once, at start.

Not here: what only the bot needs (`bot.settings`).
"""

from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and says what is wanted."""


class StoreSettings(BaseSettings):
    """Addresses of the stores; by default SQLite files in the data folder."""

    model_config = SettingsConfigDict(
        env_prefix="TOKSTRET_", extra="ignore", frozen=True, populate_by_name=True, env_ignore_empty=True
    )

    data_dir: Path = Path("var")
    content_db: SecretStr | None = None
    people_db: SecretStr | None = None
    tracker_db: SecretStr | None = None
    redis_url: SecretStr | None = None
    keep_days: int = Field(default=30, ge=1, le=3650)

    @classmethod
    def read(cls) -> Self:
        """Read the environment; raises SettingsError with a sentence that names what is wrong."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError(_sentence(cls, error)) from None

    @cached_property
    def content_address(self) -> str:
        """SQLAlchemy address of the content store."""
        return self._address(self.content_db, "content.sqlite")

    @cached_property
    def people_address(self) -> str:
        """SQLAlchemy address of the people store."""
        return self._address(self.people_db, "people.sqlite")

    @cached_property
    def tracker_address(self) -> str:
        """SQLAlchemy address of Rasa's tracker store."""
        return self._address(self.tracker_db, "tracker.sqlite")

    @cached_property
    def index_file(self) -> Path:
        """Where the search index is kept from one start to the next."""
        return self.data_dir / "search-index.npz"

    def _address(self, given: SecretStr | None, file_name: str) -> str:
        if given is not None:
            return given.get_secret_value()
        return f"sqlite:///{self.data_dir.absolute() / file_name}"


def _sentence(settings: type[BaseSettings], error: ValidationError) -> str:
    prefix = settings.model_config.get("env_prefix", "")
    parts = []
    for wrong in error.errors(include_input=False, include_url=False):
        name = str(wrong["loc"][0]) if wrong["loc"] else "?"
        field = settings.model_fields.get(name)
        alias = field.validation_alias if field else None
        variable = alias if isinstance(alias, str) else f"{prefix}{name}".upper()
        parts.append(f"The setting {variable} is wrong: {wrong['msg']}.")
    return " ".join(parts)
