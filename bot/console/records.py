"""One service or record: its facts as a form, its history, whether it is still correct.

A reviewer answers for rules, an editor edits the rest. Who saves second is shown what the first one
changed; nothing that was typed is lost. Not here: its words (`record_words`), a rule that changes from a
day on (`rule_periods`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from bot.console.console import Console
from bot.console.door import Visit
from bot.console.library import kind_of
from bot.console.record_form import changed, facts_of, form_of
from bot.console.refusals import by_field, said
from bot.problems import Problem
from content.clock import today
from content.fact_changes import fact_changes
from content.fields import SOURCE_LANGUAGE
from content.item_history import Version
from content.record_rules import ReasonNeeded, SheetConflict, SheetError
from content.record_workflow import RecordWorkflow
from content.sheets import SERVICE_WORDS, Kind, Sheet, rules_of
from content.shelves import Shelves, standing
from content.words import Saying
from content.workflow import WorkflowError

REFUSED, CONFLICT = 422, 409
_WORDS = "words."


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, and what is wrong with it."""

    facts: dict[str, Any]
    based_on: str
    words: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    wrong: tuple[tuple[str, str], ...] = ()
    needs_reason: bool = False
    theirs: Sheet | None = None

    @property
    def words_wanted(self) -> list[str]:
        """The slots whose English words are asked for beside the facts."""
        missing = [key.removeprefix(_WORDS) for key, _ in self.wrong if key.startswith(_WORDS)]
        return list(dict.fromkeys([*self.words, *missing]))


