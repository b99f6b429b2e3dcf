"""The small safe Markdown of answers: paragraphs, `- ` lists, **bold**, [links](https://…), and nothing else.

Not here: turning it into a channel's markup; each channel does that.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.words import Saying

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
_NOT_ALLOWED = {
    "blockquote_open": Saying("fault.markdown.quotation"),
    "code_block": Saying("fault.markdown.indented"),
    "code_inline": Saying("fault.markdown.code", sign="`"),
    "em_open": Saying("fault.markdown.slanted"),
    "fence": Saying("fault.markdown.code", sign="```"),
    "hardbreak": Saying("fault.markdown.line-break"),
    "heading_open": Saying("fault.markdown.heading"),
    "hr": Saying("fault.markdown.ruled-line"),
    "html_block": Saying("fault.markdown.html"),
    "html_inline": Saying("fault.markdown.html"),
    "image": Saying("fault.markdown.picture"),
    "ordered_list_open": Saying("fault.markdown.numbered-list"),
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


def problems_of(text: str) -> list[Saying]:
    """What stands in the text that safe Markdown does not allow; empty if it is safe."""
    if _PLAINLY_SAFE.fullmatch(text) and not _FORCED_BREAK.search(text):
        return []
    found = [problem for token in _PARSER.parse(text) for problem in _problems(token)]
    return list(dict.fromkeys(found))


def _problems(token: Token) -> Iterator[Saying]:
    if token.type not in _ALLOWED:
        if not token.type.endswith("_close"):
            yield _NOT_ALLOWED.get(token.type, Saying("fault.markdown.other", kind=token.type))
    elif token.type == "bullet_list_open" and token.level:
        yield Saying("fault.markdown.list-in-list")
    elif token.type == "bullet_list_open" and token.markup != "-":
        yield Saying("fault.markdown.list-sign", sign=token.markup)
    elif token.type == "link_open":
        yield from _link_problems(token)
    elif token.type == "text" and "](" in token.content:
        yield Saying("fault.markdown.broken-link", link=token.content)
    for child in token.children or ():
        yield from _problems(child)


def _link_problems(token: Token) -> Iterator[Saying]:
    address = str(token.attrGet("href"))
    if token.markup == "autolink":
        yield Saying("fault.markdown.bare-link", link=address)
    elif not address.startswith(_SCHEMES):
        yield Saying("fault.markdown.link-scheme", link=address)
