"""Messages about people: asking for a person, and what we keep of whom."""

from content.compose.corridor import places
from content.compose.writer import Writer, service_line
from content.messages import Button, Message

_HELPERS = ("scheme", "labour", "sending-unit", "consulate", "legal", "union")
_MOST_SERVICES = 4


def handover(writer: Writer) -> Message:
    """Whom to call: the services of the countries we know of; else a question for the country."""
    countries = [code for code in (writer.corridor.destination, writer.corridor.origin) if code]
    services = [
        service
        for country in countries
        for service in writer.repository.services(writer.language, country=country, kinds=_HELPERS)
        if service.phones or service.messaging
    ][:_MOST_SERVICES]
    if not services:
        return writer.message(
            "notice", writer.say("person.where"), *_countries(writer), writer.button("menu.button", "menu")
        )
    return writer.message(
        "notice",
        writer.say("person.text"),
        writer.button("danger.button", "danger"),
        writer.button("menu.button", "menu"),
        services=[service_line(service) for service in services],
    )


def privacy(writer: Writer, keep_days: int) -> Message:
    """What is kept, for how long, and how to erase it; and what is remembered of the way to go."""
    told = [writer.say("privacy.text", days=keep_days)]
    if known := places(writer):
        told.append(writer.say("corridor.known", places=known))
    return writer.message(
        "notice",
        "\n\n".join(told),
        writer.button("privacy.erase", "erase"),
        *writer.answer_buttons(("privacy.what-is-kept",), most=1),
        writer.button("menu.button", "menu"),
    )


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
    return [
        Button(
            title=country.names.get(writer.language, country.names["en"]), payload=f"country:{country.value}"
        )
        for country in writer.repository.gazetteer("country")
        if country.value in with_help
    ]
