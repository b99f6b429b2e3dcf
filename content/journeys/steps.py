"""The steps of a journey: what a person told so far, and what is asked next.

A journey is a function from what was told to the next question, so that going back is forgetting the last
step, and nothing else has to be undone. Not here: the steps of each journey, words, reading what was typed
(`content.journeys.reading`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

SKIPPED = ""
"""The value of a step that the person did not know, or did not want to tell."""

type Told = Mapping[str, str]
"""Values by step, in the order in which they were told; a value is a code, never a sentence."""

type Wanted = Literal[
    "choice",
    "country",
    "place",
    "amount",
    "currency",
    "months",
    "name",
    "number",
    "numbers",
    "percent",
    "day",
]

_NUMBER = re.compile(r"-\d+$")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked next: the step it fills, what is wanted, and what can be chosen from.

    `choices` are values of the step; where the list of them is not whole (countries), what is typed may be
    another one. `several` if one message may name several of them: `fee-1`, `fee-2` … `of` is the step
    that the question is about where there may be several: which fee's amount. `anywhere` if a country
    need not be one that people leave for work. `said_as` names another step that is said in the same words.
    `also` are values that are not offered but understood. A number is `between` two others.
    `fills` are codes of what fills the blanks of its words: ("period", "week"). A question that `stays_open`
    may be answered at any time, and is not put again after something else. Its words stand under its own
    name, or under that of which it is `one_of`.
    """

    step: str
    wanted: Wanted
    choices: tuple[str, ...] = ()
    several: bool = False
    can_skip: bool = True
    of: str | None = None
    anywhere: bool = False
    said_as: str = ""
    also: tuple[str, ...] = ()
    between: tuple[int, int] = (0, 1_000_000)
    fills: tuple[tuple[str, str], ...] = ()
    stays_open: bool = False
    one_of: str = ""

    @property
    def about(self) -> str:
        """The step without its number: `amount` of `amount-2`."""
        return about(self.step)


def about(step: str) -> str:
    """A step without its number."""
    return _NUMBER.sub("", step)


def number_of(step: str) -> int:
    """The number of a step that can come several times; 0 of one that cannot."""
    found = _NUMBER.search(step)
    return int(found[0][1:]) if found else 0


def one_back(told: Told) -> dict[str, str]:
    """What was told, without what the last message told: a step, or several of one kind."""
    steps = list(told)
    last = about(steps[-1]) if steps else ""
    while steps and about(steps[-1]) == last:
        steps.pop()
    return {step: told[step] for step in steps}


def known(told: Told, step: str) -> str | None:
    """The value of a step; None if it was skipped or is still to come."""
    return told.get(step) or None


def numbered(told: Told, step: str) -> Iterator[tuple[int, str]]:
    """The values of a step that can come several times, in order: `fee-1`, `fee-2` …"""
    number = 1
    while (value := told.get(f"{step}-{number}")) is not None:
        yield number, value
        number += 1
