"""Small safe Markdown and telephone numbers as HTML. Only what the library may use is understood.

HTML in a text is shown as text; links go to https, tel and mailto only. Not here: how a whole
message looks (`templates/_message.html`).
"""

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

from bot.payloads import STEERING
from content.messages import Button

_SCHEMES = frozenset({"https", "tel", "mailto"})
_NOT_IN_THE_LIBRARY = (
    "backticks", "blockquote", "code", "fence", "heading", "hr", "html_block", "html_inline", "image",
    "lheading", "reference",
)  # fmt: skip
_NUMBER = re.compile(r"[+*(]?\d[\d\s().*#-]*")
_NOT_DIALLED = re.compile(r"[^\d+*#]")
_SHORTEST_NUMBER = 2


def safe_link(address: str, schemes: frozenset[str] = _SCHEMES) -> bool:
    """Whether we link to an address."""
    try:
        return urlsplit(address.strip()).scheme.lower() in schemes
    except ValueError:
        return False


def markdown(text: str) -> Markup:
    """The HTML of a message's or answer's text."""
    return Markup(_parser().render(text))  # noqa: S704 - the parser escapes all that is not its own


def halves(text: str) -> tuple[str, str]:
    """The first paragraph of a text, and the rest."""
    first, _, rest = text.partition("\n\n")
    return first, rest


def apart(buttons: Sequence[Button]) -> tuple[list[Button], list[Button]]:
    """What answers or leads on, and what steers a journey."""
    steering = [button for button in buttons if button.payload in STEERING]
    return [button for button in buttons if button not in steering], steering


def phone_link(number: str) -> Markup:
    """A telephone number that can be pressed to call; of several written together, the first."""
    first = _NUMBER.match(number.strip())
    dialled = _NOT_DIALLED.sub("", first[0]) if first else ""
    if len(dialled) < _SHORTEST_NUMBER:
        return Markup("<bdi>{}</bdi>").format(number)
    return Markup('<a class="call" href="tel:{}"><bdi>{}</bdi></a>').format(quote(dialled, safe="+*"), number)


def outward_link(title: str, address: str) -> Markup:
    """A link to a source or service; plain text if the address is no web page (a few still have no https)."""
    if not safe_link(address, _SCHEMES | {"http"}):
        return Markup("{}").format(title)
    return Markup('<a href="{}" rel="noopener nofollow" target="_blank">{}</a>').format(address, title)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable(list(_NOT_IN_THE_LIBRARY))
    parser.validateLink = safe_link  # type: ignore[method-assign,assignment]
    parser.add_render_rule("link_open", _link_open)
    return parser


def _link_open(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    token = tokens[index]
    token.attrs.pop("title", None)
    token.attrSet("rel", "noopener nofollow")
    if str(token.attrGet("href")).lower().startswith("https:"):
        token.attrSet("target", "_blank")
    return renderer.renderToken(tokens, index, options, env)
