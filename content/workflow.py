"""Editing: the only writer of editorial state besides the importer.

draft → review → published, and back. A revision never changes; publishing moves a pointer. Every change
writes one sentence into the audit log. What is published always meets the library's schema, so that an
export of the store imports again.
Not here: who may do what (roles belong to the console).
"""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.answer_steps import AnswerSteps
from content.audit import record
from content.clock import now
from content.editorial_rules import (
    EditConflict,
    WorkflowError,
    check_minor,
    check_phrases,
    check_publishable,
    check_still_newest,
    check_still_the_edited_text,
    checked_phrase,
    checked_text,
    find_answer,
    find_revision,
    find_used_variant,
    name_of,
    owner_of,
)
from content.fields import SOURCE_LANGUAGE
from content.models import Phrase, Revision
from content.models.answers import Provenance
from content.publishing import (
    point_to,
    published,
    raise_version,
    withdraw_contradicting,
    withdraw_with_dependants,
)
from content.schema import DEFAULT, fingerprint_of
from content.texts import PhraseKind
from content.working_copies import discard_open, forget_copy

__all__ = ["EditConflict", "Workflow", "WorkflowError"]

_LONGEST_REASON = 500


class Workflow(AnswerSteps):
    """The steps of editing. `by` is the name of who does it."""

    def draft(
        self,
        key: str,
        language: str,
        *,
        variant: str = DEFAULT,
        title: str,
        body: str,
        by: str,
        minor: bool = False,
        provenance: Provenance = "human",
        based_on: int | None = None,
    ) -> int:
        """Write a draft; returns its revision id. After a minor edit translations stay up to date.

        `based_on` is the revision that the writer had before them (0: none): a draft of that takes its
        place, and if somebody has written another one meanwhile, EditConflict is raised.
        """
        text = checked_text(title, body)
        with self._step() as session:
            place = find_used_variant(session, key, variant)
            if based_on is not None:
                check_still_newest(session, place, language, based_on)
            source = published(place, SOURCE_LANGUAGE)
            if language != SOURCE_LANGUAGE and source is None:
                raise WorkflowError("workflow.publish-first", text=name_of(place, SOURCE_LANGUAGE))
            told = source if minor and language == SOURCE_LANGUAGE else None
            if told is not None:
                check_minor(told, text)
            revision = Revision(
                variant=place,
                language=language,
                title=text.title,
                body=text.body,
                author=by,
                created_at=now(),
                meaning=told.meaning if told else fingerprint_of(text.title, text.body),
                translates=source.meaning if language != SOURCE_LANGUAGE and source else None,
                provenance=provenance,
                state="draft",
            )
            if based_on is not None:
                discard_open(session, place, language)
                forget_copy(session, place, language, by)
            session.add(revision)
            session.flush()
            _log_text(session, "audit.drafted", revision, by=by)
            return revision.id

    def submit(self, revision_id: int, by: str) -> None:
        """Send a draft to review."""
        with self._step() as session:
            revision = find_revision(session, revision_id, "draft")
            revision.state = "in-review"
            _log_text(session, "audit.submitted", revision, by=by)

    def reject(self, revision_id: int, by: str, why: str) -> None:
        """Send a text back from review to its author, with the reason."""
        reason = " ".join(why.split())
        if not reason:
            raise WorkflowError("workflow.reject-without-reason")
        with self._step() as session:
            revision = find_revision(session, revision_id, "in-review")
            revision.state = "draft"
            _log_text(session, "audit.rejected", revision, by=by, why=reason[:_LONGEST_REASON])

    def discard(self, revision_id: int, by: str) -> None:
        """Give a draft up; the history keeps it."""
        with self._step() as session:
            revision = find_revision(session, revision_id, "draft", "in-review")
            revision.state = "discarded"
            _log_text(session, "audit.discarded", revision, by=by)

    def publish(self, revision_id: int, by: str) -> None:
        """Tell people a reviewed revision from now on. Of a translation, `by` has checked it.

        Translations whose figures are no longer those of the source are withdrawn.
        """
        with self._step() as session:
            revision = find_revision(session, revision_id, "in-review")
            check_publishable(session, revision)
            check_still_the_edited_text(revision)
            _mark_reviewed(revision, by)
            point_to(revision, by=by)
            _log_text(session, "audit.published", revision, by=by)
            withdraw_contradicting(session, revision, by=by)
            raise_version(session)

    def approve_translation(self, revision_id: int, by: str) -> None:
        """A native speaker found a published machine-drafted translation right; its text stays as it is."""
        with self._step() as session:
            revision = find_revision(session, revision_id, "published")
            if revision.language == SOURCE_LANGUAGE:
                raise WorkflowError("workflow.no-translation", revision=revision_id)
            _mark_reviewed(revision, by)
            raise_version(session)
            _log_text(session, "audit.approved", revision, by=by)

    def go_back(self, revision_id: int, by: str) -> None:
        """Publish an old revision again."""
        with self._step() as session:
            revision = find_revision(session, revision_id, "published", "withdrawn")
            told = published(revision.variant, revision.language)
            if told is not None and told.id == revision.id:
                raise WorkflowError("workflow.told-already", revision=revision_id)
            check_publishable(session, revision)
            point_to(revision, by=by)
            day = revision.created_at.date().isoformat()
            _log_text(session, "audit.went-back", revision, by=by, day=day)
            withdraw_contradicting(session, revision, by=by)
            raise_version(session)

    def withdraw(self, key: str, language: str, variant: str, by: str) -> None:
        """Tell a text no more, nor what rests on it (translations, further variants)."""
        with self._step() as session:
            place = find_used_variant(session, key, variant)
            if published(place, language) is None:
                raise WorkflowError("workflow.not-published", text=name_of(place, language))
            for name, spoken in withdraw_with_dependants(session, place, language):
                record(session, "audit.withdrawn", by=by, answer=key, variant=name, language=spoken)
            raise_version(session)

    def add_phrase(self, key: str, language: str, text: str, by: str, *, kind: PhraseKind = "staff") -> None:
        """Let one more example question lead to an answer."""
        phrase = checked_phrase(text)
        with self._step() as session:
            find_answer(session, key)
            if owner := owner_of(session, language, phrase):
                raise WorkflowError("workflow.phrase-of-another", phrase=phrase, answer=owner)
            last = select(func.max(Phrase.position)).where(
                Phrase.answer_key == key, Phrase.language == language, Phrase.kind == kind
            )
            position = session.execute(last).scalar_one_or_none()
            session.add(
                Phrase(
                    answer_key=key,
                    language=language,
                    kind=kind,
                    position=0 if position is None else position + 1,
                    text=phrase,
                    added_by=by,
                )
            )
            raise_version(session)
            record(session, "audit.phrase-added", by=by, answer=key, language=language, phrase=phrase)

    def remove_phrase(self, key: str, language: str, text: str, by: str) -> None:
        """Take an example question away; not if a published answer would be left with too few."""
        with self._step() as session:
            answer = find_answer(session, key)
            phrase = next((p for p in answer.phrases if (p.language, p.text) == (language, text)), None)
            if phrase is None:
                raise WorkflowError("workflow.no-phrase", phrase=text, answer=key, spoken=language)
            answer.phrases.remove(phrase)
            if published(find_used_variant(session, key, DEFAULT), language) is not None:
                check_phrases(answer, language)
            raise_version(session)
            record(session, "audit.phrase-removed", by=by, answer=key, language=language, phrase=text)

    def still_correct(self, key: str, by: str) -> None:
        """All sources were read again today and still say the same: a new checked day and review date."""
        with self._step() as session:
            answer = find_answer(session, key)
            day = now().date()
            for variant in answer.variants:
                for source in variant.sources:
                    source.checked_on = day
            answer.review_date = day + timedelta(days=answer.review_every_days)
            raise_version(session)
            record(
                session,
                "audit.still-correct",
                by=by,
                answer=key,
                day=day.isoformat(),
                review_date=answer.review_date.isoformat(),
            )


def _mark_reviewed(revision: Revision, by: str) -> None:
    if revision.language != SOURCE_LANGUAGE:
        revision.reviewed_by = by
        revision.reviewed_on = now().date()


def _log_text(session: Session, sentence: str, revision: Revision, *, by: str, **values: str) -> None:
    record(
        session,
        sentence,
        by=by,
        answer=revision.variant.answer_key,
        variant=revision.variant.name,
        language=revision.language,
        **values,
    )
