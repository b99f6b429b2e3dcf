"""Passwords: Argon2 hashes, what makes one acceptable, and one-time passwords for a first sign-in."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200
_FEWEST_LETTERS = 5
# No letters that are taken for one another when a password is read out.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _IN_A_GROUP = 4, 5

_hasher = PasswordHasher()
_NOBODYS = _hasher.hash(secrets.token_urlsafe(16))


class PasswordError(ValueError):
    """A password that is not acceptable; `reason` is too-short, too-long, has-name or too-simple."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_acceptable(password: str, name: str) -> None:
    """Raise PasswordError unless it is long enough and not the name or one letter over and over.

    By NIST SP 800-63B, 5.1.1.2: length counts, rules about kinds of letters do not help.
    """
    if len(password) < SHORTEST:
        raise PasswordError("too-short")
    if len(password) > LONGEST:
        raise PasswordError("too-long")
    if name.casefold() in password.casefold():
        raise PasswordError("has-name")
    if len(set(password)) < _FEWEST_LETTERS:
        raise PasswordError("too-simple")


def hashed(password: str) -> str:
    """The Argon2id hash of a password."""
    return _hasher.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether a password belongs to a hash; takes as long when there is no such account."""
    try:
        return _hasher.verify(password_hash or _NOBODYS, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def is_weakly_hashed(password_hash: str) -> bool:
    """Whether a hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(password_hash)


def one_time() -> str:
    """A password to hand over once, e.g. `k7mqp-x2hdn-9tbwe-rc4uv`: a hundred bits, easy to read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))
