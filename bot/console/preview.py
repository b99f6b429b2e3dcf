"""How a text will look on the web and in Telegram, and hints to its writer."""

from typing import Any

from markupsafe import Markup

from bot.channels.telegram_rendering import text_of
from bot.channels.telegram_text import to_html
from bot.console.console import Console
from bot.console.text_place import Place, Written
from content.fields import SOURCE_LANGUAGE
from content.hints import Hint, hints, length_of
from content.messages import Message, Source
from content.publishing_warnings import warnings


class Preview:
    """Looks at texts before they are saved."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._editorial = console.editorial

    def of(self, place: Place, written: Written) -> dict[str, Any]:
        """The message, Telegram's rendering of it, hints, and the number of words, for the template."""
        sources = self._editorial.sources(place.row.key, place.variant)
        message = Message(
            kind="answer",
            text=written.body,
            title=written.title or None,
            language=place.language,
            sources=[
                Source(title=s.title, publisher=s.publisher, url=s.url, checked_on=s.checked_on)
                for s in sources
            ],
            checked_on=min((s.checked_on for s in sources), default=None),
        )
        source = None
        if place.language != SOURCE_LANGUAGE:
            told = self._editorial.told(place.row.key, place.variant, SOURCE_LANGUAGE)
            source = f"{told.title}\n{told.body}" if told else None
        telegram = to_html(text_of(message, self._console.words, place.language))
        return {
            "message": message,
            "telegram": Markup(telegram),  # noqa: S704 - escaped by the channel's own renderer
            "hints": [*hints(written.title, written.body, source), *self._warnings(place, written)],
            "words": length_of(written.body),
        }

    def _warnings(self, place: Place, written: Written) -> list[Hint]:
        """What publishing this text would do; nothing to say of one that is told already."""
        told = self._editorial.told(*place.names)
        if told is not None and (told.title, told.body) == (written.title, written.body):
            return []
        return warnings(
            self._console.content,
            *place.names,
            written.title,
            written.body,
            minor=written.minor,
            language_name=self._console.words.name,
        )
