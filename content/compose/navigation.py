"""Messages that lead about: greeting, menu, topics, languages, small talk, notices."""

from content.compose.journeys import journey_starts
from content.compose.writer import Writer
from content.messages import Button, Message

_STARTERS = ("palm.what-is-it", "fees.who-pays", "rights.unpaid-wages")
# What most people come for stands first in the menu; then the library's order.
_FIRST_TOPICS = ("palm", "rse", "fees", "rights", "decide")
_PAGE = 12


def greeting(writer: Writer) -> Message:
    """The first message of a conversation: who this is, and what to begin with: checks and questions."""
    return writer.message(
        "smalltalk",
        writer.say("greeting.text"),
        *journey_starts(writer),
        *writer.answer_buttons(_STARTERS, most=len(_STARTERS)),
        *_always(writer),
    )


def menu(writer: Writer) -> Message:
    """All topics that have answers, and what is always offered."""
    known = [found.key for found in writer.repository.topics()]
    ordered = dict.fromkeys([*(key for key in _FIRST_TOPICS if key in known), *known])
    topics = [Button(title=writer.say(f"topic.{key}"), payload=f"topic:{key}") for key in ordered]
    return writer.message(
        "notice",
        writer.say("menu.text"),
        *journey_starts(writer),
        *topics,
        *_always(writer, menu_itself=True),
    )


def topic(writer: Writer, name: str) -> Message | None:
    """A page of a topic's answers as buttons, `key` or `key.page` from 1 on; None if there is none."""
    key, _, page = name.partition(".")
    if key not in {found.key for found in writer.repository.topics()}:
        return None
    keys = [found.key for found in writer.repository.answers(writer.language) if found.topic == key]
    first = (int(page) - 1) * _PAGE if page.isdecimal() else 0
    first = first if 0 <= first < len(keys) else 0
    return writer.message(
        "notice",
        writer.say("topic.text", topic=writer.say(f"topic.{key}")),
        *writer.answer_buttons(keys[first : first + _PAGE], most=_PAGE),
        *(
            [writer.button("topic.more", f"topic:{key}.{first // _PAGE + 2}")]
            if keys[first + _PAGE :]
            else []
        ),
        writer.button("menu.button", "menu"),
    )


def languages(writer: Writer) -> Message:
    """The languages to choose from, each in its own name."""
    return writer.message(
        "notice",
        writer.say("language.choose"),
        *(
            Button(title=writer.words.name(code), payload=f"language:{code}")
            for code in writer.repository.languages()
        ),
    )


def smalltalk(writer: Writer, intent: str) -> Message:
    """A friendly line for small talk, and ways on."""
    return writer.message(
        "smalltalk",
        writer.say(f"smalltalk.{intent}"),
        *(writer.answer_buttons(_STARTERS, most=2) if intent in {"greet", "who_are_you", "affirm"} else []),
        writer.button("menu.button", "menu"),
    )


def notice(writer: Writer, message: str, **values: object) -> Message:
    """A short line about the conversation itself."""
    return writer.message("notice", writer.say(message, **values), writer.button("menu.button", "menu"))


def _always(writer: Writer, *, menu_itself: bool = False) -> list[Button]:
    return [
        *([] if menu_itself else [writer.button("menu.button", "menu")]),
        writer.button("danger.button", "danger"),
        writer.button("person.button", "person"),
        writer.button("language.button", "languages"),
    ]
