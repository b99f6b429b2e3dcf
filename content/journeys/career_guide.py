"""Career guide: which schemes may fit a person, what is missing, which jobs are asked for, what comes next.

What a scheme's record does not tell is told as not known, never counted against anybody. Not here: words,
the steps (`content.journeys.career_guide_steps`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from content.journeys.service_finder import Service, find_services
from content.records import AgeSpan, OccupationFacts, SchemeFacts

type School = Literal["little", "primary", "secondary", "trade", "degree"]
type Level = Literal["none", "some", "good"]
type Family = Literal["stays", "comes", "none"]
type Away = Literal["season", "years", "settle"]
type Obstacle = Literal["no-passport", "health", "police"]
type Costs = Literal["saved", "borrow", "employer"]

type Against = Literal[
    "too-young", "too-old", "family", "not-yet-open", "too-long", "not-for-ever", "for-ever"
]
type Missing = Literal["job-offer", "language-test", "passport"]
type Note = Literal[
    "lottery", "family-some", "family-no", "not-sure-open", "changing", "origins-not-known", "age-not-known",
    "your-work", "other-work",
]  # fmt: skip
type Thought = Literal["health", "police", "borrow", "employer", "family", "earn", "home"]
type Step = Literal[
    "office", "ask-which", "passport", "language", "certificate", "recognition", "english", "work-out",
    "check",
]  # fmt: skip

_LONGEST_SEASON = 12  # months
_MOST_FITS = 4
_MOST_JOBS = 3
_MOST_THOUGHTS = 4
_MOST_STEPS = 3
_MOST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class CareerFacts:
    """What a person told of themselves; None, or nothing, is what they did not tell."""

    origin: str | None = None
    age: int | None = None
    school: School | None = None
    work: tuple[str, ...] = ()
    english: Level | None = None
    family: Family | None = None
    away: Away | None = None
    obstacles: tuple[Obstacle, ...] = ()
    costs: Costs | None = None


@dataclass(frozen=True, slots=True)
class SchemeFit:
    """How a scheme fits: what speaks against it, what is still missing, what is to be said of it."""

    scheme: SchemeFacts
    ages: AgeSpan | None
    against: tuple[Against, ...]
    missing: tuple[Missing, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """An occupation of the person's work, and the countries and schemes that ask for it."""

    occupation: OccupationFacts
    where: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class CareerOutcome:
    """The schemes that may fit, the best first; those that do not, and why; `others` are for other countries.

    `services` and `answers` are ids, in order.
    """

    fits: tuple[SchemeFit, ...]
    not_now: tuple[SchemeFit, ...]
    others: int
    jobs: tuple[Job, ...]
    thoughts: tuple[Thought, ...]
    steps: tuple[Step, ...]
    services: tuple[str, ...]
    answers: tuple[str, ...]


def guide(
    facts: CareerFacts,
    schemes: Iterable[SchemeFacts],
    occupations: Sequence[OccupationFacts],
    at_home: Sequence[Service],
) -> CareerOutcome:
    """What may fit a person; `at_home` are the services of their country."""
    ways = [scheme for scheme in schemes if _is_a_way(scheme)]
    for_them = [scheme for scheme in ways if not scheme.origins or facts.origin in (None, *scheme.origins)]
    told = [_fit(scheme, facts) for scheme in for_them]
    fits = _best([each for each in told if not each.against], facts)
    jobs = tuple(_jobs(facts, occupations, fits))
    return CareerOutcome(
        fits=fits,
        not_now=tuple(each for each in told if each.against and each.scheme.origins),
        others=len(ways) - len(for_them),
        jobs=jobs,
        thoughts=tuple(_thoughts(facts))[:_MOST_THOUGHTS],
        steps=_steps(facts, fits, jobs, at_home),
        services=_services(facts, fits, at_home),
        answers=tuple(dict.fromkeys(_answers(facts, fits)))[:_MOST_ANSWERS],
    )


def _is_a_way(scheme: SchemeFacts) -> bool:
    return scheme.status != "closed" and scheme.purpose in ("work", "settling")


def _fit(scheme: SchemeFacts, facts: CareerFacts) -> SchemeFit:
    ages = _ages(scheme, facts.origin)
    return SchemeFit(
        scheme=scheme,
        ages=ages,
        against=tuple(_against(scheme, facts, ages)),
        missing=tuple(_missing(scheme, facts)),
        notes=tuple(_notes(scheme, facts, ages)),
    )


def _ages(scheme: SchemeFacts, origin: str | None) -> AgeSpan | None:
    """The span for the origin, else that for all others."""
    of_origin = next((span for span in scheme.ages if span.origin == origin and origin), None)
    return of_origin or next((span for span in scheme.ages if span.origin is None), None)


def _against(scheme: SchemeFacts, facts: CareerFacts, ages: AgeSpan | None) -> Iterator[Against]:
    least = ages.least if ages else None
    most = ages.most if ages else None
    shortest, longest = scheme.months or (None, None)
    settles = scheme.purpose == "settling"
    found: tuple[tuple[Against, bool], ...] = (
        ("not-yet-open", scheme.status == "not-yet-open"),
        ("too-young", None not in (facts.age, least) and facts.age < least),  # type: ignore[operator]
        ("too-old", None not in (facts.age, most) and facts.age > most),  # type: ignore[operator]
        ("family", facts.family == "comes" and scheme.family == "no"),
        ("too-long", facts.away == "season" and shortest is not None and shortest > _LONGEST_SEASON),
        ("for-ever", facts.away in ("season", "years") and settles),
        ("not-for-ever", facts.away == "settle" and not settles and longest is not None),
    )
    return (against for against, holds in found if holds)


