"""Telegram's HTML as its servers read it: strict about tags, lenient about nothing.

Used by the Bot API stand-in to refuse what Telegram would refuse.
"""

import re
from dataclasses import dataclass
from html import unescape

_TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote"}
)
_TOKEN = re.compile(
    r"<(?P<close>/)?(?P<tag>[a-zA-Z0-9-]+)(?P<attributes>[^<>]*)>|(?P<text>[^<]+)|(?P<stray><)"
)
_ATTRIBUTE = re.compile(r'\s*(?P<name>[a-z]+)="(?P<value>[^"]*)"\s*')


class HtmlRefused(ValueError):
    """Telegram would answer: can't parse entities."""


@dataclass(frozen=True)
class Entity:
    """A marked stretch of the text, with its address if it is a link."""

    tag: str
    text: str
    href: str | None = None


def parsed(html: str) -> tuple[str, list[Entity]]:
    """The text a person sees and the marked stretches in it; raises HtmlRefused."""
    text = ""
    entities: list[Entity] = []
    opened: list[tuple[str, int, str | None]] = []
    for token in _TOKEN.finditer(html):
        if token["stray"]:
            raise HtmlRefused("unsupported start tag")
        if token["text"] is not None:
            text += unescape(token["text"])
        elif token["close"]:
            if not opened or opened[-1][0] != token["tag"]:
                raise HtmlRefused(f"unexpected end tag {token['tag']}")
            tag, start, href = opened.pop()
            entities.append(Entity(tag, text[start:], href))
        else:
            opened.append((token["tag"], len(text), _href(token["tag"], token["attributes"])))
    if opened:
        raise HtmlRefused(f"can't find end tag corresponding to start tag {opened[-1][0]}")
    return text, entities


def _href(tag: str, attributes: str) -> str | None:
    if tag not in _TAGS:
        raise HtmlRefused(f"unsupported start tag {tag!r}")
    attribute = _ATTRIBUTE.fullmatch(attributes) if attributes else None
    if attributes and (
        attribute is None or (tag, attribute["name"]) not in {("a", "href"), ("code", "class")}
    ):
        raise HtmlRefused(f"unexpected attributes of tag {tag!r}")
    return unescape(attribute["value"]) if attribute and tag == "a" else None
