"""A writer: what every message needs, bound to the language it is written in."""

from dataclasses import dataclass

from content.fields import SOURCE_LANGUAGE
from content.messages import Button, Kind, Message, ServiceLine
from content.repository import ANYWHERE, Corridor, Repository, ServiceText
from content.words import Words

MAX_TITLE = 60


@dataclass(frozen=True, slots=True)
class Writer:
    """Repository and words for one person: their language, and the corridor known so far."""

    repository: Repository
    words: Words
    language: str
    corridor: Corridor = ANYWHERE

    def say(self, message: str, **values: object) -> str:
        """Words of the interface in the person's language."""
        return self.words.say(message, self.language, **values)

    def button(self, message: str, payload: str) -> Button:
        """A button whose title is a catalogue message."""
        return Button(title=self.say(message), payload=payload)

    def answer_button(self, key: str) -> Button | None:
        """A button that opens an answer under its title; None if it is not published."""
        found = self.repository.answer(key, self.language, self.corridor)
        return None if found is None else Button(title=shortened(found.title), payload=f"answer:{key}")

    def answer_buttons(self, keys: list[str] | tuple[str, ...], most: int) -> list[Button]:
        """Buttons for those of the answers that are published."""
        made = (self.answer_button(key) for key in keys)
        return [button for button in made if button is not None][:most]

    def name_of(self, entity: str, value: str) -> str:
        """The name of a country, a scheme … in the person's language."""
        for known in self.repository.gazetteer(entity):
            if known.value == value:
                return known.names.get(self.language, known.names[SOURCE_LANGUAGE])
        return value

    def offered_countries(self) -> list[str]:
        """The countries to choose from where we do not know somebody's: theirs, then their language's.

        The likeliest first, and as many as fit under a message.
        """
        own = [code for code in (self.corridor.destination, self.corridor.origin) if code]
        return list(dict.fromkeys([*own, *self.say("countries.offered").split()]))

    def offered_origins(self) -> list[str]:
        """The countries to choose from where we do not know where somebody comes from."""
        origins = {each.value for each in self.repository.gazetteer("country") if "origin" in each.roles}
        return [code for code in self.offered_countries() if code in origins]

    def message(
        self,
        kind: Kind,
        text: str,
        *buttons: Button,
        services: list[ServiceLine] | None = None,
        asks_where: str | None = None,
    ) -> Message:
        """A message of interface words."""
        return Message(
            kind=kind,
            text=text,
            language=self.language,
            buttons=list(buttons),
            services=services or [],
            asks_where=asks_where,
        )


def shortened(title: str) -> str:
    """A title that fits on a button."""
    return title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1].rsplit(" ", 1)[0] + "…"


def service_line(service: ServiceText, *, whole: bool = False, now: str = "") -> ServiceLine:
    """A service as a message tells it; the `whole` of it also with place, languages and cost."""
    return ServiceLine(
        id=service.id,
        name=service.name,
        phones=list(service.phones),
        messaging=dict(service.messaging),
        who_for=service.who_for,
        hours=service.hours,
        now=now,
        place=service.place if whole else "",
        languages=service.languages if whole else "",
        cost=service.cost if whole else "",
        checked_on=service.checked_on,
    )
