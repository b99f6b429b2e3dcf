"""Looking an agency up in the registers that are in force, by its licence number or by its name.

What a name is compared with is kept in memory from one import to the next. Not here: how registers come
in (`content.imports`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from rapidfuzz import fuzz, process
from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import Session

from content.models import Agency, FileImport
from content.register_files import number_of
from content.search.normalise import normalise
from content.store import reading

LIKE_ENOUGH = 80.0
"""From 0 to 100: below it a name is another agency's."""

# Who gives one word of a name may mean another that has it too.
_PART_OF_A_NAME = 90.0

# What half of all agencies are called tells none of them apart.
_EVERYWHERE = re.compile(
    r"\b(?:agency|agencies|co|company|corp|corporation|employment|inc|incorporated|international|limited|ltd"
    r"|manpower|overseas|placement|private|pte|pvt|pt|recruitment|recruiting|resources|services?|sdn|bhd"
    r"|the|and)\b"
)


@dataclass(frozen=True, slots=True)
class AgencyText:
    """An agency as its register has it; `likeness` is 100 where it was found by its own name or number."""

    country: str
    register: str
    name: str
    licence: str
    status: str
    valid_from: date | None
    valid_until: date | None
    address: str
    imported_on: date
    likeness: float = 100.0

    def is_over(self, day: date) -> bool:
        """Whether its licence has run out by a day, as far as the register says."""
        return self.valid_until is not None and self.valid_until < day


@dataclass(frozen=True, slots=True)
class RegisterText:
    """A register that is in force: how many agencies it has, and since when we have it."""

    country: str
    name: str
    agencies: int
    imported_on: date


class Registers:
    """All reads of registers. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._names: dict[str, tuple[tuple[int, ...], dict[int, str]]] = {}

    def of_country(self, country: str) -> tuple[RegisterText, ...]:
        """The registers of a country that are in force; none means that we have none to look in."""
        wanted = (
            select(Agency.country, Agency.register, func.count(), func.max(Agency.imported_on))
            .where(Agency.country == country, Agency.import_id.in_(_in_force()))
            .group_by(Agency.country, Agency.register)
            .order_by(Agency.register)
        )
        with reading(self._engine) as session:
            return tuple(
                RegisterText(place, name, number, day) for place, name, number, day in session.execute(wanted)
            )

    def by_licence(self, country: str, licence: str) -> tuple[AgencyText, ...]:
        """Agencies with a licence number, however it is written."""
        number = number_of(licence)
        if not number:
            return ()
        with reading(self._engine) as session:
            wanted = select(Agency).where(
                Agency.country == country, Agency.number == number, Agency.import_id.in_(_in_force())
            )
            return tuple(_text(agency) for agency in session.scalars(wanted.order_by(Agency.id)))

    def by_name(self, country: str, name: str, *, most: int = 5) -> tuple[AgencyText, ...]:
        """Agencies whose names are like a name, the likest first."""
        plain = _telling(normalise(name))
        with reading(self._engine) as session:
            scores = _likest(plain, self._names_of(session, country), most)
            agencies = session.scalars(select(Agency).where(Agency.id.in_(scores))).all()
            by_likeness = sorted(agencies, key=lambda agency: (-scores[agency.id], agency.name))
            return tuple(_text(agency, scores[agency.id]) for agency in by_likeness)

    def _names_of(self, session: Session, country: str) -> dict[int, str]:
        """The names of a country's agencies, read anew when another import came into force."""
        current: Sequence[int] = session.scalars(
            select(Agency.import_id)
            .where(Agency.country == country, Agency.import_id.in_(_in_force()))
            .distinct()
            .order_by(Agency.import_id)
        ).all()
        with self._lock:
            kept = self._names.get(country)
        if kept is None or kept[0] != tuple(current):
            rows = session.execute(select(Agency.id, Agency.plain).where(Agency.import_id.in_(current)))
            kept = (tuple(current), {id_: _telling(plain) for id_, plain in rows})
            with self._lock:
                self._names[country] = kept
        return kept[1]


def _likest(plain: str, names: Mapping[int, str], most: int) -> dict[int, float]:
    """The ids of the names most like one, with their likeness: whole names first, else those that hold it."""
    joined = {id_: name.replace(" ", "") for id_, name in names.items()}
    whole = _extracted(plain, names, fuzz.token_sort_ratio, most)
    for id_, score in _extracted(plain.replace(" ", ""), joined, fuzz.ratio, most).items():
        whole[id_] = max(score, whole.get(id_, 0))
    parts = {} if whole else _extracted(plain, names, fuzz.token_set_ratio, most)
    found = whole or {id_: min(score, _PART_OF_A_NAME) for id_, score in parts.items()}
    return dict(sorted(found.items(), key=lambda each: -each[1])[:most])


def _extracted(
    plain: str, names: Mapping[int, str], scorer: Callable[..., float], most: int
) -> dict[int, float]:
    found = process.extract(plain, names, scorer=scorer, score_cutoff=LIKE_ENOUGH, limit=most)
    return {id_: score for _, score, id_ in found}


def _in_force() -> Select[int]:
    """The newest told import of every register."""
    return (
        select(func.max(FileImport.id))
        .where(FileImport.state == "told", FileImport.register_id.is_not(None))
        .group_by(FileImport.register_id)
    )


def _telling(plain: str) -> str:
    """The words of a name that tell it apart from others; all of them if there are none such."""
    return " ".join(_EVERYWHERE.sub(" ", plain).split()) or plain


def _text(agency: Agency, likeness: float = 100.0) -> AgencyText:
    return AgencyText(
        country=agency.country,
        register=agency.register,
        name=agency.name,
        licence=agency.licence,
        status=agency.status,
        valid_from=agency.valid_from,
        valid_until=agency.valid_until,
        address=agency.address,
        imported_on=agency.imported_on,
        likeness=round(likeness, 1),
    )
