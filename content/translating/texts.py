"""What translators work on: every source text that is told, beside what there is of it in their language.

Read in bare columns with the texts themselves. Not here: the states that the board shows
(`content.editorial`), files (`content.translating.xliff`, `content.translating.spreadsheet`).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.fields import SOURCE_LANGUAGE
from content.models import Answer, Publication, Revision, Variant
from content.models.answers import Provenance, RevisionState

WorkState = Literal["missing", "outdated", "machine-drafted", "reviewed", "draft", "in-review"]
"""How far the newest text is. `draft` and `in-review` are made from the source as it is now."""

type Place = tuple[str, str]
"""The key of an answer and the name of its variant."""

_OPEN = ("draft", "in-review")


class Wording(NamedTuple):
    """The two parts of a text."""

    title: str
    body: str


NOTHING = Wording("", "")


@dataclass(frozen=True, slots=True)
class WorkText:
    """A text to translate. `newest` is the revision that a new draft goes on from, 0 where there is none."""

    key: str
    variant: str
    topic: str
    source: Wording
    meaning: str
    current: Wording
    newest: int
    state: WorkState
    writer: str = ""
    """Who wrote the draft that is open, if one is."""


def work_texts(session: Session, language: str) -> Mapping[Place, WorkText]:
    """All texts whose source is told, by key and variant; what is `current` is in the language given."""
    revisions: dict[int, list[_Revision]] = defaultdict(list)
    for row in session.execute(_REVISIONS.where(Revision.language == language)):
        revisions[row[0]].append(_Revision(*row[1:]))
    told: dict[int, int] = dict(session.execute(_TOLD.where(Publication.language == language)).all())
    texts = {}
    for id_, key, variant, topic, title, body, meaning in session.execute(_SOURCES):
        source = _Source(key, variant, topic, Wording(title, body), meaning)
        texts[key, variant] = _text(source, revisions[id_], told.get(id_))
    return texts


class _Source(NamedTuple):
    key: str
    variant: str
    topic: str
    wording: Wording
    meaning: str


class _Revision(NamedTuple):
    id: int
    title: str
    body: str
    author: str
    state: RevisionState
    translates: str | None
    provenance: Provenance
    reviewed_by: str | None


_SOURCES = (
    select(
        Variant.id,
        Variant.answer_key,
        Variant.name,
        Answer.topic,
        Revision.title,
        Revision.body,
        Revision.meaning,
    )
    .join(Answer, Answer.key == Variant.answer_key)
    .join(Publication, Publication.variant_id == Variant.id)
    .join(Revision, Revision.id == Publication.revision_id)
    .where(Variant.retired.is_(False), Publication.language == SOURCE_LANGUAGE)
    .order_by(Variant.answer_key, Variant.position)
)
_REVISIONS = (
    select(
        Revision.variant_id,
        Revision.id,
        Revision.title,
        Revision.body,
        Revision.author,
        Revision.state,
        Revision.translates,
        Revision.provenance,
        Revision.reviewed_by,
    )
    .where(Revision.state != "discarded")
    .order_by(Revision.id)
)
_TOLD = select(Publication.variant_id, Publication.revision_id)


def _text(source: _Source, revisions: list[_Revision], told: int | None) -> WorkText:
    current = _current(revisions, told)
    is_open = current is not None and current.state in _OPEN
    return WorkText(
        key=source.key,
        variant=source.variant,
        topic=source.topic,
        source=source.wording,
        meaning=source.meaning,
        current=Wording(current.title, current.body) if current else NOTHING,
        newest=revisions[-1].id if revisions else 0,
        state=_state(current, told, source.meaning),
        writer=current.author if current and is_open else "",
    )


def _current(revisions: list[_Revision], told: int | None) -> _Revision | None:
    """The newest draft, else what is told, else the last text that was."""
    drafts = [row for row in revisions if row.state in _OPEN]
    chosen = drafts or [row for row in revisions if row.id == told] or revisions
    return chosen[-1] if chosen else None


def _state(current: _Revision | None, told: int | None, meaning: str) -> WorkState:
    if current is None or (current.state not in _OPEN and current.id != told):
        return "missing"
    if current.translates != meaning:
        return "outdated"
    if current.state in _OPEN:
        return "draft" if current.state == "draft" else "in-review"
    return "reviewed" if current.provenance == "human" or current.reviewed_by else "machine-drafted"
