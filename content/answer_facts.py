"""Sources, corridors, variants … of one answer, in the form in which somebody edits them.

Not here: changing them (`content.answer_steps`), texts (`content.editorial`).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from content.models import Answer, Variant
from content.publishing import find_variant
from content.schema import AppliesTo
from content.store import reading


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A variant that is in use: for whom, in which languages it is told, how many sources it has."""

    name: str
    applies_to: AppliesTo
    languages: tuple[str, ...]
    sources: int


def read_sources(engine: Engine, key: str, variant: str) -> dict[str, Any] | None:
    """The sources of a variant, with the answer's review date; None if there is no such variant."""
    with reading(engine) as session:
        found = find_variant(session, key, variant)
        return source_facts(found) if found else None


def read_about(engine: Engine, key: str) -> dict[str, Any] | None:
    """What an answer is; None if there is none such."""
    with reading(engine) as session:
        answer = session.get(Answer, key)
        return about_facts(answer) if answer else None


def read_variants(engine: Engine, key: str) -> list[VariantRow]:
    """The variants of an answer that are in use, the default first."""
    with reading(engine) as session:
        answer = session.get(Answer, key)
        return [
            VariantRow(
                variant.name,
                corridor_of(variant),
                tuple(told.language for told in variant.publications),
                len(variant.sources),
            )
            for variant in (answer.variants if answer else [])
            if not variant.retired
        ]


def print_of(value: Any) -> str:
    """A fingerprint of what somebody had before them: another one after any change."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def about_facts(answer: Answer) -> dict[str, Any]:
    """What an answer is, as a form shows it."""
    return {
        "topic": answer.topic,
        "audience": answer.audience,
        "owner": answer.owner,
        "review_every_days": answer.review_every_days,
        "review_date": _day(answer.review_date),
        "concerns": [dict(corridor) for corridor in answer.concerns],
        "related": list(answer.related),
        "services": list(answer.services),
    }


def source_facts(variant: Variant) -> dict[str, Any]:
    """The sources of a variant and the answer's review date, as a form shows them."""
    return {
        "review_date": _day(variant.answer.review_date),
        "sources": [
            {
                "title": source.title,
                "publisher": source.publisher,
                "url": source.url,
                "as_of": source.as_of,
                "checked_on": source.checked_on.isoformat(),
                "facts": list(source.facts),
            }
            for source in variant.sources
        ],
    }


def corridor_of(variant: Variant) -> AppliesTo:
    """For whom a variant is told."""
    return AppliesTo(scheme=variant.scheme, origin=variant.origin, destination=variant.destination)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
