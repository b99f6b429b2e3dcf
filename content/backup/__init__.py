"""Backup and restore: content, people and tracker stores and the secret key, in one archive file.

`python -m content.backup --help` says what it can do from the command line (`make backup`,
`make restore FROM=…`); docs/backup.md tells operators how to use it. Not here: the library as files
(`content.exporter`), which is what is published and no more.
"""

from content.backup.archive import BackupError
from content.backup.making import make_backup
from content.backup.restoring import restore_backup
from content.backup.settings import BackupSettings

__all__ = ["BackupError", "BackupSettings", "make_backup", "restore_backup"]
