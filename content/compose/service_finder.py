"""The result of the service finder: who helps there, how to reach them, and what to have at hand.

Not here: which services fit (`content.journeys.service_finder`).
"""

from datetime import datetime

from content.compose.journeys import title_of
from content.compose.writer import Writer, service_line
from content.journeys.service_finder import Found
from content.messages import Message
from content.opening import OpeningTimes

JOURNEY = "service-finder"
_MOST_ANSWERS = 2


def service_finder(writer: Writer, found: Found, at: datetime) -> Message:
    """Services with all that is known of each, and whether they answer at a moment (UTC)."""
    services = writer.repository.services(writer.language, ids=found.services)
    country = writer.name_of("country", found.country or "")
    need = title_of(writer, "need", found.need) if found.need else ""
    parts = [
        f"**{need}: {country}**" if need else f"**{country}**",
        _lead(writer, found),
        writer.say("service-finder.before-you-call") if services else "",
        writer.say("service-finder.private"),
    ]
    return Message(
        kind="journey",
        text="\n\n".join(part for part in parts if part),
        language=writer.language,
        title=writer.say("service-finder.title"),
        checked_on=min((service.checked_on for service in services), default=None),
        services=[
            service_line(service, whole=True, now=_now(writer, service.opens, at)) for service in services
        ],
        buttons=[
            writer.button("service-finder.change", f"{JOURNEY}:change.last"),
            *writer.answer_buttons(found.answers, most=_MOST_ANSWERS),
            writer.button("service-finder.again", JOURNEY),
            writer.button("danger.button", "danger"),
            writer.button("person.button", "person"),
            writer.button("menu.button", "menu"),
        ],
    )


def _now(writer: Writer, opens: OpeningTimes | None, at: datetime) -> str:
    """Whether they answer now, by their clock; nothing where that is not known, or is always so."""
    if opens is None or opens.day_and_night:
        return ""
    then = opens.at(at)
    if then.opens is None:
        return writer.say("service-finder.open", time=then.clock)
    day = writer.say(f"weekday.{then.opens.weekday}")
    return writer.say("service-finder.closed", time=then.clock, day=day, opens=then.opens.time)


def _lead(writer: Writer, found: Found) -> str:
    if not found.services:
        return writer.say("service-finder.none")
    return writer.say("service-finder.fits") if found.fits else writer.say("service-finder.others")
