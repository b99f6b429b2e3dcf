"""The audit log's sentences: which there are, and what fills their blanks.

The words are in the catalogue under the same ids, so that a console can say them in any language.
"""

from sqlalchemy.orm import Session

from content.clock import now
from content.models import AuditEntry

_TEXT = frozenset({"answer", "variant", "language"})
SENTENCES: dict[str, frozenset[str]] = {
    "audit.drafted": _TEXT,
    "audit.submitted": _TEXT,
    "audit.published": _TEXT,
    "audit.approved": _TEXT,
    "audit.withdrawn": _TEXT,
    "audit.withdrawn-figures": _TEXT,
    "audit.went-back": _TEXT | {"day"},
    "audit.phrase-added": frozenset({"answer", "language", "phrase"}),
    "audit.phrase-removed": frozenset({"answer", "language", "phrase"}),
    "audit.still-correct": frozenset({"answer", "day", "review_date"}),
    "audit.imported": frozenset({"items"}),
    "audit.imported-text": _TEXT,
}


def record(session: Session, sentence: str, *, by: str, **values: str) -> None:
    """Write one sentence into the log; KeyError or ValueError if its words would have a blank unfilled."""
    if SENTENCES[sentence] != values.keys():
        raise ValueError(f"{sentence} needs {sorted(SENTENCES[sentence])}, not {sorted(values)}")
    session.add(AuditEntry(at=now(), by=by, sentence=sentence, values=values, answer=values.get("answer")))
