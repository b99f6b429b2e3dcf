"""One's own account: password, second factor, open sessions."""

import hashlib
import hmac

import segno
from markupsafe import Markup
from starlette.responses import Response

from bot.console.console import Console
from bot.console.door import PASSWORD, PLACE, Visit
from content.audit import write
from content.staff import PasswordError, SignInError, totp
from content.staff.passwords import SHORTEST
from content.staff.staff import FIRST_NAME

_REFUSED = 422


class Account:
    """The pages under `/staff/account`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._staff = console.staff

    def show(self, visit: Visit) -> Response:
        """What there is, and the browsers that are signed in."""
        return self._show(visit)

    def password(self, visit: Visit) -> Response:
        """A new password."""
        if visit.request.method == "GET":
            return self._password_form(visit)
        new = visit.field("new")
        if new != visit.field("again"):
            return self._password_form(visit, wrong="console.password.not-the-same")
        try:
            self._staff.change_password(visit.member, visit.field("old"), new, keep=visit.token)
        except SignInError:
            return self._password_form(visit, wrong="console.password.wrong")
        except PasswordError as error:
            return self._password_form(visit, wrong=f"console.password.{error.reason}")
        write(self._console.content, "audit.password-changed", by=visit.member.name)
        if visit.member.name == FIRST_NAME:
            self._console.settings.first_password_file.unlink(missing_ok=True)
        return self._console.done("/account", "password-changed")

    def totp(self, visit: Visit) -> Response:
        """Begin to use an authenticator app: a picture to scan, and the first code to prove it."""
        if visit.member.has_totp:
            return self._console.done("/account", "totp-on")
        if visit.request.method == "GET":
            return self._totp_form(visit, totp.new_secret())
        secret = visit.field("secret")
        if not hmac.compare_digest(visit.field("seal"), self._seal(visit, secret)):
            return self._totp_form(visit, totp.new_secret(), wrong="console.totp.begin-again")
        try:
            self._staff.begin_totp(visit.member, secret, visit.field("code"))
        except SignInError:
            return self._totp_form(visit, secret, wrong="console.sign-in.wrong-code")
        write(self._console.content, "audit.totp-on", by=visit.member.name)
        return self._console.done("/account", "totp-on")

    def end_totp(self, visit: Visit) -> Response:
        """No code any more; the password proves who asks."""
        try:
            self._staff.end_totp(visit.member, visit.field("password"))
        except SignInError:
            return self._show(visit, wrong="console.password.wrong")
        write(self._console.content, "audit.totp-off", by=visit.member.name)
        return self._console.done("/account", "totp-off")

    def end_session(self, visit: Visit) -> Response:
        """Sign another browser out."""
        self._staff.end_session(visit.member, visit.field("session"))
        return self._console.done("/account", "session-ended")

    def _show(self, visit: Visit, wrong: str = "") -> Response:
        return self._console.page(
            visit,
            "account.html",
            status=_REFUSED if wrong else 200,
            sessions=self._staff.sessions(visit.member),
            this=self._staff.session_id(visit.token),
            wrong=wrong,
        )

    def _password_form(self, visit: Visit, wrong: str = "") -> Response:
        status = _REFUSED if wrong else 200
        return self._console.page(
            visit, "password.html", status=status, wrong=wrong, shortest=SHORTEST, goal=PASSWORD, home=PLACE
        )

    def _totp_form(self, visit: Visit, secret: str, wrong: str = "") -> Response:
        code = segno.make(totp.address(secret, visit.member.name), micro=False)
        picture = Markup(code.svg_inline(scale=5, omitsize=True))  # noqa: S704 - segno's own drawing
        return self._console.page(
            visit,
            "totp.html",
            status=_REFUSED if wrong else 200,
            wrong=wrong,
            picture=picture,
            secret=secret,
            seal=self._seal(visit, secret),
        )

    def _seal(self, visit: Visit, secret: str) -> str:
        """Proof that the secret in the form is one that we proposed to this session."""
        key = self._console.settings.secret
        return hmac.new(key, f"totp:{visit.csrf}:{secret}".encode(), hashlib.sha256).hexdigest()
