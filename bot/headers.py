"""Headers that every response carries: what a page may load, who may frame it, what it gives away."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EMBEDDABLE = "/embed/"

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
# Pages that may ask the browser where it is, when somebody presses the button for it.
_MAY_ASK_WHERE = ("/chat", EMBEDDABLE.rstrip("/"))
_SAME_FOR_ALL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def security_headers(path: str) -> dict[str, str]:
    """The headers for a path: only pages under /embed/ may be framed by others."""
    embeddable = path.startswith(EMBEDDABLE)
    headers = {
        "Content-Security-Policy": _POLICY.format(ancestors="*" if embeddable else "'none'"),
        "Permissions-Policy": _permissions(path),
        **_SAME_FOR_ALL,
    }
    return headers if embeddable else {**headers, "X-Frame-Options": "DENY"}


def _permissions(path: str) -> str:
    where = "self" if path == "/" or path.startswith(_MAY_ASK_WHERE) else ""
    return f"camera=(), microphone=(), geolocation=({where}), interest-cohort=()"


class SecurityHeaders:
    """Adds the headers to every HTTP response that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in security_headers(scope["path"]).items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
