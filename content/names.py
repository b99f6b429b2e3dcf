"""Names in typed text: the values of a gazetteer, by their names and aliases in any of its languages."""

import re
from collections.abc import Iterable

from content.search.normalise import normalise
from content.texts import GazetteerValue


class Names:
    """Finds values of a gazetteer in typed text; the longest name wins. Immutable."""

    def __init__(self, values: Iterable[GazetteerValue]) -> None:
        self._values: dict[str, str] = {}
        for value in values:
            names = [*value.names.values(), *(alias for some in value.aliases.values() for alias in some)]
            self._values |= {plain: value.value for name in names if (plain := normalise(name))}
        longest_first = sorted(self._values, key=len, reverse=True)
        self._names = (
            re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b") if longest_first else None
        )

    def in_text(self, text: str) -> list[str]:
        """The values named, in order."""
        return self.in_plain(normalise(text))

    def left_out(self, plain: str) -> str:
        """A normalised text without the names in it."""
        return plain if self._names is None else " ".join(self._names.sub(" ", plain).split())

    def in_plain(self, plain: str) -> list[str]:
        """The values named in a text that is normalised already, in order."""
        if self._names is None:
            return []
        return [self._values[found[0]] for found in self._names.finditer(plain)]
