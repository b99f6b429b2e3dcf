"""Editing services and records: their facts, their words, their rules' periods; and going back.

Every change keeps what was there before (`content.item_history`), writes one sentence into the audit log
and is seen by readers at once. Not here: answers (`content.workflow`), who may do what (the console).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from content.applying import CannotApply
from content.audit import record
from content.clock import now, today
from content.editorial_rules import WorkflowError
from content.fields import SOURCE_LANGUAGE
from content.item_history import Reason, kept_before, put, take_away
from content.items import RecordItem, RecordWordsItem, ServiceItem
from content.models import ItemVersion, Service
from content.publishing import raise_version, take_turn
from content.record_rules import (
    SheetError,
    check_based_on,
    check_figures,
    check_past,
    checked_facts,
    checked_words,
    read_today,
    with_period,
)
from content.records import words_fingerprint
from content.sheet_changes import english, with_english, with_facts, with_translation, with_words
from content.sheets import SERVICES, Kind, Sheet, find_sheet, kind_named, of_service, rules_of
from content.store import writing
from content.words import Saying

_LONGEST_REASON = 500


class RecordWorkflow:
    """The steps of editing services and records. `by` is the name of who does it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(
        self,
        kind: Kind,
        id_: str,
        facts: Mapping[str, Any],
        *,
        by: str,
        based_on: str,
        words: Mapping[str, str] | None = None,
        why: str = "",
    ) -> None:
        """Keep facts, and the English words of slots that had none.

        `based_on` is the fingerprint of the facts that the writer had before them, empty for something new.
        """
        with self._step() as session:
            before = find_sheet(session, kind, id_)
            check_based_on(before, based_on)
            about = checked_facts(session, kind, {**facts, "id": id_})
            reason = Reason(by, one_line(why) or None)
            if before is not None:
                check_past(kind.form.model_validate(before.facts), about, today(), reason.why or "")
            sheet = with_facts(before or Sheet(kind, id_, {}), about, words or {})
            store_sheet(session, before, sheet, reason)
            _log(session, "audit.facts-saved" if before else "audit.facts-added", sheet, reason)

    def change_rule(
        self, kind: Kind, id_: str, rule: str, period: Mapping[str, Any], *, by: str, based_on: str
    ) -> None:
        """From a day on one rule says something else; what it said until then ends the day before."""
        with self._step() as session:
            before = _found(session, kind, id_)
            check_based_on(before, based_on)
            rules = rules_of(before)
            facts = with_period(rules, rule, period)
            place = next(n for n, each in enumerate(rules.rules) if each.id == rule)
            new = f"rules.{place}.periods.{len(rules.rules[place].periods)}"
            try:
                about = checked_facts(session, kind, facts)
                check_past(rules, about, today(), "")
            except SheetError as error:
                raise SheetError(
                    [(key.removeprefix(new).removeprefix("."), saying) for key, saying in error.wrong]
                ) from None
            store_sheet(session, before, with_facts(before, about, {}), Reason(by))
            record(
                session,
                "audit.rule-changed",
                by=by,
                sheet=_name(before),
                rule=rule,
                day=str(period["from"]),
            )

    def save_words(
        self,
        kind: Kind,
        id_: str,
        language: str,
        words: Mapping[str, str],
        *,
        by: str,
        based_on: str,
        minor: bool = False,
    ) -> None:
        """Keep the words of a language; after a minor edit of the English ones translations are no older."""
        with self._step() as session:
            before = _found(session, kind, id_)
            check_based_on(before, based_on, language)
            about = kind.form.model_validate(before.facts)
            told = checked_words(kind, about, language, words)
            if language == SOURCE_LANGUAGE:
                sheet = with_english(before, told, minor=minor)
            else:
                check_figures(english(before), told)
                sheet = with_translation(before, language, told, by=by)
            store_sheet(session, before, sheet, Reason(by))
            record(session, "audit.words-saved", by=by, sheet=_name(before), language=language)

    def approve_words(self, kind: Kind, id_: str, language: str, *, by: str) -> None:
        """Somebody who reads a language found its words right, beside the English ones as they are now."""
        with self._step() as session:
            before = _found(session, kind, id_)
            told = before.words.get(language)
            if told is None or told.translation is None:
                raise WorkflowError("workflow.no-words", sheet=_name(before), spoken=language)
            check_figures(english(before), told.words)
            read = {
                "state": "reviewed" if told.translation.state != "human" else "human",
                "of": words_fingerprint(english(before)),
                "reviewed_by": by,
                "reviewed_on": now().date(),
            }
            words = told.model_copy(update={"translation": told.translation.model_copy(update=read)})
            store_sheet(session, before, with_words(before, language, words), Reason(by))
            record(session, "audit.words-approved", by=by, sheet=_name(before), language=language)

    def still_correct(self, kind: Kind, id_: str, *, by: str) -> None:
        """Its sources were read again today and still say the same."""
        with self._step() as session:
            before = _found(session, kind, id_)
            about = checked_facts(session, kind, read_today(kind, before.facts, now().date()))
            store_sheet(session, before, with_facts(before, about, {}), Reason(by))
            record(session, "audit.facts-checked", by=by, sheet=_name(before))

    def withdraw_service(self, id_: str, *, by: str, why: str) -> None:
        """Name a service no more. Its history stays, and can bring it back."""
        with self._step() as session:
            before = _found(session, SERVICES, id_)
            reason = Reason(by, _needed(why))
            for item in before.items():
                take_away(session, item, reason)
            record(session, "audit.service-withdrawn", by=by, sheet=_name(before), why=reason.why or "")

    def restore(self, version_id: int, *, by: str, why: str = "") -> None:
        """Bring something back as it was before a change."""
        with self._step() as session:
            version = session.get(ItemVersion, version_id)
            item = kept_before(version) if version else None
            if version is None or item is None:
                raise WorkflowError("workflow.nothing-before")
            sheet = before = _sheet_of(session, item)
            reason = Reason(by, one_line(why) or None)
            if isinstance(item, RecordWordsItem):
                sheet = self._restored_words(before, item)
            else:
                facts = item.facts if isinstance(item, RecordItem) else of_service(item).facts
                about = checked_facts(session, sheet.kind, facts)
                if before.facts:
                    check_past(sheet.kind.form.model_validate(before.facts), about, today(), reason.why or "")
                words = of_service(item).words if isinstance(item, ServiceItem) else before.words
                sheet = with_facts(replace(before, words=words), about, _past_words(session, before))
            store_sheet(session, before, sheet, reason)
            day = version.at.date().isoformat()
            record(session, "audit.facts-restored", by=by, sheet=_name(sheet), day=day)

    @staticmethod
    def _restored_words(before: Sheet, item: RecordWordsItem) -> Sheet:
        about = before.kind.form.model_validate(before.facts)
        told = checked_words(before.kind, about, item.language, item.words.words)
        if item.language == SOURCE_LANGUAGE:
            return with_english(before, told, minor=False)
        check_figures(english(before), told)
        return with_words(before, item.language, item.words.model_copy(update={"words": told}))

    @contextmanager
    def _step(self) -> Iterator[Session]:
        with writing(self._engine) as session:
            take_turn(session)
            yield session
            raise_version(session)


