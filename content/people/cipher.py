"""Encryption of what must be kept for a moment but read by nobody: Fernet, with a key from the secret key."""

import json
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"tokstret people store"


class CipherError(Exception):
    """A stored value cannot be read with this secret key."""


class Cipher:
    """Encrypts and decrypts JSON values."""

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret_key.encode())
        self._fernet = Fernet(urlsafe_b64encode(derived))

    def encrypt(self, value: Any) -> str:
        """The value as JSON, encrypted, as text."""
        return self._fernet.encrypt(json.dumps(value, ensure_ascii=False).encode()).decode()

    def decrypt(self, text: str) -> Any:
        """The value again; CipherError if it was encrypted with another key or was changed."""
        try:
            return json.loads(self._fernet.decrypt(text.encode()))
        except InvalidToken:
            raise CipherError("The value was encrypted with another secret key, or it was damaged.") from None
