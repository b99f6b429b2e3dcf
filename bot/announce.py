"""Waits until all parts answer, then prints where to find them. Run once by the supervisor."""

import json
import sys
import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from bot.settings import Settings

_PATIENCE = 180.0  # seconds
_LOOK_EVERY = 0.25
_TELL_EVERY = 10.0


def main() -> int:
    """Print the addresses when ready; after a while without, what is missing."""
    settings = Settings.read()
    # An address that listens everywhere is reached here on loopback.
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104
    address = f"http://{host}:{settings.port}"
    started = told = time.monotonic()
    while (waited := time.monotonic() - started) < _PATIENCE:
        missing = _missing(address)
        if not missing:
            print(f"\nTokstret is ready after {waited:.0f} s:\n")
            telegram = "on" if settings.telegram_bot_token else "off: set TELEGRAM_BOT_TOKEN"
            print(f"  web chat   {address}/")
            print(f"  guide      {address}/guide")
            print(f"  staff      {address}/staff{_first_sign_in(settings)}")
            print(f"  API        {address}/api/v1/openapi.json")
            print(f"  Telegram   {telegram}\n", flush=True)
            return 0
        if time.monotonic() - told > _TELL_EVERY:
            told = time.monotonic()
            print(f"run     | still waiting for: {', '.join(missing)}", flush=True)
        time.sleep(_LOOK_EVERY)
    print("run     | not everything is ready; the lines above say why", flush=True)
    return 1


def _first_sign_in(settings: Settings) -> str:
    """How the first member of staff gets in, until they have a password of their own."""
    try:
        return f"   (sign in as admin, one-time password {settings.first_password_file.read_text('ascii')})"
    except FileNotFoundError:
        return ""


def _missing(address: str) -> list[str]:
    # Not httpx: this runs while three processes start, and importing it takes as long as asking.
    connection = HTTPConnection(urlsplit(address).netloc, timeout=5.0)
    try:
        connection.request("GET", "/readyz")
        parts: dict[str, bool] = json.load(connection.getresponse())["parts"]
    except (OSError, HTTPException, ValueError, KeyError):
        return ["bot"]
    finally:
        connection.close()
    return [part for part, ready in parts.items() if not ready]


if __name__ == "__main__":
    sys.exit(main())
