"""Answers as people are told them: every published variant, in every language it has.

Read in bare columns, three selects for all: a mapped object for each of thousands of texts would take
most of the time that a reader waits after an edit.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from content.fields import SOURCE_LANGUAGE
from content.messages import Translation
from content.models import Answer, Publication, Revision, Source, Variant
from content.schema import DEFAULT
from content.texts import AnswerText, Corridor, SourceText

type _Row = Row[*tuple[Any, ...]]
_SourcesOf = dict[int, tuple[SourceText, ...]]
_TextsOf = dict[int, dict[str, _Row]]


def told_answers(session: Session, *, drafts: bool = False) -> dict[str, "ToldAnswer"]:
    """All answers that have something to tell, in the order of their keys.

    With `drafts`, as if every draft were told already.
    """
    variants = defaultdict(list)
    for variant in session.execute(_VARIANTS):
        variants[variant.answer_key].append(variant)
    sources, texts = _sources(session), _texts(session, drafts=drafts)
    answers = {
        answer.key: ToldAnswer(answer, variants[answer.key], sources, texts)
        for answer in session.execute(_ANSWERS)
        if answer.review_date is not None
    }
    return {key: answer for key, answer in answers.items() if answer.is_told}


def _sources(session: Session) -> _SourcesOf:
    found: dict[int, list[SourceText]] = defaultdict(list)
    for variant, title, publisher, url, as_of, checked_on in session.execute(_SOURCES):
        found[variant].append(SourceText(title, publisher, url, as_of, checked_on))
    return {variant: tuple(sources) for variant, sources in found.items()}


def _texts(session: Session, *, drafts: bool) -> _TextsOf:
    found: _TextsOf = defaultdict(dict)
    for text in session.execute(_TEXTS):
        found[text.variant_id][text.language] = text
    for text in session.execute(_DRAFTS) if drafts else ():
        found[text.variant_id][text.language] = text
    return found


_ANSWERS = select(
    Answer.key, Answer.topic, Answer.review_date, Answer.services, Answer.related, Answer.concerns
).order_by(Answer.key)
_VARIANTS = select(
    Variant.id, Variant.answer_key, Variant.name, Variant.origin, Variant.destination, Variant.scheme
).order_by(Variant.answer_key, Variant.position)
_SOURCES = select(
    Source.variant_id, Source.title, Source.publisher, Source.url, Source.as_of, Source.checked_on
).order_by(Source.variant_id, Source.position)
_TEXTS = (
    select(
        Publication.variant_id,
        Publication.language,
        Revision.title,
        Revision.body,
        Revision.meaning,
        Revision.translates,
        Revision.provenance,
        Revision.reviewed_by,
    )
    .join(Publication.revision)
    .order_by(Publication.variant_id, Publication.language)
)
# The newest draft of a text comes last.
_DRAFTS = (
    select(
        Revision.variant_id,
        Revision.language,
        Revision.title,
        Revision.body,
        Revision.meaning,
        Revision.translates,
        Revision.provenance,
        Revision.reviewed_by,
    )
    .join(Revision.variant)
    .where(Revision.state.in_(("draft", "in-review")), Variant.retired.is_(False))
    .order_by(Revision.id)
)


class ToldAnswer:
    """One answer in all its published variants and languages."""

    def __init__(self, answer: _Row, variants: Sequence[_Row], sources: _SourcesOf, texts: _TextsOf) -> None:
        self.topic: str = answer.topic
        self.corridors: dict[str, Corridor] = {}
        self._texts: dict[tuple[str, str], AnswerText] = {}
        concerns = tuple(Corridor(**corridor) for corridor in answer.concerns)
        for variant in variants:
            told = texts.get(variant.id, {})
            if SOURCE_LANGUAGE in told and variant.id in sources:
                self.corridors[variant.name] = Corridor(variant.origin, variant.destination, variant.scheme)
                for language, text in told.items():
                    self._texts[variant.name, language] = AnswerText(
                        key=answer.key,
                        topic=answer.topic,
                        variant=variant.name,
                        language=language,
                        title=text.title,
                        body=text.body.strip(),
                        translation=_translation(text, told[SOURCE_LANGUAGE]),
                        checked_on=min(source.checked_on for source in sources[variant.id]),
                        review_date=answer.review_date,
                        sources=sources[variant.id],
                        services=tuple(answer.services),
                        related=tuple(answer.related),
                        concerns=concerns,
                    )
        self.languages = frozenset(language for name, language in self._texts if name == DEFAULT)
        """Languages of the default variant."""

    @property
    def is_told(self) -> bool:
        """Whether there is anything to tell where nothing is known of the person."""
        return DEFAULT in self.corridors

    def keep_references(self, answers: Collection[str], services: Collection[str]) -> None:
        """Drop references to what nobody is told."""
        for place, text in self._texts.items():
            self._texts[place] = replace(
                text,
                related=tuple(key for key in text.related if key in answers),
                services=tuple(id_ for id_ in text.services if id_ in services),
            )

    def text(self, name: str, language: str) -> AnswerText:
        """The text of a variant in the language, else in English."""
        return self._texts.get((name, language)) or self._texts[name, SOURCE_LANGUAGE]

    def variant_for(self, corridor: Corridor) -> str:
        """The variant with the most conditions that all hold; a scheme counts before an origin."""
        fitting = [name for name, wanted in self.corridors.items() if _fits(wanted, corridor)]
        return max(fitting, key=lambda name: _precision(self.corridors[name]))


def _conditions(wanted: Corridor) -> tuple[str | None, str | None, str | None]:
    return (wanted.scheme, wanted.origin, wanted.destination)


def _fits(wanted: Corridor, corridor: Corridor) -> bool:
    pairs = zip(_conditions(wanted), _conditions(corridor), strict=True)
    return all(want is None or want == have for want, have in pairs)


def _precision(wanted: Corridor) -> tuple[int, tuple[bool, ...]]:
    given = tuple(condition is not None for condition in _conditions(wanted))
    return sum(given), given


def _translation(text: _Row, source: _Row) -> Translation:
    """How far a text can be trusted, seen from the source text that is told now."""
    if text.language == SOURCE_LANGUAGE:
        return "source"
    if text.translates != source.meaning:
        return "outdated"
    return "reviewed" if text.provenance == "human" or text.reviewed_by is not None else "machine-drafted"
