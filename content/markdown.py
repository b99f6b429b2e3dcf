"""The small safe Markdown of answers: paragraphs, `- ` lists, **bold**, [links](https://…), and nothing else.

Not here: turning it into a channel's markup; each channel does that.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark")
_ALLOWED = {
    "bullet_list_close",
    "bullet_list_open",
    "inline",
    "link_close",
    "link_open",
    "list_item_close",
    "list_item_open",
    "paragraph_close",
    "paragraph_open",
    "softbreak",
    "strong_close",
    "strong_open",
    "text",
    "text_special",
}
_NAMES = {
    "blockquote_open": "a quotation (>)",
    "code_block": "a text set in by four spaces",
    "code_inline": "code (`)",
    "em_open": "slanted text (one * or _)",
    "fence": "code (```)",
    "hardbreak": "a forced line break",
    "heading_open": "a heading",
    "hr": "a ruled line",
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "a picture",
    "ordered_list_open": "a numbered list",
}
# Text that is safe by its looks: lines of words, bold words and links, some of them in a list. Most
# texts are; the parser, which takes a hundred times as long, looks at the rest.
_PLAIN = r"[^*_`<>\[\]\\&#|!\n]"
_BOLD = r"\*\*[^\s*_`<>\[\]\\&][^*_`<>\[\]\\&\n]*\*\*"
_LINK = r"\[[^*_`<>\[\]\\&!\n]+\]\(https://[^\s()<>\[\]*_`\\&]+\)"
_LINE = rf"(?:(?:- )?(?![\s+>=~:-]|\d+[.)])(?:{_PLAIN}|{_BOLD}|{_LINK})+)?"
_PLAINLY_SAFE = re.compile(rf"{_LINE}(?:\n{_LINE})*")
_FORCED_BREAK = re.compile(r"  +\n")
_SCHEMES = ("https://", "http://", "tel:", "mailto:")


def problems_of(text: str) -> list[str]:
    """What stands in the text that safe Markdown does not allow, as sentences; empty if it is safe."""
    if _PLAINLY_SAFE.fullmatch(text) and not _FORCED_BREAK.search(text):
        return []
    found = [problem for token in _PARSER.parse(text) for problem in _problems(token)]
    return list(dict.fromkeys(found))


def _problems(token: Token) -> Iterator[str]:
    if token.type not in _ALLOWED:
        if name := _NAMES.get(token.type, "" if token.type.endswith("_close") else token.type):
            yield f"{name} is not allowed"
    elif token.type == "bullet_list_open" and token.level:
        yield "a list inside a list is not allowed"
    elif token.type == "bullet_list_open" and token.markup != "-":
        yield f"a list must be written with -, not {token.markup}"
    elif token.type == "link_open":
        yield from _link_problems(token)
    elif token.type == "text" and "](" in token.content:
        yield f"the link {token.content!r} cannot be followed"
    for child in token.children or ():
        yield from _problems(child)


def _link_problems(token: Token) -> Iterator[str]:
    address = str(token.attrGet("href"))
    if token.markup == "autolink":
        yield f"write the link {address} as [words]({address})"
    elif not address.startswith(_SCHEMES):
        yield f"the link {address!r} must begin with https://"
