"""A message as Telegram shows it: title, text, services, sources, notices, buttons.

Not here: markup and cutting (`telegram_text`), sending (`telegram_sending`).
"""

import logging
from collections.abc import Iterable, Sequence
from typing import TypedDict

from bot.channels.telegram_text import (
    Run,
    Text,
    bold,
    from_markdown,
    italic,
    joined,
    link,
    plain,
    split,
    to_html,
    to_plain,
)
from bot.payloads import MAX_BYTES, STEERING
from content.messages import Kind, Message, ServiceLine
from content.words import SOURCE_LANGUAGE, Words

MAX_TITLE = 64
# What a row of buttons has room for on a narrow phone, in letters, and what each button loses at its sides:
# 280 points of a bubble by 7.5 a letter. Telegram publishes no figure; this one is careful.
_ROW, _MARGIN, _MOST_IN_A_ROW = 36, 3, 4
_log = logging.getLogger(__name__)


class Part(TypedDict):
    """One Telegram message, ready to send; kept as JSON until it is sent."""

    html: str
    plain: str
    buttons: list[tuple[str, str]]


def parts_of(messages: Iterable[Message], words: Words, language: str) -> list[Part]:
    """What is sent for these messages, in order; buttons stand under the last part of each.

    `language` is the reader's: an answer may be told in another, what stands around it is not.
    """
    parts: list[Part] = []
    for message in messages:
        pieces = split(text_of(message, words, language))
        parts += [Part(html=to_html(piece), plain=to_plain(piece), buttons=[]) for piece in pieces]
        if pieces:
            parts[-1]["buttons"] = _buttons(message)
    return parts


def text_of(message: Message, words: Words, language: str) -> Text:
    """All a person reads of a message, before it is cut to Telegram's size."""
    missing = words.say("translation.missing", language) if message.translation == "missing" else ""
    return joined(
        [
            italic(missing),
            bold(message.title or ""),
            from_markdown(message.text),
            *(_service(service, message.kind, words, language) for service in message.services),
            *(link(media.alt, media.url) for media in message.media),
            _origin(message, words, language),
            _notices(message, words, language),
            _position(message, words, language),
        ],
        "\n\n",
    )


def _service(service: ServiceLine, kind: Kind, words: Words, language: str) -> Text:
    """Phones and addresses stand as plain text: Telegram makes them tappable.

    A safety reply is short: it leaves out the day on which the number was checked.
    """
    checked = words.say("answer.checked", language, day=words.day(service.checked_on, language))
    return joined(
        [
            bold(service.name),
            plain(service.who_for),
            *(plain(phone) for phone in service.phones),
            *(
                plain(f"{_way(name, words, language)}: {address}")
                for name, address in service.messaging.items()
            ),
            *(plain(told) for told in _about(service)),
            plain("" if kind == "danger" else checked),
        ],
        "\n",
    )


def _about(service: ServiceLine) -> tuple[str, ...]:
    return service.hours, service.now, service.cost, service.languages, service.place


def _way(name: str, words: Words, language: str) -> str:
    """What a way of writing to a service is called; names of products are their own word."""
    return words.say(f"service.{name}", language) if words.has(f"service.{name}", SOURCE_LANGUAGE) else name


def _origin(message: Message, words: Words, language: str) -> Text:
    """Where the answer comes from, and the day on which it was last read there."""
    name = words.say("answer.source", language)
    lines = [
        (Run(f"{name}: "), *link(source.title, source.url), Run(f" ({source.publisher})"))
        for source in message.sources
    ]
    if message.checked_on is not None:
        lines.append(
            plain(words.say("answer.checked", language, day=words.day(message.checked_on, language)))
        )
    return joined(lines, "\n")


def _notices(message: Message, words: Words, language: str) -> Text:
    """What a person should know about how far this text can be trusted."""
    notices = []
    if message.translation in ("machine-drafted", "outdated"):
        notices.append(words.say(f"translation.{message.translation}", language))
    if message.review_due:
        notices.append(words.say("answer.review-due", language))
    return joined(map(italic, notices), "\n")


def _position(message: Message, words: Words, language: str) -> Text:
    """That a position may be sent instead of a country. Not in danger: nobody would come for it."""
    asked = message.asks_where and message.kind != "danger"
    return italic(words.say("position.hint", language)) if asked else ()


def _buttons(message: Message) -> list[tuple[str, str]]:
    buttons = []
    for button in message.buttons:
        if len(button.payload.encode()) > MAX_BYTES:
            _log.error("a button of answer %s was left out: its payload is over 64 bytes", message.answer)
        else:
            buttons.append((_shortened(button.title), button.payload))
    return buttons


def _shortened(title: str) -> str:
    """A title that still reads well on a phone: at most 64 characters, cut between words."""
    title = " ".join(title.split())
    if len(title) <= MAX_TITLE:
        return title
    head = title[: MAX_TITLE - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[MAX_TITLE // 2 :] else head).rstrip(" ,;:") + "…"


def keyboard(buttons: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Buttons in rows: short ones beside each other, long ones alone, so that no title is cut on a phone.

    What steers a journey (back, skip, stop) begins a row of its own.
    """
    rows: list[list[tuple[str, str]]] = []
    for button in buttons:
        if rows and _fits([*rows[-1], button]):
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _fits(row: Sequence[tuple[str, str]]) -> bool:
    """Whether the buttons of a row, which are equally wide, show their whole titles."""
    longest = max(len(title) for title, _ in row)
    steering = {payload in STEERING for _, payload in row}
    return len(row) <= _MOST_IN_A_ROW and len(row) * (longest + _MARGIN) <= _ROW and len(steering) == 1
