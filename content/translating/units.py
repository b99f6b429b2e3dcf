"""Units: the pieces of a translator's file, whatever its format. A text has two, its title and its body.

Not here: the formats (`content.translating.xliff`, `content.translating.spreadsheet`), and what becomes of
units that come back (`content.translating.judging`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from content.translating.texts import WorkState, WorkText

Part = Literal["title", "body"]
PARTS: tuple[Part, ...] = ("title", "body")
MOST_BYTES = 8 * 1024 * 1024
MOST_UNITS = 10_000


class FileFault(Exception):
    """A file that cannot be read at all; `name` says why, `values` fill the blanks of its words."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(name)
        self.name = name
        self.values = values


@dataclass(frozen=True, slots=True)
class UnitOut:
    """One piece for a translator."""

    text: WorkText
    part: Part
    source: str
    target: str

    @property
    def id(self) -> str:
        """The same in every file: `key/variant/part`."""
        return f"{self.text.key}/{self.text.variant}/{self.part}"

    @property
    def state(self) -> WorkState:
        """How far the text is."""
        return self.text.state


@dataclass(frozen=True, slots=True)
class UnitIn:
    """One piece that came back. `meaning` is of the source that was translated, `line` where it stands.

    `finished`: the translator says that this is the translation, also if nothing in it has changed.
    """

    id: str
    target: str
    meaning: str
    finished: bool
    line: int

    @property
    def place(self) -> tuple[str, str, str]:
        """Key, variant and part as the id names them; variant and part are empty if it is none of ours."""
        match self.id.split("/"):
            case [key, variant, part] if part in PARTS:
                return (key, variant, part)
            case _:
                return (self.id, "", "")

    def kept(self) -> dict[str, str]:
        """As it is stored until it is decided on."""
        finished = "yes" if self.finished else ""
        return {
            "id": self.id,
            "target": self.target,
            "meaning": self.meaning,
            "finished": finished,
            "line": str(self.line),
        }

    @classmethod
    def of_kept(cls, kept: Mapping[str, str]) -> Self:
        """What was stored."""
        return cls(kept["id"], kept["target"], kept["meaning"], kept["finished"] == "yes", int(kept["line"]))


def units_out(texts: Iterable[WorkText]) -> Iterator[UnitOut]:
    """The pieces of texts, title before body."""
    for text in texts:
        yield UnitOut(text, "title", text.source.title, text.current.title)
        yield UnitOut(text, "body", text.source.body, text.current.body)


def plain_lines(text: str) -> str:
    """A text that went through other programs: its lines end as ours do."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_language(found: str, wanted: str) -> None:
    """Raise FileFault if a file says that it is in another language; `bi-VU` is `bi`."""
    said, ours = found.strip().lower(), wanted.lower()
    if said and said != ours and not said.startswith(f"{ours}-"):
        raise FileFault("other-language", found=found.strip()[:20])