class Records:
    """The pages under `/staff/library/{kind}/{record}`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shelves = Shelves(console.content, console.editorial.languages)
        self._workflow = RecordWorkflow(console.content)

    # --- facts ------------------------------------------------------------------------------------

    def show(self, visit: Visit) -> Response:
        """The facts as they are."""
        sheet = self.sheet(visit)
        return self._show(visit, sheet.kind, sheet, Typed(sheet.facts, sheet.fingerprint()))

    def save(self, visit: Visit) -> Response:
        """Keep the facts, or change the form by one part; `do` says which."""
        sheet = self.sheet(visit)
        return self._save(visit, sheet.kind, sheet, sheet.id)

    def new(self, visit: Visit) -> Response:
        """An empty form, and what is made of it."""
        kind = kind_of(visit)
        if visit.request.method == "GET":
            words = dict.fromkeys(SERVICE_WORDS, "") if kind.is_service else {}
            return self._show(visit, kind, None, Typed({}, "", words))
        return self._save(visit, kind, None, visit.field("facts.id").strip())

    def still_correct(self, visit: Visit) -> Response:
        """Its sources were read again and say the same."""
        sheet = self.sheet(visit)
        demand_role(visit, sheet.kind)
        try:
            self._workflow.still_correct(sheet.kind, sheet.id, by=visit.member.name)
        except WorkflowError as error:
            return self._refused(visit, sheet, error)
        return self._console.done(address(sheet), "still-correct")

    def withdraw(self, visit: Visit) -> Response:
        """Name a service no more."""
        sheet = self.sheet(visit)
        if not sheet.kind.is_service:
            raise Problem("not-found")
        try:
            self._workflow.withdraw_service(sheet.id, by=visit.member.name, why=visit.field("why"))
        except WorkflowError as error:
            return self._refused(visit, sheet, error)
        return self._console.done(f"/library/{sheet.kind.name}/{sheet.id}/history", "service-withdrawn")

    # --- history ----------------------------------------------------------------------------------

    def history(self, visit: Visit) -> Response:
        """All that was changed, also of what is there no more."""
        return self._history(visit)

    def restore(self, visit: Visit) -> Response:
        """Bring back what was there before a change."""
        kind, id_ = kind_of(visit), visit.named("record")
        asked = visit.field("version")
        found = self._shelves.sheet_of_version(int(asked)) if asked.isdecimal() else None
        if found != (kind, id_):
            raise Problem("not-found")
        demand_role(visit, kind)
        try:
            self._workflow.restore(int(asked), by=visit.member.name, why=visit.field("why"))
        except WorkflowError as error:
            return self._history(visit, wrong=said(self._console, visit, error))
        return self._console.done(f"/library/{kind.name}/{id_}", "facts-restored")

    def sheet(self, visit: Visit) -> Sheet:
        """The sheet that an address names; raises Problem if there is none."""
        sheet = self._shelves.sheet(kind_of(visit), visit.named("record"))
        if sheet is None:
            raise Problem("not-found")
        return sheet

    # ----------------------------------------------------------------------------------------------

    def _save(self, visit: Visit, kind: Kind, sheet: Sheet | None, id_: str) -> Response:
        demand_role(visit, kind)
        typed = _typed(visit, kind, sheet)
        do = visit.field("do")
        if do != "save":
            return self._show(
                visit, kind, sheet, Typed(changed(typed.facts, do), typed.based_on, typed.words)
            )
        if any(typed.words.values()):
            visit.demand_language(SOURCE_LANGUAGE)
        try:
            self._workflow.save(
                kind,
                id_,
                typed.facts,
                by=visit.member.name,
                based_on=typed.based_on,
                words=typed.words,
                why=typed.why,
            )
        except SheetConflict:
            return self._conflict(visit, kind, sheet or self._shelves.sheet(kind, id_), typed)
        except SheetError as error:
            again = self._wrong(visit, typed, error)
            return self._show(visit, kind, sheet, again, status=REFUSED)
        return self._console.done(f"/library/{kind.name}/{id_}", "facts-saved")

    def _conflict(self, visit: Visit, kind: Kind, theirs: Sheet | None, typed: Typed) -> Response:
        """Nothing is lost: what both say, and a form that goes on from theirs if it is saved again."""
        if theirs is None or not typed.based_on:  # an id that is taken, or a sheet that is gone
            again = self._wrong(visit, typed, SheetError([("id", Saying("fault.taken-or-gone"))]))
            return self._show(visit, kind, None, again, status=CONFLICT)
        again = Typed(typed.facts, theirs.fingerprint(), typed.words, typed.why, theirs=theirs)
        return self._show(visit, kind, theirs, again, status=CONFLICT)

    def _wrong(self, visit: Visit, typed: Typed, error: SheetError) -> Typed:
        """What was typed, with what is wrong with it."""
        wrong = tuple(by_field(self._console, visit, error))
        return replace(typed, wrong=wrong, needs_reason=isinstance(error, ReasonNeeded))

    def _refused(self, visit: Visit, sheet: Sheet, error: WorkflowError) -> Response:
        typed = Typed(sheet.facts, sheet.fingerprint())
        again = replace(typed, wrong=tuple(by_field(self._console, visit, error)))
        return self._show(visit, sheet.kind, sheet, again, status=REFUSED)

    def _show(
        self, visit: Visit, kind: Kind, sheet: Sheet | None, typed: Typed, *, status: int = 200
    ) -> Response:
        facts_wrong = [each for each in typed.wrong if not each[0].startswith(_WORDS)]
        return self._console.page(
            visit,
            "record.html",
            status=status,
            here="library",
            kind=kind,
            sheet=sheet,
            typed=typed,
            form=form_of(kind.form, typed.facts, wrong=facts_wrong, without=_fixed(sheet)),
            words_wrong=[each for each in typed.wrong if each[0].startswith(_WORDS)],
            names=self._shelves.names(),
            theirs=fact_changes(typed.theirs.facts, typed.facts) if typed.theirs else [],
            newest=next(iter(self._shelves.history(sheet)), None) if typed.theirs and sheet else None,
            row=self._shelves.row(kind, sheet.id) if sheet else None,
            in_force=_in_force(sheet) if sheet else [],
            may_save=visit.member.may("reviewer" if kind.is_rules else "editor"),
            **self.tabs(sheet),
        )

    def tabs(self, sheet: Sheet | None) -> dict[str, Any]:
        """Its languages with how far each is, for the line of tabs."""
        has_words = sheet is not None and sheet.kind.has_words
        return {
            "standings": [(code, standing(sheet, code)) for code in self._shelves.languages]
            if sheet and has_words
            else [],
            "source_language": SOURCE_LANGUAGE,
        }

    def _history(self, visit: Visit, wrong: str = "") -> Response:
        kind, id_ = kind_of(visit), visit.named("record")
        sheet = self._shelves.sheet(kind, id_)
        versions = self._shelves.history(sheet or Sheet(kind, id_, {}))
        if sheet is None and not versions:
            raise Problem("not-found")
        return self._console.page(
            visit,
            "record_history.html",
            status=REFUSED if wrong else 200,
            here="library",
            kind=kind,
            id=id_,
            sheet=sheet,
            row=self._shelves.row(kind, id_),
            versions=[(each, _what(each), fact_changes(*_contents(each))) for each in versions],
            wrong=wrong,
            may_save=visit.member.may("reviewer" if kind.is_rules else "editor"),
            **self.tabs(sheet),
        )


def demand_role(visit: Visit, kind: Kind) -> None:
    """A reviewer answers for rules."""
    if kind.is_rules:
        visit.demand("reviewer")


def address(sheet: Sheet) -> str:
    """Where a sheet is edited."""
    return f"/library/{sheet.kind.name}/{sheet.id}"


def _typed(visit: Visit, kind: Kind, sheet: Sheet | None) -> Typed:
    words = {
        name.removeprefix(_WORDS): value
        for name, value in visit.form.multi_items()
        if name.startswith(_WORDS) and isinstance(value, str)
    }
    facts = facts_of(kind.form, visit.form, without=_fixed(sheet))
    return Typed({**_kept(sheet), **facts}, visit.field("based_on"), words, visit.field("why"))


def _fixed(sheet: Sheet | None) -> tuple[str, ...]:
    """What never changes once it is there: others lead to it."""
    return ("id",) if sheet else ()


def _kept(sheet: Sheet | None) -> dict[str, Any]:
    return {"id": sheet.id} if sheet else {}


def _in_force(sheet: Sheet) -> list[tuple[Any, Any]]:
    """The rules of a sheet, each with the period that holds today."""
    if not sheet.kind.is_rules:
        return []
    rules = rules_of(sheet).rules
    return [(rule, rule.on(today())) for rule in rules]


def _what(version: Version) -> str:
    """The language whose words changed; empty for facts."""
    return version.item.rpartition(" ")[2] if version.item.startswith("words ") else ""


def _contents(version: Version) -> tuple[Any, Any]:
    def content(item: dict[str, Any] | None) -> Any:
        told = item or {}
        return told.get("facts") or told.get("service") or told.get("words") or {}

    return content(version.before), content(version.after)


def routes(console: Console) -> list[Route]:
    """The routes of single records."""
    records, page, place = Records(console), console.door.page, "/library/{kind}/{record}"
    return [
        page("/library/{kind}/+new", records.new, "editor", methods=("GET", "POST")),
        page(place, records.show, "editor"),
        page(place, records.save, "editor", methods=("POST",)),
        page(f"{place}/still-correct", records.still_correct, "editor", methods=("POST",)),
        page(f"{place}/withdraw", records.withdraw, "editor", methods=("POST",)),
        page(f"{place}/history", records.history, "editor"),
        page(f"{place}/restore", records.restore, "editor", methods=("POST",)),
    ]
