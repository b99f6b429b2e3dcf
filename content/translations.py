"""What must hold between a translation and its source: it is pinned to a text, and carries the same figures.

Not here: reading the files (`content.folder`), or filling in what they are pinned to (`content.stamping`).
"""

from collections.abc import Iterator

from content.fields import PENDING, SOURCE_LANGUAGE
from content.figures import differing_figures
from content.schema import (
    DEFAULT,
    TextFile,
    TranslationEntry,
    VariantText,
    meaning_of,
)


def problems_with(
    text: TextFile, source: TextFile | None, *, pending_allowed: bool
) -> Iterator[tuple[str, str]]:
    """Everything wrong with a translated file beside its source, as pairs of key and sentence."""
    if text.translation is None:
        yield "translation", "is missing"
    else:
        yield from _entry_problems(text, text.translation, pending_allowed=pending_allowed)
    for name in text.told():
        if text.text_of(name).minor_edit_of is not None:
            yield key_of(name, "minor_edit_of"), "only the source language has this key"
        if source is not None and name in source.told():
            for sentence in figure_problems(_words(source.text_of(name)), _words(text.text_of(name))):
                yield key_of(name, "body"), sentence


def figure_problems(source: str, translation: str) -> Iterator[str]:
    """Figures that are not in both texts (title and body together) equally often."""
    missing, added = differing_figures(source, translation)
    for figure in missing:
        yield f"the figure {figure} of the source text ({SOURCE_LANGUAGE}) is missing here"
    for figure in added:
        yield f"the figure {figure} is not in the source text ({SOURCE_LANGUAGE})"


def outdated(source: TextFile, translation: TextFile) -> Iterator[str]:
    """Variants whose source text changed since they were translated."""
    for name in translation.told():
        if translation.translation is not None and name in source.told():
            made_of = translation.translation.for_variant(name).of
            if made_of not in (PENDING, meaning_of(source.text_of(name))):
                yield name


def key_of(variant: str, key: str) -> str:
    """Where a key of a variant's text stands in its file."""
    return key if variant == DEFAULT else f"variants.{variant}.{key}"


def _entry_problems(
    text: TextFile, entry: TranslationEntry, *, pending_allowed: bool
) -> Iterator[tuple[str, str]]:
    for key, values in entry:
        for name in values if isinstance(values, dict) else ():
            if name not in text.told():
                yield f"translation.{key}", f"{name!r} is not a variant of this file"
    if isinstance(entry.of, str) and entry.of != PENDING and len(text.told()) > 1:
        yield "translation.of", "must have a value for each variant: " + ", ".join(text.told())
        return
    tolds = {name: entry.for_variant(name) for name in text.told()}
    if not pending_allowed and any(told.of == PENDING for told in tolds.values()):
        yield "translation.of", "is pending: run python -m content.importer --stamp"
    for name, told in tolds.items():
        if told.of is None:
            yield "translation.of", f"{name}: is missing"
        if told.state is None:
            yield "translation.state", f"{name}: is missing"
        if told.state == "reviewed" and told.reviewed_by is None:
            yield "translation.reviewed_by", f"{name}: is missing, and the state is reviewed"


def _words(text: VariantText) -> str:
    return f"{text.title}\n{text.body}"
