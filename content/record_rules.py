"""What must hold when a service or a record is edited: each rule raises a SheetError that says what, where.

They are the checks of the library's files (`content.folder`, `content.record_folder`), so that an export
of the store imports again, and that nothing said of a day gone by is overwritten in silence.
Not here: the steps themselves (`content.record_workflow`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.editorial_rules import WorkflowError
from content.faults import Fault, nothing_named, placed
from content.fields import wrong
from content.models import Answer, GazetteerEntry, Service
from content.records import DatedRule, DatedRules, Period, Record, RecordWords, Referred
from content.schema_errors import faults_of
from content.sheets import Kind, Sheet
from content.translations import figure_problems
from content.words import Saying

_ONE_DAY = timedelta(days=1)


class SheetError(WorkflowError):
    """What was written may not be kept; `wrong` says what is wrong, by the key it stands under."""

    def __init__(self, wrong: Iterable[Fault]) -> None:
        self.wrong = list(wrong)
        super().__init__("workflow.not-as-allowed", wrong=placed(self.wrong))


class SheetConflict(WorkflowError):
    """Somebody else has changed it meanwhile."""


class ReasonNeeded(SheetError):
    """What was said of days gone by would change: that needs a written reason."""


def known_names(session: Session) -> dict[Referred, Collection[str]]:
    """What records may lead to."""
    values = session.execute(select(GazetteerEntry.entity, GazetteerEntry.value)).all()
    return {
        "answer": set(session.scalars(select(Answer.key))),
        "service": set(session.scalars(select(Service.id))),
        "country": {value for entity, value in values if entity == "country"},
        "scheme": {value for entity, value in values if entity == "scheme"},
    }


def checked_facts(session: Session, kind: Kind, facts: Mapping[str, Any]) -> Record:
    """Facts as they may be kept: they meet the schema, and what they lead to is there."""
    known = known_names(session)

    def demand(what: Referred, name: str) -> bool:
        if name not in known[what]:
            raise wrong(nothing_named(what, name))
        return True

    try:
        return kind.form.model_validate(dict(facts), context=demand)
    except ValidationError as error:
        raise SheetError(faults_of(error)) from None


def checked_words(kind: Kind, facts: Record, language: str, words: Mapping[str, str]) -> dict[str, str]:
    """Words of a language as they may be kept: every slot that needs them, none besides."""
    slots = list(facts.slots())
    told = {slot: text.strip().replace("\r\n", "\n") for slot, text in words.items()}
    told = {slot: told[slot] for slot in slots if told.get(slot)}
    missing = [
        (f"words.{slot}", Saying("fault.missing"))
        for slot in kind.needed(facts, language)
        if slot not in told
    ]
    return checked_slots(kind, told, missing)


def checked_slots(
    kind: Kind, told: Mapping[str, str], also_wrong: list[Fault] | None = None
) -> dict[str, str]:
    """Words that meet the schema, each by itself."""
    faults = list(also_wrong or [])
    try:
        RecordWords(words=dict(told))
    except ValidationError as error:
        faults += faults_of(error)
    if kind.is_service:
        faults += [
            (f"words.{slot}", Saying("fault.not-one-line")) for slot, text in told.items() if "\n" in text
        ]
    if faults:
        raise SheetError(faults)
    return dict(told)


def check_figures(source: Mapping[str, str], words: Mapping[str, str]) -> None:
    """A translation carries the figures of its source, slot by slot."""
    faults = [
        (f"words.{slot}", saying)
        for slot, text in words.items()
        for saying in figure_problems(source.get(slot, ""), text)
    ]
    if faults:
        raise SheetError(faults)


def contradicting(source: Mapping[str, str], words: Mapping[str, str]) -> Iterator[str]:
    """The slots of a translation whose figures are not those of the source."""
    for slot, text in words.items():
        if any(figure_problems(source.get(slot, ""), text)):
            yield slot


def check_based_on(sheet: Sheet | None, based_on: str, language: str | None = None) -> None:
    """Whoever saves must have had before them what the store has now."""
    if (sheet.fingerprint(language) if sheet else "") != based_on:
        raise SheetConflict("workflow.sheet-changed")


def check_past(before: Record, after: Record, today: date, why: str) -> None:
    """What rules said of days gone by stays, unless a reason is written down."""
    if why or not isinstance(before, DatedRules) or not isinstance(after, DatedRules):
        return
    if faults := list(past_changes(before, after, today)):
        raise ReasonNeeded(faults)


def past_changes(before: DatedRules, after: DatedRules, today: date) -> Iterator[Fault]:
    """What would be said otherwise of days gone by, by the key it stands under."""
    for key in before.fixed:
        if getattr(before, key) != getattr(after, key):
            yield key, Saying("fault.past.another")
    places = {rule.id: place for place, rule in enumerate(after.rules)}
    for rule in before.rules:
        begun = [period for period in rule.periods if period.since <= today]
        if not begun:
            continue
        if rule.id not in places:
            yield "rules", Saying("fault.past.rule-gone", rule=rule.id)
            continue
        place = places[rule.id]
        now = after.rules[place]
        for key in rule.fixed:
            if getattr(rule, key) != getattr(now, key):
                yield f"rules.{place}.{key}", Saying("fault.past.another")
        for period in begun:
            yield from _period_changes(period, now, place, today)


def _period_changes(period: Period, rule: DatedRule, place: int, today: date) -> Iterator[Fault]:
    found = next((n for n, each in enumerate(rule.periods) if each.since == period.since), None)
    if found is None:
        yield f"rules.{place}.periods", Saying("fault.past.period-gone", since=period.since)
        return
    now, key = rule.periods[found], f"rules.{place}.periods.{found}"
    if not _says_the_same(period, now):
        yield key, Saying("fault.past.begun", since=period.since)
    elif period.until != now.until and not _may_end(period, now, today):
        yield f"{key}.until", Saying("fault.past.over", since=period.since)


def _says_the_same(before: Period, after: Period) -> bool:
    """Whether a period is as it was, but for its end and the day its source was read."""
    read = {"until": None, "source": before.source.model_copy(update={"checked_on": date.min})}
    now = {"until": None, "source": after.source.model_copy(update={"checked_on": date.min})}
    return before.model_copy(update=read) == after.model_copy(update=now)


def _may_end(before: Period, after: Period, today: date) -> bool:
    """A period that is not over may be given an end, or another one to come."""
    return before.until is None or (
        before.until >= today and (after.until is None or after.until >= today - _ONE_DAY)
    )


def with_period(rules: DatedRules, rule_id: str, period: Mapping[str, Any]) -> dict[str, Any]:
    """Facts in which one rule says something else from a day on; what held until then ends the day before."""
    facts = rules.model_dump(mode="json", by_alias=True)
    rule = next((each for each in facts["rules"] if each["id"] == rule_id), None)
    if rule is None:
        raise WorkflowError("workflow.no-rule", rule=rule_id)
    since = _day(period.get("from"))
    last = rule["periods"][-1]
    if since is not None and since <= date.fromisoformat(last["from"]):
        raise SheetError([("from", Saying("fault.period-too-early", day=last["from"]))])
    if since is not None and (last["until"] is None or date.fromisoformat(last["until"]) >= since):
        last["until"] = (since - _ONE_DAY).isoformat()
    rule["periods"].append(dict(period))
    return facts


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def read_today(kind: Kind, facts: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Facts whose sources were all read again today; the next review is as far off as it was then."""
    today = day.isoformat()
    if kind.is_service:
        return {**facts, "checked_on": today}
    if kind.is_rules:
        return {**facts, "rules": [_rule_read(rule, day) for rule in facts["rules"]]}
    last = max(date.fromisoformat(source["checked_on"]) for source in facts["sources"])
    ahead = date.fromisoformat(facts["review_date"]) - last
    sources = [{**source, "checked_on": today} for source in facts["sources"]]
    return {**facts, "sources": sources, "review_date": (day + ahead).isoformat()}


def _rule_read(rule: Mapping[str, Any], day: date) -> dict[str, Any]:
    periods = [
        {**period, "source": {**period["source"], "checked_on": day.isoformat()}}
        if period["from"] <= day.isoformat() <= (period["until"] or date.max.isoformat())
        else period
        for period in rule["periods"]
    ]
    return {**rule, "periods": periods}
