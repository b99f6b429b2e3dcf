"""A pasted offer, read for what it tells of the questions of the offer check; words are in `data/offers/`.

Only what may be a sign is read, never that all is well: what an offer does not say is asked. "No processing
fee" is no fee. Not here: what the signs weigh (`content.journeys.offer_check`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from content.journeys.naming import named
from content.journeys.places import place_of
from content.journeys.reading import Names
from content.journeys.steps import Told, known
from content.schema import Part
from content.search.normalise import normalise
from content.yaml_text import load

_DATA = Path(__file__).parent / "data" / "offers"
_FEWEST_WORDS = 12
_FEWEST_SIGNS = 2
_BEFORE = 3  # words in which a "no" takes back what follows


class OfferWords(Part):
    """`data/offers/<lang>.yml`."""

    negations: list[str] = Field(alias="not")
    steps: dict[str, dict[str, list[str]]]


def offer_steps(text: str, told: Told, names: Names) -> dict[str, str]:
    """The steps that a pasted offer tells; nothing of a text that is short, or shows fewer than two signs.

    What was told before is not read again.
    """
    words = normalise(text).split()
    if len(words) < _FEWEST_WORDS:
        return {}
    found = dict(_signs(words))
    if len(found) < _FEWEST_SIGNS:
        return {}
    steps = {**_place(text, told, names), **found}
    return {step: value for step, value in steps.items() if step not in told}


def _signs(words: list[str]) -> Iterator[tuple[str, str]]:
    """Steps and values that the words of any language tell: offers mix them."""
    for known_words in _phrases():
        for step, value, phrase in known_words.phrases:
            if any(not known_words.is_negated(words, at) for at in _places(words, phrase)):
                yield step, value


def _places(words: list[str], phrase: tuple[str, ...]) -> Iterator[int]:
    """Where words have a phrase."""
    if phrase[0] in words:
        size = len(phrase)
        yield from (at for at in range(len(words) - size + 1) if tuple(words[at : at + size]) == phrase)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The words of a file as they are compared."""

    negations: tuple[tuple[str, ...], ...]
    phrases: tuple[tuple[str, str, tuple[str, ...]], ...]

    def is_negated(self, words: list[str], at: int) -> bool:
        """Whether a "no" stands just before a place."""
        before = words[max(0, at - _BEFORE) : at]
        return any(True for negation in self.negations for _ in _places(before, negation))


@cache
def _phrases() -> tuple[_Phrases, ...]:
    return tuple(
        _Phrases(
            negations=tuple(tuple(normalise(word).split()) for word in file.negations),
            phrases=tuple(
                (step, value, tuple(normalise(phrase).split()))
                for step, values in file.steps.items()
                for value, phrases in values.items()
                for phrase in phrases
            ),
        )
        for file in offer_words().values()
    )


def _place(text: str, told: Told, names: Names) -> dict[str, str]:
    """Where the offer leads to, if it names one scheme, or one country that is not the person's own."""
    schemes = named(text, names.schemes)
    countries = [country for country in named(text, names.countries) if country != known(told, "origin")]
    places = [place_of(scheme=scheme) for scheme in schemes] or [place_of(country=each) for each in countries]
    return {"place": places[0]} if len(places) == 1 and places[0] else {}


@cache
def offer_words() -> Mapping[str, OfferWords]:
    """The words by language, read once."""
    return {
        path.stem: OfferWords.model_validate(load(path.read_text(encoding="utf-8")))
        for path in sorted(_DATA.glob("*.yml"))
    }
