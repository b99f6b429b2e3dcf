"""How far each answer concerns the corridor that a question names, or that is known of the person.

An answer for Korea must not be told to somebody who asks about Japan, and rather not to somebody who
names no country at all. What the question names counts; what is known from before stands in for what
it leaves unsaid. Immutable. Not here: the ranking that this leans (`index`), the weights (`decision`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from content.names import Names
from content.texts import ANYWHERE, Corridor, GazetteerValue

type _Which = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Leaning:
    """What each relation between an answer and a corridor adds to the answer's score.

    `same` and `other`: its destination or scheme is named, or another one is. `scheme` and `origin` come
    on top where those are named. `unnamed`: it concerns some corridor and the question names none.
    `general`: it concerns nobody in particular and the question names a corridor. `known` is the share
    of all these that what we know from before has.
    """

    same: float
    other: float
    scheme: float
    origin: float
    unnamed: float
    general: float
    known: float


@dataclass(frozen=True, slots=True)
class _Named:
    schemes: frozenset[str]
    destinations: frozenset[str]
    origins: frozenset[str]

    @property
    def way(self) -> bool:
        """Whether it says where to."""
        return bool(self.schemes or self.destinations)


class Corridors:
    """What each answer concerns, ready to be compared with a question."""

    def __init__(
        self,
        answers: Sequence[str],
        concerns: Mapping[str, Sequence[Corridor]],
        countries: Iterable[GazetteerValue],
        schemes: Iterable[GazetteerValue],
    ) -> None:
        """Compare for these answers, in their order."""
        countries, schemes = tuple(countries), tuple(schemes)
        self._countries, self._schemes = Names(countries), Names(schemes)
        self._leads_to = {scheme.value: scheme.destination for scheme in schemes if scheme.destination}
        self._roles = {country.value: country.roles for country in countries}
        each = [concerns.get(answer, ()) for answer in answers]
        self._by_scheme = _where([{c.scheme for c in some} for some in each])
        self._by_origin = _where([{c.origin for c in some} for some in each])
        self._by_destination = _where([{self._destination(c) for c in some} for some in each])
        none = np.zeros(len(answers), dtype=bool)
        self._none: _Which = none
        self._of_scheme = _any(self._by_scheme.values(), none)
        self._of_origin = _any(self._by_origin.values(), none)
        self._of_destination = _any(self._by_destination.values(), none)
        self._of_way = self._of_scheme | self._of_destination
        self._of_any = self._of_way | self._of_origin

    def lean(self, plain: str, leaning: Leaning, known: Corridor = ANYWHERE) -> NDArray[np.float64]:
        """What to add to the score of each answer, for a normalised question."""
        named = self._named(self._schemes.in_plain(plain), self._countries.in_plain(plain))
        before = self._before(known, named)
        unnamed = self._none
        if not (named.way or before.way):
            unnamed = unnamed | self._of_way
        if not (named.origins or before.origins):
            unnamed = unnamed | (self._of_origin & ~self._of_way)
        lean: NDArray[np.float64] = (
            self._by(named, leaning) + leaning.known * self._by(before, leaning) + leaning.unnamed * unnamed
        )
        return lean

    def unnamed(self, plain: str) -> str:
        """A normalised question without the countries and schemes that it names."""
        return self._countries.left_out(self._schemes.left_out(plain))

    def _by(self, named: _Named, leaning: Leaning) -> NDArray[np.float64]:
        same = self._any_of(self._by_destination, named.destinations)
        scheme = self._any_of(self._by_scheme, named.schemes)
        origin = self._any_of(self._by_origin, named.origins)
        other = self._none
        if named.destinations:
            other = other | (self._of_destination & ~same)
        if named.schemes:
            other = other | (self._of_scheme & ~scheme)
        if named.origins:
            other = other | (self._of_origin & ~origin)
        general = ~self._of_any if named.way else self._none
        lean: NDArray[np.float64] = (
            leaning.same * same
            + leaning.scheme * scheme
            + leaning.origin * origin
            + leaning.other * other
            + leaning.general * general
        )
        return lean

    def _before(self, known: Corridor, named: _Named) -> _Named:
        """What is known from before, for as much as the question does not name itself."""
        schemes = [known.scheme] if known.scheme and not named.way else []
        countries = [known.destination] if known.destination and not named.way else []
        if known.origin and not named.origins:
            countries.append(known.origin)
        return self._named(schemes, countries)

    def _named(self, schemes: Sequence[str], countries: Sequence[str]) -> _Named:
        led_to = {self._leads_to[scheme] for scheme in schemes if scheme in self._leads_to}
        return _Named(
            frozenset(schemes),
            frozenset(code for code in countries if "destination" in self._roles.get(code, ())) | led_to,
            frozenset(code for code in countries if "origin" in self._roles.get(code, ())),
        )

    def _destination(self, corridor: Corridor) -> str | None:
        return corridor.destination or (self._leads_to.get(corridor.scheme) if corridor.scheme else None)

    def _any_of(self, by: Mapping[str, _Which], names: Iterable[str]) -> _Which:
        return _any((by[name] for name in names if name in by), self._none)


def _where(each: Sequence[set[str | None]]) -> dict[str, _Which]:
    """Of every name, which answers have it."""
    names = {name for some in each for name in some if name is not None}
    return {name: np.array([name in some for some in each]) for name in names}


def _any(which: Iterable[_Which], none: _Which) -> _Which:
    found = none
    for one in which:
        found = found | one
    return found
