"""Settings: read once, and clear about what is wrong."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError


def test_the_defaults_are_sqlite_files_in_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TOKSTRET_DATA_DIR", str(tmp_path))
    settings = Settings.read()
    assert settings.content_address == f"sqlite:///{tmp_path}/content.sqlite"
    assert settings.people_address != settings.content_address
    assert settings.telegram_bot_token is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TOKSTRET_PORT", "eighty"),
        ("TOKSTRET_PORT", "70000"),
        ("TOKSTRET_KEEP_DAYS", "0"),
        ("TOKSTRET_RATE_LIMITS", "maybe"),
        ("TOKSTRET_PUBLIC_URL", "not an address"),
        ("TELEGRAM_API_BASE_URL", "nor this"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=variable) as caught:
        Settings.read()
    assert value not in str(caught.value), "a setting may be a secret; its value is not repeated"


def test_the_secret_is_made_once_and_readable_by_the_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TOKSTRET_DATA_DIR", str(tmp_path))
    secret = Settings.read().secret
    assert Settings.read().secret == secret
    assert len(secret) >= 32
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_short_secret_file_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("short")
    monkeypatch.setenv("TOKSTRET_DATA_DIR", str(tmp_path))
    with pytest.raises(SettingsError, match=r"secret\.key"):
        _ = Settings.read().secret


def test_secrets_hide_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret-token")
    monkeypatch.setenv("TOKSTRET_SECRET_KEY", "another-secret")
    monkeypatch.setenv("TOKSTRET_PEOPLE_DB", "postgresql://me:hidden-word@host/people")
    shown = repr(Settings.read())
    assert "secret-token" not in shown
    assert "another-secret" not in shown
    assert "hidden-word" not in shown


def test_every_setting_is_in_the_documentation() -> None:
    documented = Path("docs/settings.md").read_text(encoding="utf-8")
    names = [
        field.validation_alias if isinstance(field.validation_alias, str) else f"TOKSTRET_{name}".upper()
        for name, field in Settings.model_fields.items()
    ]
    assert "TOKSTRET_PORT" in names
    assert [name for name in names if f"`{name}`" not in documented] == []
