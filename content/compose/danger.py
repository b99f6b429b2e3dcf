"""The safety reply: calm, short, whom to call first, and how to leave no trace."""

from collections.abc import Sequence

from content.compose.writer import Writer, service_line
from content.danger import KINDS
from content.messages import Button, Message, ServiceLine
from content.repository import ServiceText

_MOST_SERVICES = 3
_MOST_LIKELY = 2  # countries whose emergency numbers are told while the country is not known


def danger(writer: Writer, kind: str | None, country: str | None) -> Message:
    """What to do now in this kind of danger, in this country; asks for the country if unknown."""
    services = [service_line(service) for service in _services(writer, kind, country)] if country else []
    known = bool(services)
    parts = [
        writer.say("danger.text") if known or not country else writer.say("danger.text-no-number"),
        writer.say(f"danger.{kind}") if kind in KINDS else "",
        "" if country else writer.say("danger.where"),
        writer.say("danger.clear"),
    ]
    return writer.message(
        "danger",
        "\n\n".join(part for part in parts if part),
        *([] if known else _countries(writer)),
        *([writer.button("danger.other-country", "danger")] if known else []),
        writer.button("person.button", "person"),
        writer.button("danger.safe", "menu"),
        writer.button("privacy.erase", "erase"),
        services=[*services, *_emergency(writer, country), *([] if known else _likely(writer, country))],
        asks_where="danger:",
    )


def _likely(writer: Writer, country: str | None) -> list[ServiceLine]:
    """Whom to call where we know no number for danger: who else helps there, else likely countries'."""
    if country:
        others = writer.repository.services(writer.language, country=country)
        return [service_line(service) for service in others if service.phones][:_MOST_SERVICES]
    own = (writer.corridor.destination, writer.corridor.origin)
    numbers = [_numbers(writer, code) for code in writer.offered_countries() if code not in own]
    return [line for some in [lines for lines in numbers if lines][:_MOST_LIKELY] for line in some]


def _emergency(writer: Writer, told: str | None) -> list[ServiceLine]:
    """The emergency number of the other country of the corridor: somebody may be there."""
    others = (code for code in (writer.corridor.destination, writer.corridor.origin) if code and code != told)
    return [line for code in others for line in _numbers(writer, code)]


def _numbers(writer: Writer, code: str) -> list[ServiceLine]:
    """A country's emergency number, else that of who helps in danger, with the country's name."""
    country = writer.name_of("country", code)
    found = [
        service
        for service in writer.repository.services(writer.language, country=code, danger=True)
        if service.phones
    ]
    emergency = [service for service in found if service.kind == "emergency"]
    return [
        service_line(service).model_copy(
            update={"name": writer.say("danger.number-of", country=country, service=service.name)}
        )
        for service in emergency or found[:1]
    ]


def _services(writer: Writer, kind: str | None, country: str) -> Sequence[ServiceText]:
    """The emergency number first, then those made for this kind of danger."""
    found = writer.repository.services(writer.language, country=country, danger=True)
    found = tuple(service for service in found if service.phones)

    def rank(service: ServiceText) -> tuple[bool, bool]:
        return service.kind != "emergency", kind not in service.danger_kinds

    return sorted(found, key=rank)[:_MOST_SERVICES]


def _countries(writer: Writer) -> list[Button]:
    return [
        Button(title=writer.name_of("country", code), payload=f"danger:{code}")
        for code in writer.offered_countries()
    ]


def still_here(writer: Writer, country: str | None) -> Message:
    """To somebody in danger who asks whether anybody is there: yes, and whom to call."""
    message = danger(writer, None, country)
    return message.model_copy(update={"text": writer.say("danger.here")})
