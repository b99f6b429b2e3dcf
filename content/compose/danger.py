"""The safety reply: calm, short, whom to call first, and how to leave no trace."""

from collections.abc import Sequence

from content.compose.writer import Writer, service_line
from content.danger import KINDS
from content.messages import Button, Message, ServiceLine
from content.repository import ServiceText

_MOST_SERVICES = 3
# Whose emergency numbers are told while the country is not known: where the schemes lead.
_LIKELY = ("AU", "NZ")
# The countries offered when we do not know where somebody is.
_OFFERED = ("AU", "NZ", "VU", "PG", "SB", "WS", "TO", "FJ", "TL", "KI", "TV", "NR")


def danger(writer: Writer, kind: str | None, country: str | None) -> Message:
    """What to do now in this kind of danger, in this country; asks for the country if unknown."""
    services = [service_line(service) for service in _services(writer, kind, country)] if country else []
    known = bool(services)
    parts = [
        writer.say("danger.text"),
        writer.say(f"danger.{kind}") if kind in KINDS else "",
        "" if known else (writer.say("danger.no-number") if country else writer.say("danger.where")),
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
        services=[*(services if known else _likely(writer, country)), *_emergency(writer, country)],
    )


def _likely(writer: Writer, country: str | None) -> list[ServiceLine]:
    """Whom to call where we know no number for danger: who else helps there, else likely countries'."""
    if country:
        others = writer.repository.services(writer.language, country=country)
        return [service_line(service) for service in others if service.phones][:_MOST_SERVICES]
    own = (writer.corridor.destination, writer.corridor.origin)
    return [line for code in _LIKELY if code not in own for line in _numbers(writer, code)]


def _emergency(writer: Writer, told: str | None) -> list[ServiceLine]:
    """The emergency number of the other country of the corridor: somebody may be there."""
    others = (code for code in (writer.corridor.destination, writer.corridor.origin) if code and code != told)
    return [line for code in others for line in _numbers(writer, code)]


def _numbers(writer: Writer, code: str) -> list[ServiceLine]:
    """A country's emergency number, with the country's name."""
    country = writer.name_of("country", code)
    return [
        service_line(service).model_copy(
            update={"name": writer.say("danger.number-of", country=country, service=service.name)}
        )
        for service in writer.repository.services(writer.language, country=code, kinds=("emergency",))
        if service.phones
    ]


def _services(writer: Writer, kind: str | None, country: str) -> Sequence[ServiceText]:
    """The emergency number first, then those made for this kind of danger."""
    found = writer.repository.services(writer.language, country=country, danger=True)
    found = tuple(service for service in found if service.phones)

    def rank(service: ServiceText) -> tuple[bool, bool]:
        return service.kind != "emergency", kind not in service.danger_kinds

    return sorted(found, key=rank)[:_MOST_SERVICES]


def _countries(writer: Writer) -> list[Button]:
    own = [code for code in (writer.corridor.destination, writer.corridor.origin) if code]
    return [
        Button(title=writer.name_of("country", code), payload=f"danger:{code}")
        for code in dict.fromkeys([*own, *_OFFERED])
    ]
