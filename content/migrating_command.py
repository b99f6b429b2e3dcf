"""The command line of the store: `python -m content.store` brings both stores to the newest schema."""

import sys

from content.settings import SettingsError, StoreSettings
from content.store import StoreError, migrate


def main() -> int:
    """Migrate both stores; 1 with a sentence if one cannot be reached."""
    try:
        settings = StoreSettings.read()
        migrate(settings.content_address, "content")
        migrate(settings.people_address, "people")
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    print("Both stores have the newest schema.")
    return 0