def _missing(scheme: SchemeFacts, facts: CareerFacts) -> Iterator[Missing]:
    if scheme.language_test:
        yield "language-test"
    if scheme.job_offer_needed:
        yield "job-offer"
    if "no-passport" in facts.obstacles:
        yield "passport"


def _notes(scheme: SchemeFacts, facts: CareerFacts, ages: AgeSpan | None) -> Iterator[Note]:
    family = facts.family in ("comes", None)
    work = bool(facts.work) and bool(scheme.sectors)
    fits = not set(facts.work).isdisjoint(scheme.sectors)
    found: tuple[tuple[Note, bool], ...] = (
        ("your-work", work and fits),
        ("other-work", work and not fits),
        ("lottery", scheme.lottery),
        ("family-some", family and scheme.family == "some"),
        ("family-no", facts.family is None and scheme.family == "no"),
        ("age-not-known", facts.age is None and ages is not None),
        ("changing", scheme.status == "changing"),
        ("not-sure-open", scheme.status == "unknown"),
        ("origins-not-known", not scheme.origins),
    )
    return (note for note, holds in found if holds)


def _best(fits: Sequence[SchemeFit], facts: CareerFacts) -> tuple[SchemeFit, ...]:
    """Those known to be for the origin, then by the person's work, then those that are surely open.

    A scheme of which it is not known for whom it is, is told only to those who know its work, or whom
    nothing else fits.
    """
    sure = [each for each in fits if each.scheme.origins]
    perhaps = [each for each in fits if not each.scheme.origins and each.scheme.status == "open"]
    perhaps = [each for each in perhaps if "your-work" in each.notes or not sure]

    def order(fit: SchemeFit) -> tuple[bool, bool, bool]:
        wishes_to_stay = facts.away == "settle"
        return (
            (fit.scheme.purpose == "settling") != wishes_to_stay,
            "your-work" not in fit.notes,
            "not-sure-open" in fit.notes,
        )

    return (*sorted(sure, key=order), *sorted(perhaps, key=order))[:_MOST_FITS]


def _jobs(
    facts: CareerFacts, occupations: Sequence[OccupationFacts], fits: Sequence[SchemeFit]
) -> Iterator[Job]:
    """Occupations of the person's sectors that a scheme which fits asks for, or a country without one."""
    open_to_them = {fit.scheme.scheme for fit in fits}
    found = 0
    for occupation in occupations:
        asked = [each for each in occupation.demand if each.sector in facts.work]
        where = [each for each in asked if each.scheme is None or each.scheme in open_to_them]
        if where and found < _MOST_JOBS:
            found += 1
            places = dict.fromkeys((each.destination, each.scheme) for each in where)
            yield Job(occupation, tuple(places))


def _thoughts(facts: CareerFacts) -> Iterator[Thought]:
    found: tuple[tuple[Thought, bool], ...] = (
        ("health", "health" in facts.obstacles),
        ("police", "police" in facts.obstacles),
        ("borrow", facts.costs == "borrow"),
        ("employer", facts.costs == "employer"),
        ("family", facts.family in ("stays", "comes")),
        ("earn", True),
        ("home", True),
    )
    return (thought for thought, holds in found if holds)


def _steps(
    facts: CareerFacts, fits: Sequence[SchemeFit], jobs: Sequence[Job], at_home: Sequence[Service]
) -> tuple[Step, ...]:
    """First the right door, then what takes longest; to work out and to check is always right."""
    missing = {what for fit in fits[:1] for what in fit.missing}
    wanted: tuple[tuple[Step, bool], ...] = (
        ("office", bool(_services(facts, fits, at_home))),
        ("ask-which", bool(fits) and not _services(facts, fits, at_home)),
        ("passport", "no-passport" in facts.obstacles),
        ("language", "language-test" in missing),
        ("certificate", any(job.occupation.certificate for job in jobs)),
        ("recognition", facts.school in ("trade", "degree")),
        ("english", facts.english == "none" and "language-test" not in missing),
    )
    first = [step for step, holds in wanted if holds][: _MOST_STEPS - 1]
    last: tuple[Step, ...] = ("work-out", "check")
    return (*first, *last[-(_MOST_STEPS - len(first)) :]) if first else last


def _services(facts: CareerFacts, fits: Sequence[SchemeFit], at_home: Sequence[Service]) -> tuple[str, ...]:
    """Where to apply for what fits; else who at home tells about work abroad."""
    doors = [id_ for fit in fits for id_ in fit.scheme.apply_at.get(facts.origin or "", ())]
    found = find_services({"need": "apply", "country": facts.origin or ""}, at_home)
    return tuple(dict.fromkeys((*doors, *(found.services if found.fits else ()))))[:_MOST_STEPS]


def _answers(facts: CareerFacts, fits: Sequence[SchemeFit]) -> Iterator[str]:
    found: tuple[tuple[str, bool], ...] = (
        ("decide.age-and-health", "health" in facts.obstacles),
        ("documents.police-and-medical", "police" in facts.obstacles),
        ("money.loans", facts.costs == "borrow"),
        *((key, True) for fit in fits[:1] for key in fit.scheme.answers[:1]),
        ("decide.with-little-schooling", facts.school == "little"),
        ("skills.recognition", facts.school in ("trade", "degree")),
        ("decide.should-i-go", True),
        ("decide.which-scheme-fits-me", True),
    )
    return (key for key, holds in found if holds)
