"""Messages about people: asking for a person, and what we keep of whom."""

from collections.abc import Iterator, Mapping
from datetime import date

from content.compose.checklist import REMIND_OFF
from content.compose.corridor import places
from content.compose.journeys import title_of
from content.compose.team import team_offer
from content.compose.writer import Writer, service_line
from content.journeys.steps import Told, about
from content.messages import Button, Message
from content.people.team import NO_OFFER, Offer

_HELPERS = ("scheme", "labour", "sending-unit", "consulate", "legal", "union")
_MOST_SERVICES = 4


def handover(writer: Writer, offer: Offer = NO_OFFER) -> Message:
    """Whom to call: the services of the countries we know of, else a question for it; and our team."""
    countries = [code for code in (writer.corridor.destination, writer.corridor.origin) if code]
    services = [
        service
        for country in countries
        for service in writer.repository.services(writer.language, country=country, kinds=_HELPERS)
        if service.phones or service.messaging
    ][:_MOST_SERVICES]
    team, ask = team_offer(writer, offer)
    text = writer.say("person.text") if services else writer.say("person.where")
    ways = [writer.button("danger.button", "danger")] if services else _countries(writer)
    return writer.message(
        "notice",
        f"{text}\n\n{team}" if team else text,
        *ask,
        *ways,
        writer.button("menu.button", "menu"),
        services=[service_line(service) for service in services],
        asks_where=None if services else "country:",
    )


def placed(writer: Writer, message: Message, country: str) -> Message:
    """A message with the country first that a position was taken for, so that a wrong one is seen."""
    taken = writer.say("position.taken", country=writer.name_of("country", country))
    return message.model_copy(update={"text": f"{taken}\n\n{message.text}"})


def privacy(
    writer: Writer,
    keep_days: int,
    journeys: Mapping[str, Told] | None = None,
    reminded: date | None = None,
) -> Message:
    """What is kept, for how long, and how to erase it; what is remembered of the way to go, and was told.

    `journeys` has what was told in each, as this talk keeps it; `reminded` is the day of the next reminder.
    """
    told = [writer.say("privacy.text", days=keep_days)]
    if known := places(writer):
        told.append(writer.say("corridor.known", places=known))
    if listed := "\n".join(f"- {line}" for line in _told_in(writer, journeys or {})):
        told.append(f"{writer.say('privacy.told')}\n\n{listed}")
    if reminded:
        told.append(writer.say("checklist.reminders-on", day=writer.words.day(reminded, writer.language)))
    return writer.message(
        "notice",
        "\n\n".join(told),
        writer.button("privacy.erase", "erase"),
        *([writer.button("checklist.remind-off-button", REMIND_OFF)] if reminded else []),
        *writer.answer_buttons(("privacy.what-is-kept",), most=1),
        writer.button("menu.button", "menu"),
    )


def _told_in(writer: Writer, journeys: Mapping[str, Told]) -> Iterator[str]:
    """What was told in each journey, as people read it."""
    for journey, told in journeys.items():
        titles = [title_of(writer, about(step), value) for step, value in told.items() if value]
        if titles:
            yield f"{writer.say(f'{journey}.name')}: {', '.join(dict.fromkeys(titles))}"


def confirm_erase(writer: Writer) -> Message:
    """One question before everything is erased."""
    return writer.message(
        "notice",
        writer.say("privacy.confirm"),
        writer.button("privacy.erase-yes", "erase-yes"),
        writer.button("privacy.erase-no", "menu"),
    )


def erased(writer: Writer) -> Message:
    """Everything of this person is gone; nothing of the talk is left to refer to."""
    message = writer.message("notice", writer.say("privacy.erased"), writer.button("menu.button", "menu"))
    return message.model_copy(update={"effect": "erased"})


def _countries(writer: Writer) -> list[Button]:
    with_help = {service.country for service in writer.repository.services(writer.language, kinds=_HELPERS)}
    all_countries = (country.value for country in writer.repository.gazetteer("country"))
    likeliest_first = dict.fromkeys((*writer.offered_countries(), *all_countries))
    return [
        Button(title=writer.name_of("country", code), payload=f"country:{code}")
        for code in likeliest_first
        if code in with_help
    ]
