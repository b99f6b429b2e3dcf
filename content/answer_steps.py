"""Steps of editing that concern a whole answer: its sources, what it is, its variants; and a new one.

`content.workflow.Workflow` has them besides those of texts. What readers can see changes at once.
Not here: what must hold (`content.answer_rules`), who may do what (the console).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Self

from sqlalchemy import Engine, delete, update
from sqlalchemy.orm import Session

from content.answer_facts import about_facts, source_facts
from content.answer_rules import (
    NewAnswer,
    NewVariant,
    check_based_on,
    check_new,
    check_references,
    check_review_date,
    check_sources,
    check_variant,
    checked,
    source_rows,
)
from content.audit import record
from content.clock import now
from content.editorial_rules import WorkflowError, find_answer, find_used_variant
from content.fields import SOURCE_LANGUAGE
from content.models import Answer, Phrase, Revision, Variant, WorkingCopy
from content.publishing import raise_version, take_turn, withdraw
from content.record_rules import SheetError
from content.schema import DEFAULT, AnswerAbout, SourceEntry, fingerprint_of
from content.store import writing
from content.words import Saying


class AnswerSteps:
    """The steps on whole answers. `by` is the name of who does it.

    `based_on` is the fingerprint of what the writer had before them; SheetConflict is raised if somebody
    has changed it since. What is wrong by itself is raised as SheetError, by field.
    """

    def __init__(self, engine: Engine, within: Session | None = None) -> None:
        self._engine = engine
        self._within = within

    @contextmanager
    def together(self) -> Iterator[tuple[Self, Session]]:
        """Several steps as one: all of them are done, or none; with the session that they are done in."""
        with self._step() as session:
            yield type(self)(self._engine, session), session

    def set_sources(
        self,
        key: str,
        variant: str,
        sources: Sequence[SourceEntry],
        *,
        by: str,
        based_on: str,
        review_date: date | None = None,
    ) -> None:
        """Let a variant have these sources; and the answer another review date, if one is given."""
        with self._step() as session:
            place = find_used_variant(session, key, variant)
            check_based_on(before := source_facts(place), based_on)
            review = review_date or place.answer.review_date
            check_sources(place, sources, review)
            place.sources = source_rows(sources)
            place.answer.review_date = review
            if source_facts(place) == before:
                return
            raise_version(session)
            record(session, "audit.sources-saved", by=by, answer=key, variant=variant)

    def set_about(self, key: str, about: AnswerAbout, *, by: str, based_on: str) -> None:
        """Let an answer be for these people, concern these corridors, be reviewed on that day …"""
        with self._step() as session:
            answer = find_answer(session, key)
            check_based_on(before := about_facts(answer), based_on)
            if about.topic != key.partition(".")[0]:
                raise SheetError([("topic", Saying("fault.topic-and-key", value=key.partition(".")[0]))])
            check_references(session, key, about)
            used = [variant for variant in answer.variants if not variant.retired]
            check_review_date(about.review_date, [s.checked_on for each in used for s in each.sources])
            answer.audience, answer.owner = about.audience, about.owner
            answer.review_every_days, answer.review_date = about.review_every_days, about.review_date
            answer.concerns = [corridor.model_dump(exclude_none=True) for corridor in about.concerns]
            answer.related = list(dict.fromkeys(about.related))
            answer.services = list(dict.fromkeys(about.services))
            if about_facts(answer) == before:
                return
            raise_version(session)
            record(session, "audit.about-saved", by=by, answer=key)

    def add_variant(self, key: str, new: NewVariant, *, by: str) -> None:
        """Let an answer be told otherwise to some; a variant of that name that was retired is used again.

        It is told once it has sources and an English text.
        """
        with self._step() as session:
            answer = find_answer(session, key)
            check_variant(session, answer, new)
            variant = next((each for each in answer.variants if each.name == new.name), None)
            if variant is None:
                last = max(each.position for each in answer.variants)
                variant = Variant(name=new.name, position=last + 1, sources=[], publications=[])
                answer.variants.append(variant)
            variant.retired = False
            variant.scheme = new.applies_to.scheme
            variant.origin, variant.destination = new.applies_to.origin, new.applies_to.destination
            raise_version(session)
            record(session, "audit.variant-added", by=by, answer=key, variant=new.name)

    def retire_variant(self, key: str, name: str, *, by: str) -> None:
        """Tell a variant no more, in any language; its drafts are given up. The history keeps all."""
        if name == DEFAULT:
            raise WorkflowError("workflow.default-stays")
        with self._step() as session:
            variant = find_used_variant(session, key, name)
            for language in [told.language for told in variant.publications]:
                withdraw(session, variant, language)
                record(session, "audit.withdrawn", by=by, answer=key, variant=name, language=language)
            session.execute(
                update(Revision)
                .where(Revision.variant_id == variant.id, Revision.state.in_(("draft", "in-review")))
                .values(state="discarded")
            )
            session.execute(delete(WorkingCopy).where(WorkingCopy.variant_id == variant.id))
            variant.retired = True
            raise_version(session)
            record(session, "audit.variant-retired", by=by, answer=key, variant=name)

    def create_answer(self, new: NewAnswer, *, by: str) -> int:
        """Write a new answer; returns the revision id of its English draft. Nobody is told it yet."""
        with self._step() as session:
            check_new(session, new)
            variant = Variant(name=DEFAULT, position=0, sources=source_rows(new.sources), publications=[])
            answer = Answer(
                key=new.key,
                topic=new.topic,
                audience=new.audience,
                owner=new.owner,
                review_every_days=new.review_every_days,
                review_date=new.review_date,
                concerns=[corridor.model_dump(exclude_none=True) for corridor in new.concerns],
                related=new.related,
                services=new.services,
                variants=[variant],
                phrases=list(_phrases(new, by)),
            )
            revision = Revision(
                variant=variant,
                language=SOURCE_LANGUAGE,
                title=new.title,
                body=new.body,
                author=by,
                created_at=now(),
                meaning=fingerprint_of(new.title, new.body),
                provenance="human",
                state="draft",
            )
            session.add_all([answer, revision])
            session.flush()
            record(session, "audit.answer-made", by=by, answer=new.key)
            place = {"answer": new.key, "variant": DEFAULT, "language": SOURCE_LANGUAGE}
            record(session, "audit.drafted", by=by, **place)
            return revision.id

    @contextmanager
    def _step(self) -> Iterator[Session]:
        if self._within is not None:
            yield self._within
            return
        with writing(self._engine) as session:
            take_turn(session)
            yield session


def variant_for(name: str, corridor: Mapping[str, str]) -> NewVariant:
    """A variant for a corridor; without a name it has that of its conditions: `palm-vu`.

    Raises SheetError.
    """
    told = {condition: code for condition, code in corridor.items() if code}
    name = name or "-".join(code.lower() for code in told.values())
    if not name:
        raise SheetError([("applies_to", Saying("fault.no-corridor"))])
    return checked(NewVariant, {"name": name, "applies_to": told})


def _phrases(new: NewAnswer, by: str) -> Iterator[Phrase]:
    for language, phrases in new.phrases.items():
        for kind, texts in phrases.by_kind():
            for place, text in enumerate(texts):
                yield Phrase(language=language, kind=kind, position=place, text=text, added_by=by)
