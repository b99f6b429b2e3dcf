"""What is wrong with something that was written: the key it stands under, and what is said of it.

Checks of library files and of the console's forms give these; the sentences stand in `console.po`.
Not here: pydantic's own errors, made into faults (`content.schema_errors`).
"""

from collections.abc import Iterable
from datetime import date

from content.words import Saying

type Fault = tuple[str, Saying]
"""The key is empty for the whole."""


def placed(faults: Iterable[Fault]) -> tuple[Saying, ...]:
    """What is wrong, each with its key before it."""
    return tuple(Saying("fault.at", key=key, fault=saying) if key else saying for key, saying in faults)


def nothing_named(what: str, name: str) -> Saying:
    """There is no answer, service, country or scheme of that name."""
    return {
        "answer": Saying("fault.no-answer", value=name),
        "service": Saying("fault.no-service", value=name),
        "country": Saying("fault.no-country", value=name),
        "scheme": Saying("fault.no-scheme", value=name),
    }[what]


def review_too_early(review_date: date, last: date) -> Saying:
    """The next review must come after the last day on which a source was checked."""
    return Saying("fault.review-too-early", day=review_date, last=last)
