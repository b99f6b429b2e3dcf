"""Text as Telegram shows it: Markdown in, runs of marked text out, cut at 4,096 UTF-16 units.

A run is a stretch of text with the tags around it, so a text can be cut anywhere and every
piece still opens and closes its own tags. Not here: what a message consists of
(`telegram_rendering`).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

MAX_UNITS = 4096

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_INLINE_TAGS = {"strong": "b", "em": "i", "s": "s"}
_LINK = re.compile(r"https?://[^\s]+", re.IGNORECASE)
# Where a text may be cut, best first: paragraph, line, sentence (in several scripts), word.
_BORDERS = tuple(re.compile(border) for border in (r"\n\n", r"\n", r"[.!?…][\"')»”]*\s|[。！？။።।]", r"\s"))
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text inside the same tags, outermost first, and inside at most one link."""

    text: str
    tags: tuple[str, ...] = ()
    link: str | None = None


Text = tuple[Run, ...]


def plain(text: str) -> Text:
    """Text that has no markup."""
    return (Run(text),) if text else ()


def bold(text: str) -> Text:
    """Text in bold."""
    return (Run(text, ("b",)),) if text else ()


def italic(text: str) -> Text:
    """Text in italics."""
    return (Run(text, ("i",)),) if text else ()


def link(text: str, address: str) -> Text:
    """Text that leads to an address; only web addresses are linked, others stay plain text."""
    return (Run(text, (), address if _LINK.fullmatch(address) else None),) if text else ()


def joined(texts: Iterable[Text], separator: str) -> Text:
    """The non-empty texts one after the other with a separator between them."""
    runs: list[Run] = []
    for text in texts:
        if text:
            runs.extend((Run(separator), *text) if runs else text)
    return tuple(runs)


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def visible(text: Text) -> str:
    """What the person reads, without tags and link addresses."""
    return "".join(run.text for run in text)


def to_html(text: Text) -> str:
    """The text in Telegram's HTML, everything in it escaped."""
    parts: list[str] = []
    for (tags, address), runs in groupby(text, key=lambda run: (run.tags, run.link)):
        inner = escape("".join(run.text for run in runs), quote=False)
        if address is not None:
            inner = f'<a href="{escape(address)}">{inner}</a>'
        for tag in reversed(tags):
            inner = f"<{tag}>{inner}</{tag}>"
        parts.append(inner)
    return "".join(parts)


def to_plain(text: Text) -> str:
    """The text without markup; link addresses follow their text if all of it fits a message."""
    parts: list[str] = []
    for address, runs in groupby(text, key=lambda run: run.link):
        words = "".join(run.text for run in runs)
        parts.append(words if address is None or address == words else f"{words} ({address})")
    spelt = "".join(parts)
    return spelt if units(spelt) <= MAX_UNITS else visible(text)


def split(text: Text, limit: int = MAX_UNITS) -> list[Text]:
    """The text in pieces of at most `limit` units, cut where a reader would pause."""
    pieces: list[Text] = []
    rest = _stripped(text)
    while units(visible(rest)) > limit:
        first, rest = _divided(rest, _cut(visible(rest), limit))
        first, rest = _stripped(first), _stripped(rest)
        if first:
            pieces.append(first)
    return [*pieces, rest] if rest else pieces


def _cut(text: str, limit: int) -> int:
    """Index in `text` of the best place for a cut within the first `limit` units."""
    window = text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")
    for floor in (len(window) // 2, 1):
        for border in _BORDERS:
            ends = [match.end() for match in border.finditer(window) if match.end() >= floor]
            if ends:
                return ends[-1]
    cut = len(window)
    while cut > 1 and _clings(text[cut - 1], text[cut]):
        cut -= 1
    return cut if cut > 1 else len(window)


def _clings(before: str, after: str) -> bool:
    """Whether the second character must stay with the first (accents, joined emoji)."""
    return bool(unicodedata.combining(after)) or after in _JOINERS or before == "\u200d"


def _divided(text: Text, index: int) -> tuple[Text, Text]:
    first: list[Run] = []
    second: list[Run] = []
    for run in text:
        head, tail = run.text[: max(index, 0)], run.text[max(index, 0) :]
        first.extend([Run(head, run.tags, run.link)] if head else [])
        second.extend([Run(tail, run.tags, run.link)] if tail else [])
        index -= len(run.text)
    return tuple(first), tuple(second)


def _stripped(text: Text) -> Text:
    """The text without white space at its ends (Telegram trims it, and refuses empty messages)."""
    seen = visible(text)
    lead = len(seen) - len(seen.lstrip())
    _, text = _divided(text, lead)
    text, _ = _divided(text, len(seen.strip()))
    return text


def from_markdown(markdown: str) -> Text:
    """Our small Markdown as runs: paragraphs, lists, bold, italics, links; the rest stays text."""
    return joined(_blocks(_MARKDOWN.parse(markdown)), "\n\n")


def _blocks(tokens: Sequence[Token]) -> list[Text]:
    blocks: list[Text] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = _end(tokens, index)
        inner = tokens[index + 1 : end]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            blocks.append(_list(token, inner))
        elif token.type == "heading_open":
            blocks.append(tuple(_marked(run, "b") for run in joined(_blocks(inner), "\n")))
        elif token.type == "inline":
            blocks.append(_inline(token.children or []))
        elif token.type in ("fence", "code_block"):
            blocks.append(plain(token.content.rstrip("\n")))
        else:
            blocks.extend(_blocks(inner))
        index = max(end, index) + 1
    return blocks


def _end(tokens: Sequence[Token], start: int) -> int:
    """Index of the token that closes the one at `start`; `start` itself if it stands alone."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens)


def _list(opening: Token, tokens: Sequence[Token]) -> Text:
    number = int(opening.attrGet("start") or 1)
    items: list[Text] = []
    index = 0
    while index < len(tokens):
        end = _end(tokens, index)
        marker = f"{number + len(items)}. " if opening.type == "ordered_list_open" else "• "
        body = joined(_blocks(tokens[index + 1 : end]), "\n")
        indented = tuple(Run(run.text.replace("\n", "\n   "), run.tags, run.link) for run in body)
        items.append((Run(marker), *indented))
        index = end + 1
    return joined(items, "\n")


def _inline(tokens: Sequence[Token]) -> Text:
    runs: list[Run] = []
    tags: list[str] = []
    address: str | None = None
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
            address = href if _LINK.fullmatch(href) else None
        elif token.type == "link_close":
            address = None
        elif token.nesting == 1:
            tags.append(_INLINE_TAGS[token.tag])
        elif token.nesting == -1:
            tags.pop()
        else:
            breaks = {"softbreak": " ", "hardbreak": "\n"}
            runs.append(Run(breaks.get(token.type, token.content), tuple(tags), address))
    return tuple(run for run in runs if run.text)


def _marked(run: Run, tag: str) -> Run:
    return run if tag in run.tags else Run(run.text, (tag, *run.tags), run.link)
