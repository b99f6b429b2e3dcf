"""Countries named in a message, by the gazetteer's names, aliases and towns."""

from collections.abc import Iterable

from content.names import Names
from content.texts import GazetteerValue


class Places:
    """Finds countries in typed text, in any of the gazetteer's languages. Immutable."""

    def __init__(self, countries: Iterable[GazetteerValue]) -> None:
        countries = tuple(countries)
        self._names = Names(countries)
        self._destinations = {country.value for country in countries if "destination" in country.roles}

    def named_in(self, text: str) -> list[str]:
        """ISO codes of the countries named, in order."""
        return self._names.in_text(text)

    def is_destination(self, code: str) -> bool:
        """Whether people go to this country to work."""
        return code in self._destinations

    def whereabouts(self, text: str) -> str | None:
        """The country in which somebody who writes this probably is: a place of work before a home."""
        named = self.named_in(text)
        return next((code for code in named if code in self._destinations), named[0] if named else None)
