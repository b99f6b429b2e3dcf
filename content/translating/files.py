"""Files for translators: which texts go out, and a file that came in taken for what it is.

Not here: what is done with a file (`content.translating.uploads`).
"""

from collections.abc import Collection
from typing import Literal

from sqlalchemy import Engine

from content.store import reading
from content.translating import spreadsheet, xliff
from content.translating.texts import WorkText, work_texts
from content.translating.units import MOST_BYTES, FileFault, UnitIn

FileForm = Literal["xliff", "csv"]
FORMS: dict[FileForm, str] = {"xliff": "xlf", "csv": "csv"}
"""Each form, and how the names of its files end."""

CONTENT_TYPES: dict[FileForm, str] = {"xliff": xliff.CONTENT_TYPE, "csv": spreadsheet.CONTENT_TYPE}


def texts_for(
    engine: Engine, language: str, *, states: Collection[str] = (), topic: str = ""
) -> list[WorkText]:
    """The texts that are in one of the states (none named: in any), of a topic or of all."""
    with reading(engine) as session:
        texts = work_texts(session, language).values()
    return [
        text for text in texts if (not states or text.state in states) and (not topic or text.topic == topic)
    ]


def written(texts: list[WorkText], language: str, form: FileForm) -> bytes:
    """The file of texts for translators into a language."""
    return xliff.written(texts, language) if form == "xliff" else spreadsheet.written(texts, language)


def read(content: bytes, language: str) -> list[UnitIn]:
    """The units of a file, whichever form it has; raises FileFault if it cannot be read or has none."""
    if len(content) > MOST_BYTES:
        raise FileFault("too-big", megabytes=MOST_BYTES // 1024**2)
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    units = xliff.read(content, language) if start == b"<" else spreadsheet.read(content, language)
    if not units:
        raise FileFault("no-units")
    return units
