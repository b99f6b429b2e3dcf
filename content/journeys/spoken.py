"""How people say what a journey's buttons say: back, skip, yes, "the ticket"; files in `data/spoken/`.

Not here: how a text is looked through for them (`content.journeys.naming`).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from content.schema import Part
from content.search.normalise import normalise
from content.words import SOURCE_LANGUAGE
from content.yaml_text import load

_DATA = Path(__file__).parent / "data" / "spoken"

type Control = Literal["back", "skip", "why", "stop"]
type Ways = Mapping[str, tuple[str, ...]]
"""Ways to say a value, by value."""

CONTROLS: tuple[Control, ...] = get_args(Control.__value__)


class Spoken(Part):
    """`data/spoken/<lang>.yml`: controls, choices of steps, words that begin a question, small words."""

    controls: dict[Control, tuple[str, ...]]
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


def small_words(language: str) -> frozenset[str]:
    """Words that say nothing beside an answer: "it is for the …"."""
    return frozenset((*spoken(language).small, *spoken(SOURCE_LANGUAGE).small))


def is_asking(text: str, language: str) -> bool:
    """Whether a text has the form of a question: its mark, or a word that begins one."""
    first = normalise(text).partition(" ")[0]
    return "?" in text or first in {*spoken(language).asking, *spoken(SOURCE_LANGUAGE).asking}


@cache
def _files() -> Mapping[str, Spoken]:
    return {
        path.stem: Spoken.model_validate(load(path.read_text(encoding="utf-8")))
        for path in sorted(_DATA.glob("*.yml"))
    }
