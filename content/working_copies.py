"""Working copies: what somebody is writing, kept every few seconds so that nothing is lost.

They also say who else is at work on a text. Not here: drafts (`content.workflow`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from content.clock import now
from content.editorial_rules import find_used_variant
from content.models import Answer, Revision, Variant, WorkingCopy
from content.store import reading, writing

AT_WORK = timedelta(minutes=10)
_LONGEST_TITLE, _LONGEST_BODY = 500, 20_000


@dataclass(frozen=True, slots=True)
class Copy:
    """A working copy; `at_work` if it was touched a moment ago."""

    by: str
    title: str
    body: str
    based_on: int | None
    touched_at: datetime

    @property
    def at_work(self) -> bool:
        """Whether somebody is probably writing it now."""
        return self.touched_at > now() - AT_WORK


class WorkingCopies:
    """The door to working copies."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(
        self, key: str, variant: str, language: str, *, by: str, title: str, body: str, based_on: int | None
    ) -> datetime:
        """Keep what somebody has written so far; when that was."""
        with writing(self._engine) as session:
            place = find_used_variant(session, key, variant)
            copy = session.get(WorkingCopy, (place.id, language, by))
            if copy is None:
                copy = WorkingCopy(variant_id=place.id, language=language, by=by)
                session.add(copy)
            copy.title, copy.body = title[:_LONGEST_TITLE], body[:_LONGEST_BODY]
            copy.based_on, copy.touched_at = based_on, now()
            return copy.touched_at

    def forget(self, key: str, variant: str, language: str, by: str) -> None:
        """Somebody gives up what they have written."""
        with writing(self._engine) as session:
            forget_copy(session, find_used_variant(session, key, variant), language, by)

    def of_text(self, key: str, variant: str, language: str) -> list[Copy]:
        """All working copies of a text, the last touched first."""
        wanted = (
            select(WorkingCopy)
            .join(Variant, Variant.id == WorkingCopy.variant_id)
            .where(Variant.answer_key == key, Variant.name == variant, WorkingCopy.language == language)
            .order_by(WorkingCopy.touched_at.desc())
        )
        with reading(self._engine) as session:
            return [_copy(found) for found in session.scalars(wanted)]

    def of_member(self, by: str) -> list[tuple[str, str, str, datetime]]:
        """Answer, variant, language and time of what somebody has begun to write."""
        wanted = (
            select(Answer.key, Variant.name, WorkingCopy.language, WorkingCopy.touched_at)
            .join(Variant, Variant.id == WorkingCopy.variant_id)
            .join(Answer, Answer.key == Variant.answer_key)
            .where(WorkingCopy.by == by)
            .order_by(WorkingCopy.touched_at.desc())
        )
        with reading(self._engine) as session:
            return [(key, variant, language, at) for key, variant, language, at in session.execute(wanted)]


def forget_copy(session: Session, variant: Variant, language: str, by: str) -> None:
    """Within a step: somebody's working copy has become a draft, or is given up."""
    session.execute(
        delete(WorkingCopy).where(
            WorkingCopy.variant_id == variant.id, WorkingCopy.language == language, WorkingCopy.by == by
        )
    )


def discard_open(session: Session, variant: Variant, language: str) -> None:
    """Within a step: the drafts of a text give way to a new one that was made of them."""
    session.execute(
        update(Revision)
        .where(
            Revision.variant_id == variant.id,
            Revision.language == language,
            Revision.state.in_(("draft", "in-review")),
        )
        .values(state="discarded")
    )


def _copy(found: WorkingCopy) -> Copy:
    return Copy(found.by, found.title, found.body, found.based_on, found.touched_at)
