"""Countries named in a message, by the gazetteer's names, aliases and towns."""

import re
from collections.abc import Iterable

from content.search.normalise import normalise
from content.texts import GazetteerValue


class Places:
    """Finds countries in typed text, in any of the gazetteer's languages. Immutable."""

    def __init__(self, countries: Iterable[GazetteerValue]) -> None:
        self._destinations: set[str] = set()
        self._codes: dict[str, str] = {}
        for country in countries:
            if "destination" in country.roles:
                self._destinations.add(country.value)
            names = [*country.names.values(), *(alias for some in country.aliases.values() for alias in some)]
            self._codes |= {plain: country.value for name in names if (plain := normalise(name))}
        longest_first = sorted(self._codes, key=len, reverse=True)
        self._names = (
            re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b") if longest_first else None
        )

    def named_in(self, text: str) -> list[str]:
        """ISO codes of the countries named, in order."""
        if self._names is None:
            return []
        return [self._codes[found[0]] for found in self._names.finditer(normalise(text))]

    def is_destination(self, code: str) -> bool:
        """Whether people go to this country to work."""
        return code in self._destinations

    def whereabouts(self, text: str) -> str | None:
        """The country in which somebody who writes this probably is: a place of work before a home."""
        named = self.named_in(text)
        return next((code for code in named if code in self._destinations), named[0] if named else None)
