"""What becomes of a sheet when its facts or its words change: a new sheet that the library would take.

Not here: writing it (`content.record_workflow`).
"""

from collections.abc import Mapping
from dataclasses import replace

from content.clock import now
from content.fields import SOURCE_LANGUAGE
from content.record_rules import checked_slots, checked_words, contradicting
from content.records import Record, RecordTranslation, RecordWords, words_fingerprint
from content.sheets import Sheet


def english(sheet: Sheet) -> Mapping[str, str]:
    """The source words of a sheet."""
    return sheet.said(SOURCE_LANGUAGE)


def with_facts(sheet: Sheet, about: Record, new_words: Mapping[str, str]) -> Sheet:
    """The sheet with other facts: English words of new slots come in, those of slots that went go."""
    kind, slots = sheet.kind, set(about.slots())
    kept = {slot: text for slot, text in english(sheet).items() if slot in slots}
    new = {slot: text for slot, text in new_words.items() if slot not in kept}
    told = checked_words(kind, about, SOURCE_LANGUAGE, {**new, **kept}) if kind.has_words else {}
    facts = about.model_dump(mode="json", by_alias=True)
    changed = replace(sheet, facts=facts)
    return with_english(changed, told, minor=False) if kind.has_words else changed


def with_english(sheet: Sheet, told: Mapping[str, str], *, minor: bool) -> Sheet:
    """The sheet with other English words. No translation keeps figures that the English ones have not.

    A slot that a translation lacks, or where it says another figure, is told in English until it is
    translated again; what it said before is in the history.
    """
    was = words_fingerprint(english(sheet))
    words = {SOURCE_LANGUAGE: RecordWords(words=dict(told))}
    for language, translated in sheet.words.items():
        if language == SOURCE_LANGUAGE:
            continue
        wrong = set(contradicting(told, {s: t for s, t in translated.words.items() if s in told}))
        right = {slot: text for slot, text in translated.words.items() if slot in told and slot not in wrong}
        filled = right if sheet.kind.is_service else {slot: right.get(slot, told[slot]) for slot in told}
        if not filled:
            continue
        entry = translated.translation
        if entry and minor and entry.of == was and filled.keys() == right.keys():
            entry = entry.model_copy(update={"of": words_fingerprint(told)})
        words[language] = RecordWords(words=filled, translation=entry)
    return replace(sheet, words=words)


def with_translation(sheet: Sheet, language: str, told: Mapping[str, str], *, by: str) -> Sheet:
    """The sheet with a translation that somebody of the staff has just written."""
    if sheet.kind.is_service:
        checked_slots(sheet.kind, told)
        return with_words(sheet, language, RecordWords(words=dict(told)) if told else None)
    pinned = words_fingerprint(english(sheet))
    entry = RecordTranslation(state="human", of=pinned, reviewed_by=by, reviewed_on=now().date())
    return with_words(sheet, language, RecordWords(words=dict(told), translation=entry))


def with_words(sheet: Sheet, language: str, words: RecordWords | None) -> Sheet:
    """The sheet with words of a language as they are given, or without any."""
    others = {code: each for code, each in sheet.words.items() if code != language}
    return replace(sheet, words=others if words is None else {**others, language: words})
