"""The published library to take along: all files in one zip, as `make export` writes them.

Not here: making the files (`content.exporter`), drafts, people and keys (`content.backup`).
"""

import io
import tempfile
import zipfile
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Route

from bot.console.console import Console
from bot.console.door import Visit
from bot.pages import NOT_KEPT
from content.clock import today
from content.exporter import export_library

_PLACE = "/export"


class Export:
    """The pages under `/staff/export`."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def show(self, visit: Visit) -> Response:
        """What is in the export, and what is not."""
        return self._console.page(visit, "export.html", here="export")

    def library(self, _visit: Visit) -> Response:
        """All that is published, as files."""
        with tempfile.TemporaryDirectory(prefix="tokstret-export-") as inside:
            folder = Path(inside) / "library"
            export_library(self._console.content, folder)
            packed = zipped(folder)
        name = f"tokstret-library-{today()}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": NOT_KEPT}
        return Response(packed, media_type="application/zip", headers=headers)


def zipped(folder: Path) -> bytes:
    """A folder as a zip, its name in front of every file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder.parent))
    return packed.getvalue()


def routes(console: Console) -> list[Route]:
    """The pages of the export."""
    export = Export(console)
    return [
        console.door.page(_PLACE, export.show, "admin"),
        console.door.page(f"{_PLACE}/library.zip", export.library, "admin"),
    ]
