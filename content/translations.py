"""What must hold between a translation and its source: it is pinned to a text, and carries the same figures.

Not here: reading the files (`content.folder`), or filling in what they are pinned to (`content.stamping`).
"""

from collections.abc import Iterator

from content.faults import Fault
from content.fields import PENDING, SOURCE_LANGUAGE
from content.figures import differing_figures
from content.schema import (
    DEFAULT,
    TextFile,
    TranslationEntry,
    VariantText,
    meaning_of,
)
from content.words import Saying

STAMP = "python -m content.importer --stamp"
"""The command that fills in what translations are pinned to."""


def problems_with(text: TextFile, source: TextFile | None, *, pending_allowed: bool) -> Iterator[Fault]:
    """Everything wrong with a translated file beside its source."""
    if text.translation is None:
        yield "translation", Saying("fault.missing")
    else:
        yield from _entry_problems(text, text.translation, pending_allowed=pending_allowed)
    for name in text.told():
        if text.text_of(name).minor_edit_of is not None:
            yield key_of(name, "minor_edit_of"), Saying("fault.source-language-only")
        if source is not None and name in source.told():
            for saying in figure_problems(_words(source.text_of(name)), _words(text.text_of(name))):
                yield key_of(name, "body"), saying


def figure_problems(source: str, translation: str) -> Iterator[Saying]:
    """Figures that are not in both texts (title and body together) equally often."""
    missing, added = differing_figures(source, translation)
    for figure in missing:
        yield Saying("fault.figure-missing", figure=figure, spoken=SOURCE_LANGUAGE)
    for figure in added:
        yield Saying("fault.figure-added", figure=figure, spoken=SOURCE_LANGUAGE)


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


def _entry_problems(text: TextFile, entry: TranslationEntry, *, pending_allowed: bool) -> Iterator[Fault]:
    for key, values in entry:
        for name in values if isinstance(values, dict) else ():
            if name not in text.told():
                yield f"translation.{key}", Saying("fault.no-variant-here", value=name)
    if isinstance(entry.of, str) and entry.of != PENDING and len(text.told()) > 1:
        yield "translation.of", Saying("fault.value-each-variant", variants=", ".join(text.told()))
        return
    tolds = {name: entry.for_variant(name) for name in text.told()}
    if not pending_allowed and any(told.of == PENDING for told in tolds.values()):
        yield "translation.of", Saying("fault.pending", command=STAMP)
    for name, told in tolds.items():
        if told.of is None:
            yield f"translation.of.{name}", Saying("fault.missing")
        if told.state is None:
            yield f"translation.state.{name}", Saying("fault.missing")
        if told.state == "reviewed" and told.reviewed_by is None:
            yield f"translation.reviewed_by.{name}", Saying("fault.no-reviewer")


def _words(text: VariantText) -> str:
    return f"{text.title}\n{text.body}"
