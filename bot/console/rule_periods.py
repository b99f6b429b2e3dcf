"""A rule that says something else from a day on: what it said until then stays, and ends the day before.

Not here: correcting what was said of days gone by (`records`).
"""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from bot.console.console import Console
from bot.console.door import Visit
from bot.console.record_form import facts_of, form_of
from bot.console.records import CONFLICT, REFUSED, Records, address
from bot.console.refusals import by_field
from bot.problems import Problem
from content.clock import today
from content.record_rules import SheetConflict, SheetError
from content.record_workflow import RecordWorkflow
from content.records import DatedRule, Period
from content.sheets import Sheet, rules_of
from content.shelves import Shelves


class RulePeriods:
    """The page under `/staff/library/rules/{record}/from/{rule}`."""

    def __init__(self, console: Console, records: Records) -> None:
        self._console = console
        self._records = records
        self._shelves = Shelves(console.content, console.editorial.languages)
        self._workflow = RecordWorkflow(console.content)

    def page(self, visit: Visit) -> Response:
        """A form with the last period to change, and what is made of it."""
        sheet, rule = self._place(visit)
        if visit.request.method == "GET":
            return self._show(visit, sheet, rule, _proposed(rule), sheet.fingerprint())
        period = facts_of(_form(rule), visit.form)
        based_on = visit.field("based_on")
        try:
            self._workflow.change_rule(
                sheet.kind, sheet.id, rule.id, period, by=visit.member.name, based_on=based_on
            )
        except SheetConflict as error:
            wrong, newest = by_field(self._console, visit, error), sheet.fingerprint()
            return self._show(visit, sheet, rule, period, newest, wrong=wrong, status=CONFLICT)
        except SheetError as error:
            wrong = by_field(self._console, visit, error)
            return self._show(visit, sheet, rule, period, based_on, wrong=wrong, status=REFUSED)
        return self._console.done(address(sheet), "rule-changed")

    def _show(
        self,
        visit: Visit,
        sheet: Sheet,
        rule: DatedRule,
        period: dict[str, Any],
        based_on: str,
        *,
        wrong: list[tuple[str, str]] | None = None,
        status: int = 200,
    ) -> Response:
        return self._console.page(
            visit,
            "rule_period.html",
            status=status,
            here="library",
            sheet=sheet,
            kind=sheet.kind,
            rule=rule,
            form=form_of(_form(rule), period, wrong=wrong or ()),
            based_on=based_on,
            names=self._shelves.names(),
        )

    def _place(self, visit: Visit) -> tuple[Sheet, DatedRule]:
        sheet = self._records.sheet(visit)
        rules = rules_of(sheet).rules if sheet.kind.is_rules else []
        rule = next((each for each in rules if each.id == visit.named("rule")), None)
        if rule is None:
            raise Problem("not-found")
        return sheet, rule


def _form(rule: DatedRule) -> type[Period]:
    """The form of the periods of a rule."""
    return type(rule.periods[-1])


def _proposed(rule: DatedRule) -> dict[str, Any]:
    """The last period, from today on."""
    last = rule.periods[-1].model_dump(mode="json", by_alias=True)
    day = today().isoformat()
    return {
        **last,
        "from": day,
        "until": None,
        "starts": "then",
        "source": {**last["source"], "as_of": "", "checked_on": day, "facts": []},
    }


def routes(console: Console) -> list[Route]:
    """The one route of new periods."""
    periods = RulePeriods(console, Records(console))
    place = "/library/{kind}/{record}/from/{rule}"
    return [console.door.page(place, periods.page, "reviewer", methods=("GET", "POST"))]
