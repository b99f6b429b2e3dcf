"""What an answer is: for whom, who answers for it, when it is reviewed, what it leads to; and its variants.

Not here: the steps themselves (`content.answer_steps`), sources (`answer_sources`), texts (`editor`).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field
from starlette.responses import Response

from bot.console.answer_sources import CONFLICT, REFUSED
from bot.console.answers import Answers
from bot.console.console import Console
from bot.console.door import Visit
from bot.console.record_form import changed as with_part
from bot.console.record_form import facts_of, form_of
from bot.console.refusals import by_field
from bot.problems import Problem
from content.answer_facts import print_of, read_about, read_variants
from content.answer_rows import AnswerRow
from content.answer_rules import checked
from content.answer_steps import variant_for
from content.fact_changes import FactChange, fact_changes
from content.fields import SOURCE_LANGUAGE, Line
from content.record_rules import SheetConflict, SheetError
from content.records.references import AnswerKey, CountryCode, SchemeCode, ServiceId
from content.schema import AnswerAbout, Part
from content.shelves import Shelves
from content.workflow import WorkflowError

_CORRIDOR = ("scheme", "origin", "destination")


class Concern(Part):
    """A corridor, with what is proposed while somebody types."""

    scheme: SchemeCode | None = None
    origin: CountryCode | None = None
    destination: CountryCode | None = None


class AboutForm(Part):
    """What the page asks for: the values of AnswerAbout, with what is proposed while somebody types."""

    audience: Literal["everyone", "migrant", "family"]
    owner: Line
    review_every_days: int
    review_date: date
    concerns: list[Concern] = Field(default_factory=list)
    related: list[AnswerKey] = Field(default_factory=list)
    services: list[ServiceId] = Field(default_factory=list)


class About:
    """The pages under `/staff/answers/{key}/about`."""

    def __init__(self, console: Console, answers: Answers) -> None:
        self._console = console
        self._answers = answers
        self._shelves = Shelves(console.content, console.editorial.languages)

    def page(self, visit: Visit) -> Response:
        """What an answer is as a form; what is posted changes the form by a row, or is kept."""
        row, facts = self._answers.found(visit), self._facts(visit)
        if visit.request.method == "GET":
            return self._show(visit, row, facts, based_on=print_of(facts))
        visit.demand_language(SOURCE_LANGUAGE)
        typed, based_on, do = facts_of(AboutForm, visit.form), visit.field("based_on"), visit.field("do")
        if do != "save":
            return self._show(visit, row, with_part(typed, do), based_on=based_on)
        try:
            about = checked(AnswerAbout, _without_gaps({**typed, "topic": row.topic}))
            self._console.workflow.set_about(row.key, about, by=visit.member.name, based_on=based_on)
        except SheetConflict:
            theirs = fact_changes({**facts, "topic": ""}, {**typed, "topic": ""})
            again = print_of(facts)
            return self._show(visit, row, typed, based_on=again, theirs=theirs, status=CONFLICT)
        except WorkflowError as error:
            wrong = by_field(self._console, visit, error)
            return self._show(visit, row, typed, based_on=based_on, wrong=wrong, status=REFUSED)
        return self._console.done(f"/answers/{row.key}", "about-saved")

    def add_variant(self, visit: Visit) -> Response:
        """A variant more, for a scheme or a country; on to its sources."""
        row = self._answers.found(visit)
        visit.demand_language(SOURCE_LANGUAGE)
        typed = {name: visit.field(name).strip() for name in ("name", *_CORRIDOR)}
        try:
            new = variant_for(typed["name"], {name: typed[name] for name in _CORRIDOR})
            self._console.workflow.add_variant(row.key, new, by=visit.member.name)
        except SheetError as error:
            facts = self._facts(visit)
            based_on = print_of(facts)
            wrong = by_field(self._console, visit, error)
            return self._show(
                visit, row, facts, based_on=based_on, variant=typed, variant_wrong=wrong, status=REFUSED
            )
        return self._console.done(f"/answers/{row.key}/sources/{new.name}", "variant-added")

    def retire_variant(self, visit: Visit) -> Response:
        """A variant is told no more, in any language."""
        row = self._answers.found(visit)
        visit.demand_language(SOURCE_LANGUAGE)
        try:
            self._console.workflow.retire_variant(row.key, visit.named("variant"), by=visit.member.name)
        except WorkflowError as error:
            facts = self._facts(visit)
            wrong = by_field(self._console, visit, error)
            return self._show(visit, row, facts, based_on=print_of(facts), wrong=wrong, status=REFUSED)
        return self._console.done(f"/answers/{row.key}/about", "variant-retired")

    def _facts(self, visit: Visit) -> dict[str, Any]:
        facts = read_about(self._console.content, visit.named("key"))
        if facts is None:
            raise Problem("not-found")
        return facts

    def _show(
        self,
        visit: Visit,
        row: AnswerRow,
        facts: Mapping[str, Any],
        *,
        based_on: str,
        wrong: list[tuple[str, str]] | None = None,
        theirs: list[FactChange] | None = None,
        variant: Mapping[str, str] | None = None,
        variant_wrong: list[tuple[str, str]] | None = None,
        status: int = 200,
    ) -> Response:
        titles = {each.key: each.title for each in self._console.editorial.answers()}
        names = self._shelves.names()
        return self._console.page(
            visit,
            "about.html",
            status=status,
            here="answers",
            row=row,
            form=form_of(AboutForm, facts, wrong=wrong or ()),
            based_on=based_on,
            wrong=wrong or [],
            theirs=theirs,
            names={**names, "answer": list(titles.items())},
            variants=read_variants(self._console.content, row.key),
            new_variant=variant or dict.fromkeys(("name", *_CORRIDOR), ""),
            variant_wrong=variant_wrong or [],
            corridor=_CORRIDOR,
            may_save=visit.member.writes(SOURCE_LANGUAGE),
        )


def _without_gaps(typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed less the corridors that were left empty, and less the gaps in the others."""
    concerns = [{name: code for name, code in each.items() if code} for each in typed["concerns"]]
    return {**typed, "concerns": [corridor for corridor in concerns if corridor]}
