"""How complete the catalogues of the interface are: the words of menus, buttons and errors that people read.

Not here: the staff console's own words (`console.po`), which need not be in every language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from content.catalogues import catalogue_path
from content.words import SOURCE_LANGUAGE, Words, read_catalogue


@dataclass(frozen=True, slots=True)
class Entry:
    """One message: its id, its English words, and where it is shown."""

    id: str
    text: str
    shown: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a language's catalogue is."""

    language: str
    number: int
    missing: tuple[Entry, ...]

    @property
    def there(self) -> int:
        """How many messages have words."""
        return self.number - len(self.missing)

    @property
    def percent(self) -> int:
        """The same in the hundred, rounded down: all is only all."""
        return self.there * 100 // self.number if self.number else 100


def entries(folder: Path) -> tuple[Entry, ...]:
    """All messages of the English catalogue."""
    return tuple(
        Entry(str(message.id), str(message.string), " ".join(message.auto_comments))
        for message in read_catalogue(catalogue_path(folder, SOURCE_LANGUAGE))
        if message.id
    )


def completeness(known: Sequence[Entry], words: Words) -> list[Completeness]:
    """How far each language is."""
    return [
        Completeness(
            language,
            len(known),
            tuple(entry for entry in known if not words.has(entry.id, language)),
        )
        for language in words.languages()
        if language != SOURCE_LANGUAGE
    ]
