"""What backing up needs to know besides where the stores are: the secret key."""

from pathlib import Path

from pydantic import SecretStr

from content.settings import StoreSettings


class BackupSettings(StoreSettings):
    """The stores' addresses, and the key without which their encrypted parts cannot be read."""

    secret_key: SecretStr | None = None

    @property
    def secret_file(self) -> Path:
        """Where the key is if no setting has it."""
        return self.data_dir / "secret.key"

    @property
    def backup_folder(self) -> Path:
        """Where backups go unless told otherwise."""
        return self.data_dir / "backups"

    def secret(self) -> bytes | None:
        """The key, of the setting or the file; None if there is none yet."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        return self.secret_file.read_bytes().strip() if self.secret_file.exists() else None
