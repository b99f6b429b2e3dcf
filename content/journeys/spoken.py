"""How people say what a journey's buttons say: back, skip, yes, "the ticket"; files in `data/spoken/`.

Not here: how a text is looked through for them (`content.journeys.naming`).
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from content.schema import Part
from content.search.normalise import normalise
from content.words import SOURCE_LANGUAGE
from content.yaml_text import load

_DATA = Path(__file__).parent / "data" / "spoken"

type Ways = Mapping[str, tuple[str, ...]]
"""Ways to say a value, by value."""

# A number, or the letters beside one: "P50,000", "3k", "US$ 1500".
_FIGURES = re.compile(r"[^\W\d]{1,2}|[^\W\d]{0,2}\d+[^\W\d]{0,2}")

_EMERGENCY = 3  # digits of an emergency number

_MAY_BE_A_CRY = frozenset({"unsafe", "police"})  # values whose words the alarm must still hear

CONTROLS = ("back", "skip", "why", "stop")


class Spoken(Part):
    """`data/spoken/<lang>.yml`: controls, choices of steps, words that begin a question, small words."""

    controls: dict[str, tuple[str, ...]]
    asking: tuple[str, ...]
    small: tuple[str, ...]
    steps: dict[str, dict[str, tuple[str, ...]]]


def spoken(language: str) -> Spoken:
    """What people say in a language; nothing in one without a file."""
    return _files().get(language, Spoken(controls={}, asking=(), small=(), steps={}))


def ways_to_say(step: str, language: str) -> Ways:
    """How the choices of a step are said in a language, or in English, which people mix in."""
    files = [spoken(each) for each in dict.fromkeys((language, SOURCE_LANGUAGE))]
    told: dict[str, tuple[str, ...]] = {}
    for file in files:
        for value, ways in file.steps.get(step, {}).items():
            told[value] = (*told.get(value, ()), *ways)
    return told


def ways_to_control(language: str) -> Ways:
    """How back, skip, why and stop are said in a language, or in English."""
    files = [spoken(each) for each in dict.fromkeys((language, SOURCE_LANGUAGE))]
    return {
        control: tuple(way for file in files for way in file.controls.get(control, ()))
        for control in CONTROLS
    }


def is_short_answer(text: str) -> bool:
    """Whether a text is nothing but an answer to a journey, in any language: "stop", "yes", "P50,000".

    What may be a cry for help is none. Three digits alone are none: they may be the number of the police.
    """
    plain = normalise(text)
    if plain in _every_way() or _is_numbers_of_a_list(plain):
        return True
    may_be_police = plain.isdecimal() and len(plain) <= _EMERGENCY
    has_number = any(map(str.isdecimal, plain))
    return has_number and not may_be_police and all(map(_FIGURES.fullmatch, plain.split()))


def _is_numbers_of_a_list(plain: str) -> bool:
    """ "1, 2 and 5": several numbers, none as long as that of the police, and small words."""
    words = plain.split()
    numbers = [word for word in words if word.isdecimal()]
    small = frozenset(word for language in _files() for word in small_words(language))
    is_all = all(word in small for word in words if not word.isdecimal())
    return len(numbers) > 1 and is_all and all(len(number) < _EMERGENCY for number in numbers)


def small_words(language: str) -> frozenset[str]:
    """Words that say nothing beside an answer: "it is for the …"."""
    return frozenset((*spoken(language).small, *spoken(SOURCE_LANGUAGE).small))


def is_asking(text: str, language: str) -> bool:
    """Whether a text has the form of a question: its mark, or a word that begins one."""
    first = normalise(text).partition(" ")[0]
    return "?" in text or first in {*spoken(language).asking, *spoken(SOURCE_LANGUAGE).asking}


@cache
def _every_way() -> frozenset[str]:
    files = _files().values()
    controls = [way for file in files for ways in file.controls.values() for way in ways]
    choices = [(value, way) for file in files for step in file.steps.values() for value, ways in step.items()
               for way in ways]  # fmt: skip
    cries = {normalise(way) for value, way in choices if value in _MAY_BE_A_CRY}
    return frozenset(map(normalise, (*controls, *(way for _, way in choices)))) - cries


@cache
def _files() -> Mapping[str, Spoken]:
    return {
        path.stem: Spoken.model_validate(load(path.read_text(encoding="utf-8")))
        for path in sorted(_DATA.glob("*.yml"))
    }
