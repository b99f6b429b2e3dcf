"""Style, scripts and pictures, under addresses that change with their content: kept for good."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from bot.problems import Problem

FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _Asset:
    content: bytes
    media_type: str


class Assets:
    """All files of the static folder, read once at start."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._names: dict[str, str] = {}
        self._assets: dict[str, _Asset] = {}
        for path in sorted(folder.iterdir()):
            content = path.read_bytes()
            hashed = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
            self._names[path.name] = hashed
            self._assets[hashed] = _Asset(content, _TYPES[path.suffix])

    def address(self, name: str) -> str:
        """Where a file is found, e.g. `/static/chat.3f1c….js`; KeyError if there is no such file."""
        return f"/static/{self._names[name]}"

    async def serve(self, request: Request) -> Response:
        """The file of a hashed address."""
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise Problem("not-found")
        return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": _FOR_GOOD})