def store_sheet(session: Session, before: Sheet | None, sheet: Sheet, reason: Reason) -> None:
    """Write what is new of a sheet, and take away what it no longer has."""
    try:
        for item in sheet.items():
            is_new = put(session, item, reason)
            if is_new and isinstance(item, ServiceItem) and not (before and before.facts):
                _put_last(session, item)
    except CannotApply as error:
        raise WorkflowError("workflow.not-as-allowed", wrong=error.saying) from None
    there = {item.id for item in sheet.items()}
    for item in before.items() if before and before.facts else []:
        if item.id not in there:
            take_away(session, item, reason)


def one_line(text: str) -> str:
    """A reason as it is kept."""
    return " ".join(text.split())[:_LONGEST_REASON]


def _needed(why: str) -> str:
    if not (reason := one_line(why)):
        raise SheetError([("why", Saying("fault.write-why"))])
    return reason


def _past_words(session: Session, sheet: Sheet) -> dict[str, str]:
    """English words that slots of this sheet had at any time, the newest of each."""
    if sheet.kind.is_service or not sheet.kind.has_words:
        return {}
    wanted = (
        select(ItemVersion).where(ItemVersion.item == sheet.item_of(SOURCE_LANGUAGE)).order_by(ItemVersion.id)
    )
    words: dict[str, str] = {}
    for version in session.scalars(wanted):
        item = kept_before(version)
        words |= item.words.words if isinstance(item, RecordWordsItem) else {}
    return words


def _sheet_of(session: Session, item: ServiceItem | RecordItem | RecordWordsItem) -> Sheet:
    """The sheet, as the store has it, that an item belongs to; without facts if it is not there."""
    if isinstance(item, ServiceItem):
        return find_sheet(session, SERVICES, item.service.id) or Sheet(SERVICES, item.service.id, {})
    return _found(session, _kind(item.folder.partition("/")[0]), item.record)


def _put_last(session: Session, item: ServiceItem) -> None:
    """A new service stands after the others of its country."""
    last = session.execute(
        select(func.max(Service.position)).where(
            Service.country == item.country, Service.id != item.service.id
        )
    ).scalar_one()
    service = session.get_one(Service, item.service.id)
    service.position = 0 if last is None else last + 1


def _found(session: Session, kind: Kind, id_: str) -> Sheet:
    sheet = find_sheet(session, kind, id_)
    if sheet is None:
        raise WorkflowError("workflow.no-sheet", sheet=f"{kind.name}/{id_}")
    return sheet


def _kind(name: str) -> Kind:
    kind = kind_named(name)
    if kind is None:
        raise WorkflowError("workflow.no-sheet", sheet=name)
    return kind


def _name(sheet: Sheet) -> str:
    return f"{sheet.kind.name}/{sheet.id}"


def _log(session: Session, sentence: str, sheet: Sheet, reason: Reason) -> None:
    """With the reason, where one was given."""
    if reason.why is None:
        record(session, sentence, by=reason.by, sheet=_name(sheet))
    else:
        record(session, "audit.facts-corrected", by=reason.by, sheet=_name(sheet), why=reason.why)
