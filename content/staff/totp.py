"""The second factor: codes of an authenticator app (TOTP, RFC 6238)."""

from datetime import UTC, datetime

import pyotp

_ISSUER = "Tokstret"
# A code of the step before or after is taken too: phones' clocks differ.
_STEPS_AROUND = (0, -1, 1)


def new_secret() -> str:
    """A fresh secret for an app."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """What an app reads from a QR code: `otpauth://…`."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=_ISSUER)


def step_of(code: str, secret: str, at: datetime, *, after: int | None = None) -> int | None:
    """The step of time to which a code belongs; None if it is wrong, too old or not after the last one used.

    `at` is in UTC without a zone, as the stores keep it.
    """
    totp = pyotp.TOTP(secret)
    digits = "".join(code.split())
    now = totp.timecode(at.replace(tzinfo=UTC))
    for step in (now + around for around in _STEPS_AROUND):
        if pyotp.utils.strings_equal(digits, totp.generate_otp(step)) and (after is None or step > after):
            return step
    return None
