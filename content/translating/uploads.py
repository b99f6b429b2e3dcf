"""Translators' files coming in: kept until somebody has seen what they would do, then written as drafts.

Nothing is published here. What a browser sends back only chooses among what is kept in the store.
Not here: reading a file (`content.translating.files`), judging it (`content.translating.judging`).
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from content.audit import record
from content.clock import now
from content.models import TranslatedFile
from content.store import reading, writing
from content.translating.judging import Judged, fingerprint, judged
from content.translating.texts import work_texts
from content.translating.units import UnitIn
from content.workflow import Workflow

_KEPT = timedelta(days=2)
_LONGEST_NAME = 100


class ChangedMeanwhileError(Exception):
    """A file would not do any more what somebody was shown; nothing was written."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits, and what it would do now."""

    id: str
    language: str
    file: str
    at: datetime
    judged: list[Judged]

    @property
    def fingerprint(self) -> str:
        """What a confirmation must carry."""
        return fingerprint(self.judged)

    def with_verdict(self, *verdicts: str) -> list[Judged]:
        """Its texts of which this was found."""
        return [one for one in self.judged if one.verdict in verdicts]


class Uploads:
    """The door to files that wait. Each belongs to the member who brought it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, units: list[UnitIn], *, language: str, file: str, by: str) -> str:
        """Keep a file's units; returns the id. Old files that nobody decided on are thrown away."""
        id_ = secrets.token_urlsafe(16)
        with writing(self._engine) as session:
            session.execute(delete(TranslatedFile).where(TranslatedFile.at < now() - _KEPT))
            kept = [unit.kept() for unit in units]
            name = file[:_LONGEST_NAME]
            session.add(TranslatedFile(id=id_, language=language, file=name, units=kept, by=by, at=now()))
        return id_

    def found(self, id_: str, by: str) -> Upload | None:
        """A member's own file, judged by the store as it is now."""
        with reading(self._engine) as session:
            kept = _kept(session, id_, by)
            return _upload(session, kept) if kept else None

    def forget(self, id_: str, by: str) -> None:
        """Give a file up."""
        with writing(self._engine) as session:
            if kept := _kept(session, id_, by):
                session.delete(kept)

    def take(self, upload: Upload, chosen: Collection[str], *, shown: str, review: bool, by: str) -> int:
        """Write drafts of the texts chosen (`key/variant`), all or none, and send them to review if asked.

        `shown` is the fingerprint of what the member was shown. Raises ChangedMeanwhileError if the store
        has moved on since; returns how many drafts were written.
        """
        with Workflow(self._engine).together() as (steps, session):
            kept = _kept(session, upload.id, by)
            if kept is None:
                raise ChangedMeanwhileError
            now_found = _upload(session, kept)
            if now_found.fingerprint != shown:
                raise ChangedMeanwhileError
            taken = [one for one in now_found.judged if one.writes and one.name in chosen]
            for one in taken:
                revision = _draft(steps, one, kept.language, by)
                if review:
                    steps.submit(revision, by)
            values = {"file": kept.file, "language": kept.language, "number": str(len(taken))}
            record(session, "audit.translations-imported", by=by, **values)
            session.delete(kept)
        return len(taken)


def _draft(steps: Workflow, one: Judged, language: str, by: str) -> int:
    return steps.draft(
        one.key,
        language,
        variant=one.variant,
        title=one.came.title,
        body=one.came.body,
        by=by,
        based_on=one.text.newest if one.text else 0,
    )


def _kept(session: Session, id_: str, by: str) -> TranslatedFile | None:
    kept = session.get(TranslatedFile, id_)
    return kept if kept is not None and kept.by == by else None


def _upload(session: Session, kept: TranslatedFile) -> Upload:
    units = [UnitIn.of_kept(unit) for unit in kept.units]
    found = judged(units, work_texts(session, kept.language))
    return Upload(kept.id, kept.language, kept.file, kept.at, found)
