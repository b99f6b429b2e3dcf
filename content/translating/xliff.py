"""XLIFF 1.2, the format of translators' programs: one file a language, two units a text.

Whitespace is kept as it is. The note `tokstret` of a unit is the fingerprint of the source text, so that
a file that comes back says what it is a translation of.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Final
from xml.etree import ElementTree as ET
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesNSImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from content.fields import SOURCE_LANGUAGE
from content.translating.texts import WorkState, WorkText
from content.translating.units import (
    MOST_UNITS,
    FileFault,
    UnitIn,
    UnitOut,
    check_language,
    plain_lines,
    units_out,
)

CONTENT_TYPE = "application/x-xliff+xml"
_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_VERSION = "1.2"
_OURS = "tokstret"
_STATES: Final[dict[WorkState, str]] = {
    "missing": "new",
    "outdated": "needs-translation",
    "machine-drafted": "needs-review-translation",
    "draft": "translated",
    "in-review": "translated",
    "reviewed": "final",
}
_FINISHED = frozenset({"translated", "final", "signed-off"})
# Code points that Unicode keeps for no letter: XML cannot hold them.
_NOT_XML = re.compile(r"[\ufffe\uffff]")


def written(texts: Iterable[WorkText], language: str) -> bytes:
    """The file for a language."""
    root = ET.Element("xliff", {"version": _VERSION, "xmlns": _NAMESPACE})
    about = {
        "original": _OURS,
        "datatype": "plaintext",
        "source-language": SOURCE_LANGUAGE,
        "target-language": language,
    }
    body = ET.SubElement(ET.SubElement(root, "file", about), "body")
    for unit in units_out(text for text in texts if _can_be_written(text)):
        _write_unit(body, unit)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def read(content: bytes, language: str) -> list[UnitIn]:
    """The units of a file that came back; raises FileFault if it cannot be read."""
    handler = _Handler(language)
    parser = DefusedExpatParser(namespaceHandling=1, forbid_dtd=True)
    parser.setContentHandler(handler)
    try:
        parser.parse(BytesIO(content))
    except DefusedXmlException:
        raise FileFault("dtd") from None
    except SAXParseException as error:
        raise FileFault("broken-xml", line=error.getLineNumber() or 1) from None
    return handler.units


def _can_be_written(text: WorkText) -> bool:
    return not any(_NOT_XML.search(words) for words in (*text.source, *text.current))


def _write_unit(body: ET.Element, unit: UnitOut) -> None:
    element = ET.SubElement(body, "trans-unit", {"id": unit.id, "xml:space": "preserve"})
    ET.SubElement(element, "source").text = unit.source
    state = {"state": _STATES[unit.state]}
    if unit.state == "machine-drafted":
        state["state-qualifier"] = "mt-suggestion"
    ET.SubElement(element, "target", state).text = unit.target
    ET.SubElement(element, "note", {"from": _OURS}).text = unit.text.meaning


class _Handler(ContentHandler):
    """Collects the units; reads on from line to line, so that each knows its own."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.units: list[UnitIn] = []
        self._language = language
        self._open: list[str] = []
        self._unit: dict[str, str] = {}
        self._line = 0
        self._taking = ""
        self._taken: list[str] = []
        self._place: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - SAX's name
        """Where the parser is."""
        self._place = locator

    def startElementNS(  # noqa: N802 - SAX's name
        self,
        name: tuple[str | None, str],
        qname: str | None,  # noqa: ARG002 - SAX's signature
        attrs: AttributesNSImpl,
    ) -> None:
        """An element begins."""
        namespace, local = name
        given = {key: value for (_, key), value in attrs.items()}
        if not self._open:
            _check_root(namespace, local, given.get("version", ""))
        elif local == "file":
            check_language(given.get("target-language", ""), self._language)
        elif local == "trans-unit":
            self._begin_unit(given)
        elif self._open[-1] == "trans-unit" and not self._taking:
            self._begin_part(local, given)
        self._open.append(local)

    def endElementNS(  # noqa: N802 - SAX's name
        self,
        name: tuple[str | None, str],
        qname: str | None,  # noqa: ARG002 - SAX's signature
    ) -> None:
        """An element ends."""
        self._open.pop()
        if name[1] == "trans-unit":
            self._end_unit()
        elif self._taking and self._open[-1] == "trans-unit":
            self._unit[self._taking] = "".join(self._taken)
            self._taking = ""

    def characters(self, content: str) -> None:
        """Text, of an element within a target too: programs put marks around it."""
        if self._taking:
            self._taken.append(content)

    def _begin_unit(self, given: dict[str, str]) -> None:
        if len(self.units) >= MOST_UNITS:
            raise FileFault("too-many", most=MOST_UNITS)
        self._line = (self._place.getLineNumber() or 0) if self._place else 0
        self._unit = {"id": given.get("id", ""), "approved": given.get("approved", "")}

    def _begin_part(self, local: str, given: dict[str, str]) -> None:
        if local == "target":
            self._unit["state"] = given.get("state", "")
            self._taking = "target"
        elif local == "note" and given.get("from") == _OURS:
            self._taking = "meaning"
        self._taken = []

    def _end_unit(self) -> None:
        unit = self._unit
        self.units.append(
            UnitIn(
                id=unit["id"],
                target=plain_lines(unit.get("target", "")),
                meaning=unit.get("meaning", "").strip(),
                finished=unit.get("state") in _FINISHED or unit["approved"] == "yes",
                line=self._line,
            )
        )


def _check_root(namespace: str | None, local: str, version: str) -> None:
    if local != "xliff":
        raise FileFault("not-xliff")
    if namespace != _NAMESPACE or version != _VERSION:
        raise FileFault("other-version", version=version[:20])
