"""Words of the interface: message catalogues, gettext files by language.

`messages.po` is what people read, `console.po` what staff read; an id stands in one of them.

Message ids are symbolic (`menu.title`); English is a catalogue like the others. Languages
that CLDR does not know (Bislama, Tetum …) work like any other: the folder's name is the
language's code. Not here: answers, which live in the library.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

SOURCE_LANGUAGE = "en"
_LOCALES = Path(__file__).parents[1] / "locales"


class WordsError(Exception):
    """A catalogue cannot be read; the message names the file."""


def read_catalogue(path: Path) -> Catalog:
    """Read one catalogue file, whatever CLDR knows of its language."""
    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        raise WordsError(f"{path}: {error}") from error


@dataclass(frozen=True, init=False)
class Saying:
    """Something to be said: the id of a message, and what fills its blanks, sayings among it.

    Whoever shows it says it in the reader's language; as a text (in logs, at the command line) it is English.
    """

    message: str
    values: Mapping[str, object]

    def __init__(self, message: str, **values: object) -> None:
        object.__setattr__(self, "message", message)
        object.__setattr__(self, "values", values)

    def __hash__(self) -> int:
        return hash((self.message, *self.values))

    def __str__(self) -> str:
        return _english().say(self.message, SOURCE_LANGUAGE, **self.values)


class Words:
    """All catalogues of a folder, read once; or those of one language `only`."""

    def __init__(self, folder: Path, only: str = "*") -> None:
        self._texts: dict[str, dict[str, str]] = {}
        for path in sorted(folder.glob(f"{only}/LC_MESSAGES/*.po")):
            texts = self._texts.setdefault(path.parents[1].name, {})
            texts |= {
                str(message.id): str(message.string)
                for message in read_catalogue(path)
                if message.id and message.string and not message.fuzzy
            }
        if SOURCE_LANGUAGE not in self._texts:
            raise WordsError(f"{folder}: there is no English catalogue en/LC_MESSAGES/messages.po")

    def say(self, message: str, language: str, **values: object) -> str:
        """The words of a message id in a language, else in English; KeyError if in neither."""
        texts = self._texts.get(language, {})
        text = texts.get(message) or self._texts[SOURCE_LANGUAGE][message]
        if not values:
            return text
        return text.format(**{name: self._filling(value, language) for name, value in values.items()})

    def said(self, saying: Saying, language: str) -> str:
        """A saying in a language, as `say` says its message."""
        return self.say(saying.message, language, **saying.values)

    def _filling(self, value: object, language: str) -> object:
        """What stands in a blank: a saying is said, several are said one after the other."""
        if isinstance(value, Saying):
            return self.said(value, language)
        if isinstance(value, tuple):
            return "; ".join(str(self._filling(each, language)) for each in value)
        return value

    def has(self, message: str, language: str) -> bool:
        """Whether the language has words of its own for this message id."""
        return message in self._texts.get(language, {})

    def languages(self) -> tuple[str, ...]:
        """Codes of all catalogues, the source language first."""
        return self._ordered

    @cached_property
    def _ordered(self) -> tuple[str, ...]:
        return (SOURCE_LANGUAGE, *sorted(set(self._texts) - {SOURCE_LANGUAGE}))

    def name(self, language: str) -> str:
        """What the speakers of a language call it."""
        return self._texts.get(language, {}).get("language.name", language)

    def direction(self, language: str) -> Literal["ltr", "rtl"]:
        """The direction in which the language is written; its catalogue says so."""
        return "rtl" if self._texts.get(language, {}).get("language.direction") == "rtl" else "ltr"

    def day(self, day: object, language: str) -> str:
        """A date as the language's readers write it.

        The catalogue may state a locale for it (`language.dates`); CLDR lacks several languages.
        """
        return format_date(day, format="long", locale=self._locale(language))  # type: ignore[arg-type]

    def _locale(self, language: str) -> Locale:
        for code in (self._texts.get(language, {}).get("language.dates", ""), language, "en_AU"):
            try:
                return Locale.parse(code)
            except (UnknownLocaleError, ValueError):
                continue
        raise WordsError("Babel knows no locale en_AU")  # pragma: no cover - Babel ships it


@cache
def _english() -> Words:
    return Words(_LOCALES, only=SOURCE_LANGUAGE)
