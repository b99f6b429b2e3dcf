"""The result of the agency check: what the registers say, the country's own way to check, whom to ask.

Not here: the verdicts (`content.journeys.agency_check`).
"""

from collections.abc import Iterator

from content.compose.journeys import journey_starts
from content.compose.writer import Writer, service_line
from content.journeys.agency_check import AgencyOutcome, FoundAgency
from content.messages import Message, Source
from content.records import AgencyCheck
from content.texts import RecordText

JOURNEY = "agency-check"
_MOST_ANSWERS = 2
_MOST_ALIKE = 3
_MOST_SOURCES = 3


def agency_check(writer: Writer, outcome: AgencyOutcome, name: str) -> Message:
    """The verdict with what was found, then how to check it oneself."""
    way = outcome.way and writer.repository.record(AgencyCheck, outcome.way.id, writer.language)
    parts = [
        *_verdict(writer, outcome, name),
        *(_way(writer, way) if way else ()),
        writer.say("agency-check.last"),
    ]
    services = writer.repository.services(writer.language, ids=outcome.services)
    return Message(
        kind="journey",
        text="\n\n".join(parts),
        language=writer.language,
        title=writer.say("agency-check.title"),
        translation=way.translation if way else None,
        checked_on=min((each.imported_on for each in outcome.registers), default=None),
        sources=list(_sources(way)) if way else [],
        services=[service_line(service) for service in services],
        buttons=[
            writer.button("agency-check.again", JOURNEY),
            *(each for each in journey_starts(writer) if each.payload != JOURNEY),
            *writer.answer_buttons(outcome.answers, most=_MOST_ANSWERS),
            writer.button("person.button", "person"),
            writer.button("menu.button", "menu"),
        ],
    )


def _verdict(writer: Writer, outcome: AgencyOutcome, name: str) -> Iterator[str]:
    country = writer.name_of("country", outcome.way.country) if outcome.way else ""
    headline = writer.say(f"agency-check.verdict.{outcome.verdict}", name=name, country=country)
    yield f"**{headline}**"
    yield writer.say(f"agency-check.means.{outcome.verdict}", country=country)
    if outcome.found:
        yield "\n".join(f"- {_agency(writer, each)}" for each in outcome.found)
    if outcome.alike:
        listed = "\n".join(f"- {_agency(writer, each)}" for each in outcome.alike[:_MOST_ALIKE])
        yield f"{writer.say('agency-check.alike')}\n\n{listed}"
    for doubt in outcome.doubts:
        yield writer.say(f"agency-check.doubt.{doubt}")
    for register in outcome.registers:
        day = writer.words.day(register.imported_on, writer.language)
        yield writer.say("agency-check.register", register=register.name, day=day)


def _agency(writer: Writer, found: FoundAgency) -> str:
    agency = found.agency
    state = writer.say(f"agency-check.state.{found.state}")
    until = (
        writer.say("agency-check.until", day=writer.words.day(agency.valid_until, writer.language))
        if agency.valid_until
        else ""
    )
    return ", ".join(part for part in (agency.name, agency.licence, state, until) if part)


def _way(writer: Writer, way: RecordText[AgencyCheck]) -> Iterator[str]:
    """The country's own way, step by step."""
    yield f"**{writer.say('agency-check.how', country=writer.name_of('country', way.about.country))}**"
    yield way.words["lead"]
    yield "\n".join(
        f"- {way.words[slot]}" for slot in way.about.slots() if slot != "lead" and slot in way.words
    )
    if way.about.register_url:
        yield f"{writer.say('agency-check.list')} {way.about.register_url}"


def _sources(way: RecordText[AgencyCheck]) -> Iterator[Source]:
    seen = {str(source.url): source for source in reversed(way.about.sources)}
    for url, source in list(reversed(seen.items()))[:_MOST_SOURCES]:
        yield Source(title=source.title, publisher=source.publisher, url=url, checked_on=source.checked_on)
