"""The audit log's sentences: which there are, and what fills their blanks.

The words are in the catalogue under the same ids, so that a console can say them in any language.
"""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from content.clock import now
from content.models import AuditEntry
from content.store import writing

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
    "audit.questions-aside": frozenset({"number"}),
    "audit.questions-back": frozenset({"number"}),
    "audit.sources-saved": frozenset({"answer", "variant"}),
    "audit.about-saved": frozenset({"answer"}),
    "audit.variant-added": frozenset({"answer", "variant"}),
    "audit.variant-retired": frozenset({"answer", "variant"}),
    "audit.answer-made": frozenset({"answer"}),
    "audit.still-correct": frozenset({"answer", "day", "review_date"}),
    "audit.rejected": _TEXT | {"why"},
    "audit.discarded": _TEXT,
    "audit.signed-in": frozenset(),
    "audit.password-changed": frozenset(),
    "audit.totp-on": frozenset(),
    "audit.totp-off": frozenset(),
    "audit.account-made": frozenset({"name", "roles", "languages"}),
    "audit.account-changed": frozenset({"name", "roles", "languages"}),
    "audit.account-closed": frozenset({"name"}),
    "audit.account-opened": frozenset({"name"}),
    "audit.account-reset": frozenset({"name"}),
    "audit.facts-added": frozenset({"sheet"}),
    "audit.facts-saved": frozenset({"sheet"}),
    "audit.facts-corrected": frozenset({"sheet", "why"}),
    "audit.facts-checked": frozenset({"sheet"}),
    "audit.facts-restored": frozenset({"sheet", "day"}),
    "audit.rule-changed": frozenset({"sheet", "rule", "day"}),
    "audit.words-saved": frozenset({"sheet", "language"}),
    "audit.words-approved": frozenset({"sheet", "language"}),
    "audit.service-withdrawn": frozenset({"sheet", "why"}),
    "audit.file-told": frozenset({"file", "register", "rows"}),
    "audit.file-undone": frozenset({"file", "register"}),
    "audit.request-claimed": frozenset({"request"}),
    "audit.request-taken-over": frozenset({"request", "name"}),
    "audit.request-handed-back": frozenset({"request"}),
    "audit.request-closed": frozenset({"request"}),
    "audit.team-hours": frozenset(),
    "audit.canned-kept": frozenset({"language"}),
    "audit.canned-dropped": frozenset({"language"}),
    "audit.imported": frozenset({"items"}),
    "audit.imported-text": _TEXT,
    "audit.translations-imported": frozenset({"file", "language", "number"}),
}


def record(session: Session, sentence: str, *, by: str, **values: str) -> None:
    """Write one sentence into the log; KeyError or ValueError if its words would have a blank unfilled."""
    if SENTENCES[sentence] != values.keys():
        raise ValueError(f"{sentence} needs {sorted(SENTENCES[sentence])}, not {sorted(values)}")
    session.add(AuditEntry(at=now(), by=by, sentence=sentence, values=values, answer=values.get("answer")))


def write(engine: Engine, sentence: str, *, by: str, **values: str) -> None:
    """Write one sentence about what was done outside this store (an account, a session)."""
    with writing(engine) as session:
        record(session, sentence, by=by, **values)
