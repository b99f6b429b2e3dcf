"""Kinds of values in library files: lines, Markdown, ids, countries, phone numbers, times, fingerprints.

Each refuses a wrong value with a saying. Not here: the files they stand in (`content.schema`).
"""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from content.markdown import problems_of
from content.opening import is_span, is_time_zone
from content.words import Saying

SOURCE_LANGUAGE = "en"
PENDING = "pending"

_FINGERPRINT = re.compile(r"[0-9a-f]{12}")
# Unicode's categories Cc and Cs, without the line feed.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_DIGITS_OF_A_PHONE = re.compile(r"\+?[\d()][\d ()/-]*")


def wrong(*sayings: Saying, at: str = "") -> PydanticCustomError:
    """The error of a value, as sayings; that of a whole part names the key that it is about."""
    return PydanticCustomError("library", "{sayings}", {"sayings": sayings, "at": at})


def _human(text: str) -> str:
    if found := _CONTROL.search(text):
        raise wrong(Saying("fault.control-character", code=f"U+{ord(found[0]):04X}"))
    if not text.strip():
        raise wrong(Saying("fault.empty"))
    return text


def _one_line(text: str) -> str:
    if "\n" in text or text != text.strip():
        raise wrong(Saying("fault.not-one-line"))
    return text


def _safe_markdown(text: str) -> str:
    if problems := problems_of(text):
        raise wrong(*problems)
    return text


def _web_address(text: str) -> str:
    if text and not text.startswith(("https://", "http://")):
        raise wrong(Saying("fault.web-address", value=text))
    return text


def _phone(text: str) -> str:
    if not _DIGITS_OF_A_PHONE.fullmatch(text):
        raise wrong(Saying("fault.phone", value=text))
    return text


def _fingerprint(text: str) -> str:
    if not _FINGERPRINT.fullmatch(text):
        raise wrong(Saying("fault.fingerprint", value=text))
    return text


def _fingerprint_or_pending(text: str) -> str:
    return text if text == PENDING else _fingerprint(text)


def _time_zone(text: str) -> str:
    if not is_time_zone(text):
        raise wrong(Saying("fault.time-zone", value=text))
    return text


def _times_of_a_day(text: str) -> str:
    if not is_span(text):
        raise wrong(Saying("fault.times-of-a-day", value=text))
    return text


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
TimeZone = Annotated[str, AfterValidator(_time_zone)]
TimesOfADay = Annotated[str, AfterValidator(_times_of_a_day)]
Words = Annotated[dict[Language, Line], BeforeValidator(_in_every_language)]
