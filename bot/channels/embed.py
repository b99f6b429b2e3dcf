"""The loader for other sites: one line of HTML puts a button there that opens our chat in a frame.

    <script async src="https://our.host/embed/bi.js"></script>

The loader is the same file for all languages; its words come with it as JSON.
"""

import json

from starlette.requests import Request
from starlette.responses import Response

from bot.assets import FOLDER
from bot.pages import Pages

_KEPT = "public, max-age=3600"
_WORDS = {"open": "embed.open", "close": "embed.close", "title": "chat.title"}


class Embed:
    """The endpoint `/embed/<language>.js`."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._loader = (FOLDER / "loader.js").read_text(encoding="utf-8")

    async def loader(self, request: Request) -> Response:
        """The loader with the words of a language."""
        language = self._pages.of_path(request)
        words = {name: self._pages.words.say(message, language) for name, message in _WORDS.items()}
        words |= {"language": language, "direction": self._pages.words.direction(language)}
        script = self._loader.replace("__WORDS__", json.dumps(words))
        headers = {"Cache-Control": _KEPT, "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(script, media_type="text/javascript", headers=headers)
