"""Hints to whoever is about to publish a text: what it lacks, and what publishing it would do to others.

They stop nobody. Not here: hints on how a text reads (`content.hints`), what stops a text from being
published (`content.editorial_rules`), and the steps (`content.workflow`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from content.clock import today
from content.fields import SOURCE_LANGUAGE
from content.figures import differing_figures
from content.hints import Hint
from content.models import Publication, Revision, Variant
from content.publishing import find_variant, published
from content.schema import DEFAULT, fingerprint_of
from content.store import reading
from content.translations import figure_problems


@dataclass(frozen=True, slots=True)
class _Text:
    """What is about to be told."""

    language: str
    title: str
    body: str
    minor: bool

    @property
    def words(self) -> str:
        return f"{self.title}\n{self.body}"


def warnings(  # noqa: PLR0917 - as a text is named everywhere: answer, variant, language, title, body
    store: Engine | Session,
    key: str,
    variant: str,
    language: str,
    title: str,
    body: str,
    *,
    minor: bool = False,
    language_name: Callable[[str], str] = str,
) -> list[Hint]:
    """Everything to think of before a text is told; `language_name` says how languages are called."""
    text = _Text(language, title, body, minor)
    if isinstance(store, Engine):
        with reading(store) as session:
            return _warnings(find_variant(session, key, variant), text, language_name)
    return _warnings(find_variant(store, key, variant), text, language_name)


def _warnings(variant: Variant | None, text: _Text, language_name: Callable[[str], str]) -> list[Hint]:
    if variant is None:
        return []
    found = [*_of_sources(variant), *_of_figures(published(variant, text.language), text)]
    if text.language == SOURCE_LANGUAGE:
        found += _of_translations(variant, text, language_name)
    return found


def _of_sources(variant: Variant) -> Iterator[Hint]:
    """No source, or some that nobody has read for longer than a review interval."""
    if not variant.sources:
        yield Hint("no-source", {})
    days = variant.answer.review_every_days
    old = [source for source in variant.sources if source.checked_on < today() - timedelta(days=days)]
    if old:
        oldest = min(old, key=lambda source: source.checked_on)
        checked = oldest.checked_on.isoformat()
        yield Hint(
            "source-old", {"number": len(old), "days": days, "title": oldest.title, "checked": checked}
        )


def _of_figures(told: Revision | None, text: _Text) -> Iterator[Hint]:
    """Figures that are others than those of the text that is told now."""
    if told is None:
        return
    gone, new = differing_figures(_words(told), text.words)
    if gone:
        yield Hint("figures-gone", {"figures": ", ".join(dict.fromkeys(gone))})
    if new:
        yield Hint("figures-new", {"figures": ", ".join(dict.fromkeys(new))})
    if text.minor and told.language == SOURCE_LANGUAGE and (gone or new):
        yield Hint("not-minor", {})


def _of_translations(variant: Variant, text: _Text, language_name: Callable[[str], str]) -> Iterator[Hint]:
    """Which translations would be withdrawn as their figures differ, and which would become outdated.

    A translation of the default text takes those of further variants with it (`content.publishing`).
    """
    translations = [told for told in variant.publications if told.language != SOURCE_LANGUAGE]
    gone = [told for told in translations if any(figure_problems(text.words, _words(told.revision)))]
    told = published(variant, SOURCE_LANGUAGE)
    meaning = told.meaning if told and text.minor else fingerprint_of(text.title, text.body)
    outdated = [
        told
        for told in translations
        if told not in gone and told.revision.translates not in (None, meaning) and _is_up_to_date(told)
    ]
    if outdated:
        yield Hint("translations-outdated", {"languages": _named(outdated, language_name)})
    if gone:
        yield Hint("translations-withdrawn", {"languages": _named(gone, language_name)})
    further = {
        each.name
        for each in variant.answer.variants
        for also in each.publications
        if variant.name == DEFAULT and each is not variant and also.language in {t.language for t in gone}
    }
    if further:
        yield Hint("variants-withdrawn", {"variants": ", ".join(sorted(further))})


def _is_up_to_date(told: Publication) -> bool:
    """Whether a translation is one of the source text that is told now."""
    source = published(told.variant, SOURCE_LANGUAGE)
    return source is not None and told.revision.translates == source.meaning


def _named(translations: list[Publication], language_name: Callable[[str], str]) -> str:
    return ", ".join(language_name(told.language) for told in translations)


def _words(revision: Revision) -> str:
    return f"{revision.title}\n{revision.body}"
