"""The result of the career guide: what may fit and what is missing, what does not and why, the next steps.

Not here: what fits (`content.journeys.career_guide`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from content.compose.journeys import journey_starts, scheme_title, title_of
from content.compose.writer import Writer, service_line
from content.journeys.career_guide import CareerFacts, CareerOutcome, Job, SchemeFit
from content.messages import Message, Source, Translation
from content.records import AgeSpan, OccupationFacts, SchemeFacts
from content.schema import SourceEntry
from content.texts import RecordText

JOURNEY = "career-guide"
_MONEY = "money"
_MOST_SOURCES = 4
_MOST_NOT_NOW = 5
_PARAGRAPH = "\n\n"
_WEAKEST_FIRST: tuple[Translation, ...] = ("missing", "outdated", "machine-drafted")


@dataclass(frozen=True, slots=True)
class CareerTexts:
    """The words of schemes and occupations, by id."""

    schemes: Mapping[str, RecordText[SchemeFacts]]
    occupations: Mapping[str, RecordText[OccupationFacts]]


def career_guide(writer: Writer, facts: CareerFacts, outcome: CareerOutcome, texts: CareerTexts) -> Message:
    """Who it is for, the schemes, the jobs, what to think of, three steps, and who knows more."""
    parts = [
        _lead(writer, facts),
        *_fits(writer, outcome, texts),
        _listed(writer, "not-now", _not_now(writer, outcome)),
        _listed(writer, "jobs", (_job(writer, job, texts) for job in outcome.jobs)),
        _listed(writer, "think", (writer.say(f"career-guide.think.{each}") for each in outcome.thoughts)),
        _steps(writer, outcome),
        writer.say("career-guide.kept"),
    ]
    told = [fit.scheme for fit in outcome.fits] or [fit.scheme for fit in outcome.not_now]
    shown = [texts.schemes[fit.scheme.id] for fit in outcome.fits]
    shown_jobs = [texts.occupations[job.occupation.id] for job in outcome.jobs]
    states = [each.translation for each in (*shown, *shown_jobs)]
    return Message(
        kind="journey",
        text=_PARAGRAPH.join(part for part in parts if part),
        language=writer.language,
        title=writer.say("career-guide.title"),
        translation=next((state for state in _WEAKEST_FIRST if state in states), None),
        checked_on=min((source.checked_on for scheme in told for source in scheme.sources), default=None),
        sources=list(_sources(scheme.sources[0] for scheme in told)),
        services=[
            service_line(service)
            for service in writer.repository.services(writer.language, ids=outcome.services)
        ],
        buttons=[
            *(each for each in journey_starts(writer) if each.payload == _MONEY),
            *writer.answer_buttons(outcome.answers, most=len(outcome.answers)),
            writer.button("career-guide.change", f"{JOURNEY}:change.last"),
            writer.button("career-guide.again", f"{JOURNEY}:change.all"),
            writer.button("person.button", "person"),
            writer.button("menu.button", "menu"),
        ],
    )


def _lead(writer: Writer, facts: CareerFacts) -> str:
    """What was told of the person, in a line; nothing where nothing was."""
    told = [
        *([title_of(writer, "origin", facts.origin)] if facts.origin else []),
        *([writer.say("career-guide.years", number=facts.age)] if facts.age is not None else []),
        *(title_of(writer, "work", each) for each in facts.work),
    ]
    return writer.say("career-guide.lead", told=", ".join(told)) if told else ""


def _fits(writer: Writer, outcome: CareerOutcome, texts: CareerTexts) -> Iterator[str]:
    if not outcome.fits:
        yield writer.say("career-guide.fits-none")
        return
    yield f"**{writer.say('career-guide.fits')}**"
    for fit in outcome.fits:
        words = texts.schemes[fit.scheme.id].words
        lines = [words["length"], *_missing(writer, fit), *_notes(writer, fit)]
        listed = "\n".join(f"- {line}" for line in lines)
        yield f"**{scheme_title(writer, fit.scheme.scheme)}**\n\n{listed}"


def _missing(writer: Writer, fit: SchemeFit) -> Iterator[str]:
    if fit.missing:
        wanted = ", ".join(writer.say(f"career-guide.missing.{each}") for each in fit.missing)
        yield f"{writer.say('career-guide.missing')}: {wanted}."


def _notes(writer: Writer, fit: SchemeFit) -> Iterator[str]:
    work = ", ".join(title_of(writer, "work", each) for each in fit.scheme.sectors)
    ages = _ages(writer, fit.ages)
    for note in fit.notes:
        yield writer.say(f"career-guide.note.{note}", work=work, ages=ages)


def _not_now(writer: Writer, outcome: CareerOutcome) -> Iterator[str]:
    for fit in outcome.not_now[:_MOST_NOT_NOW]:
        shortest, longest = fit.scheme.months or (0, 0)
        ages = _ages(writer, fit.ages)
        said = (
            writer.say(
                f"career-guide.against.{each}",
                ages=ages,
                months=longest if each == "not-for-ever" else shortest,
            )
            for each in fit.against
        )
        yield f"{scheme_title(writer, fit.scheme.scheme)}: {', '.join(said)}"
    if outcome.others:
        yield writer.say("career-guide.others", number=outcome.others)


def _ages(writer: Writer, ages: AgeSpan | None) -> str:
    least, most = (ages.least, ages.most) if ages else (None, None)
    if least is not None and most is not None:
        return writer.say("career-guide.ages.between", least=least, most=most)
    if least is not None:
        return writer.say("career-guide.ages.from", least=least)
    return writer.say("career-guide.ages.to", most=most) if most is not None else ""


def _job(writer: Writer, job: Job, texts: CareerTexts) -> str:
    """The occupation, where it is asked for, and whether it needs a certificate or a test."""
    where = dict.fromkeys(
        scheme_title(writer, scheme) if scheme else writer.name_of("country", country)
        for country, scheme in job.where
    )
    needs = [
        *([writer.say("career-guide.jobs.certificate")] if job.occupation.certificate else []),
        *([writer.say("career-guide.jobs.language-test")] if job.occupation.language_test else []),
    ]
    name = texts.occupations[job.occupation.id].words["name"]
    return "; ".join([f"{name}: {', '.join(where)}", *needs])


def _steps(writer: Writer, outcome: CareerOutcome) -> str:
    scheme = scheme_title(writer, outcome.fits[0].scheme.scheme) if outcome.fits else ""
    lines = [
        f"{number}. {writer.say(f'career-guide.step.{step}', scheme=scheme)}"
        for number, step in enumerate(outcome.steps, start=1)
    ]
    return f"**{writer.say('career-guide.steps')}**\n\n" + "\n".join(lines)


def _listed(writer: Writer, heading: str, lines: Iterable[str]) -> str:
    listed = "\n".join(f"- {line}" for line in lines)
    return f"**{writer.say(f'career-guide.{heading}')}**\n\n{listed}" if listed else ""


def _sources(entries: Iterable[SourceEntry]) -> Iterator[Source]:
    found = {entry.url: entry for entry in entries}
    for entry in list(found.values())[:_MOST_SOURCES]:
        yield Source(
            title=entry.title, publisher=entry.publisher, url=str(entry.url), checked_on=entry.checked_on
        )
