"""What registers call the state of a licence, and words of a company's name that tell nothing: from a file.

Not here: what follows from a state (`content.journeys.agency_check`).
"""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from content.registers import AgencyText
from content.schema import Part
from content.search.normalise import normalise
from content.yaml_text import load

type LicenceState = Literal["cancelled", "suspended", "expired", "not-yet", "valid", "unknown"]

_FILE = Path(__file__).parent / "data" / "licences.yml"


class LicenceWords(Part):
    """`data/licences.yml`: the words for each state, the worst first, and legal forms of companies."""

    states: dict[Literal["cancelled", "suspended", "expired", "not-yet", "valid"], list[str]]
    legal_forms: list[str]


def state_of(agency: AgencyText, day: date) -> LicenceState:
    """The state of a licence on a day; a register that says nothing but the days counts by these."""
    said = normalise(agency.status)
    state = _said(said)
    if state == "valid" or (not said and agency.valid_until is not None):
        if agency.is_over(day):
            return "expired"
        return "not-yet" if agency.valid_from is not None and agency.valid_from > day else "valid"
    return state


def same_name(one: str, other: str) -> bool:
    """Whether two names are one company's: equal but for case, marks and legal form."""
    return bool(_plain(one)) and _plain(one) == _plain(other)


def _said(status: str) -> LicenceState:
    for state, words in _words().states.items():
        if any(re.search(rf"\b{re.escape(normalise(word))}\b", status) for word in words):
            return state
    return "unknown"


def _plain(name: str) -> str:
    forms = _words().legal_forms
    words = normalise(name.replace("&", " and ").replace(".", "")).split()
    return " ".join(word for word in words if word not in forms)


@cache
def _words() -> LicenceWords:
    return LicenceWords.model_validate(load(_FILE.read_text(encoding="utf-8")))
