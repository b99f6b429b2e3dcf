"""What must hold on every page we serve, read from its HTML: checked by the test client at each fetch."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_LABELLED = ("textarea", "select")
_REFERRING = ("form", "for", "aria-labelledby", "aria-describedby")


@dataclass
class _Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """A page taken apart."""

    html: str
    elements: list[_Element] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _open: list[_Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)
        self.close()
        self.wrong += [f"<{one.tag}> is never closed" for one in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, dict(attrs))
        if len(element.attributes) != len(attrs):
            self.wrong.append(f"<{tag}> has an attribute twice")
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.wrong.append(f"</{tag}> closes what is not open")
            return
        closed = self._open.pop()
        if self._open:
            self._open[-1].text += closed.text

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].text += data

    def all(self, tag: str) -> list[_Element]:
        """All elements of a name."""
        return [one for one in self.elements if one.tag == tag]

    def ids(self) -> Counter[str]:
        """All ids, and how often each is used."""
        return Counter(str(one.attributes["id"]) for one in self.elements if "id" in one.attributes)


def faults(html: str) -> list[str]:
    """Everything that is wrong with a page, a line each."""
    page = Page(html)
    return [*page.wrong, *_head(page), *_names(page), *_references(page), *_inline(page)]


def _head(page: Page) -> list[str]:
    wrong = []
    if not page.html.lower().startswith("<!doctype html>"):
        wrong.append("there is no doctype")
    if [one.text.strip() for one in page.all("title")].count("") or len(page.all("title")) != 1:
        wrong.append("there is not one title with words")
    if not (page.all("html") and page.all("html")[0].attributes.get("lang")):
        wrong.append("the page does not say its language")
    if len(page.all("h1")) != 1:
        wrong.append(f"there are {len(page.all('h1'))} first headings")
    if len(page.all("main")) != 1:
        wrong.append("there is not one main part")
    return wrong


def _names(page: Page) -> list[str]:
    labels = {one.attributes.get("for") for one in page.all("label") if one.text.strip()}
    wrong = [
        f"<{one.tag} name={one.attributes.get('name')}> has no label"
        for one in page.elements
        if (one.tag in _LABELLED or (one.tag == "input" and one.attributes.get("type") != "hidden"))
        and one.attributes.get("id") not in labels
        and not one.attributes.get("aria-label")
    ]
    for one in page.elements:
        if one.tag in {"a", "button", "summary"} and not (
            one.text.strip() or one.attributes.get("aria-label")
        ):
            wrong.append(f"<{one.tag}> has no words")
        if one.tag == "img" and "alt" not in one.attributes:
            wrong.append("a picture has no alt")
    return wrong


def _references(page: Page) -> list[str]:
    ids = page.ids()
    wrong = [f"the id {name} is used {count} times" for name, count in ids.items() if count > 1]
    for one in page.elements:
        for attribute in _REFERRING:
            names = (one.attributes.get(attribute) or "").split()
            wrong += [
                f"<{one.tag} {attribute}={name}> refers to nothing" for name in names if name not in ids
            ]
    return wrong


def _inline(page: Page) -> list[str]:
    """Whatever the Content-Security-Policy would refuse."""
    wrong = [f"<{one.tag}> stands in the page itself" for one in page.all("style")]
    for one in page.elements:
        if one.tag == "script" and not one.attributes.get("src"):
            wrong.append("a script stands in the page itself")
        wrong += [
            f"<{one.tag}> has {name}" for name in one.attributes if name == "style" or name.startswith("on")
        ]
    return wrong
