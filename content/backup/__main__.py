"""The command behind `make backup` and `make restore FROM=…`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from content.backup import BackupError, BackupSettings, make_backup, restore_backup
from content.settings import SettingsError
from content.store import StoreError


def main(arguments: Sequence[str] | None = None) -> int:
    """Back up or restore; 1 with a sentence if that cannot be."""
    asked = _parser().parse_args(arguments)
    try:
        settings = BackupSettings.read()
        if asked.do == "restore":
            manifest = restore_backup(settings, asked.archive, force=asked.force)
            print(f"Everything is as it was on {manifest.made_at:%d %B %Y at %H:%M} UTC.")
            return 0
        archive, manifest = make_backup(settings, asked.to or settings.backup_folder)
    except (BackupError, SettingsError, StoreError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for part in manifest.databases:
        print(f"Backed up: {', '.join(part.stores)} ({sum(part.counts.values())} rows).")
    print(
        f"{archive} ({archive.stat().st_size / 1_000_000:.1f} MB). It holds the secret key: keep it private."
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m content.backup", description=__doc__)
    commands = parser.add_subparsers(dest="do", required=True)
    make = commands.add_parser("make", help="back up all stores and the secret key into one file")
    make.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to put it (default: backups/ in the data folder)"
    )
    restore = commands.add_parser("restore", help="put a backup in the place of what is there")
    restore.add_argument("archive", type=Path)
    restore.add_argument("--force", action="store_true", help="also while the stores are in use")
    return parser


if __name__ == "__main__":
    sys.exit(main())
