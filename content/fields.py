"""Kinds of values in library files: lines, Markdown, ids, countries, phone numbers, fingerprints.

Each refuses a wrong value with a sentence. Not here: the files they stand in (`content.schema`).
"""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from content.markdown import problems_of

SOURCE_LANGUAGE = "en"
PENDING = "pending"

_FINGERPRINT = re.compile(r"[0-9a-f]{12}")
# Unicode's categories Cc and Cs, without the line feed.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_DIGITS_OF_A_PHONE = re.compile(r"\+?[\d()][\d ()/-]*")


def wrong(text: str) -> PydanticCustomError:
    """The error of a value, as a sentence."""
    # Braces would be read as blanks to fill.
    return PydanticCustomError("library", "{text}", {"text": text})


def _human(text: str) -> str:
    if found := _CONTROL.search(text):
        raise wrong(f"the control character U+{ord(found[0]):04X} is not allowed")
    if not text.strip():
        raise wrong("is empty")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or text != text.strip():
        raise wrong("must be one line without spaces around it")
    return text


def _safe_markdown(text: str) -> str:
    if problems := problems_of(text):
        raise wrong("; ".join(problems))
    return text


def _web_address(text: str) -> str:
    if text and not text.startswith(("https://", "http://")):
        raise wrong(f"{text!r} must begin with https://, or be empty")
    return text


def _phone(text: str) -> str:
    if not _DIGITS_OF_A_PHONE.fullmatch(text):
        raise wrong(f"{text!r} is not a phone number")
    return text


def _fingerprint(text: str) -> str:
    if not _FINGERPRINT.fullmatch(text):
        raise wrong(f"{text!r} is not the fingerprint of a text (12 of 0-9 and a-f)")
    return text


def _fingerprint_or_pending(text: str) -> str:
    return text if text == PENDING else _fingerprint(text)


def _in_every_language(value: Any) -> Any:
    """Words that are a name everywhere may stand without a language."""
    return {SOURCE_LANGUAGE: value} if isinstance(value, str) else value


HumanText = Annotated[str, AfterValidator(_human)]
Line = Annotated[str, AfterValidator(_human), AfterValidator(_one_line)]
PhraseLine = Annotated[Line, StringConstraints(max_length=500)]
Markdown = Annotated[str, AfterValidator(_human), AfterValidator(_safe_markdown)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Scheme = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]*$")]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Phone = Annotated[str, AfterValidator(_phone)]
Fingerprint = Annotated[str, AfterValidator(_fingerprint)]
Pinned = Annotated[str, AfterValidator(_fingerprint_or_pending)]
Words = Annotated[dict[Language, Line], BeforeValidator(_in_every_language)]
