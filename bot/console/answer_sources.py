"""The sources of a variant: what they are, when they were read, when to read them again.

What is told already is changed by a reviewer; an editor writes the sources of what nobody is told yet.
Not here: the step itself (`content.answer_steps`), the other facts of an answer (`about`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.responses import Response

from bot.console.answers import Answers
from bot.console.console import Console
from bot.console.door import Visit
from bot.console.record_form import ROOT, changed, facts_of, form_of
from bot.console.refusals import by_field
from bot.problems import Problem
from content.answer_facts import print_of, read_sources
from content.answer_rows import AnswerRow
from content.answer_rules import checked
from content.clock import today
from content.fact_changes import FactChange, fact_changes
from content.fields import SOURCE_LANGUAGE
from content.record_rules import SheetConflict
from content.schema import Part, SourceEntry
from content.workflow import WorkflowError

REFUSED, CONFLICT = 422, 409


class SourcesForm(Part):
    """What the page asks for."""

    review_date: date | None = None
    sources: list[SourceEntry]


@dataclass(frozen=True, slots=True)
class Place:
    """The variant whose sources these are."""

    row: AnswerRow
    variant: str

    @property
    def address(self) -> str:
        """Where they are edited."""
        return f"/answers/{self.row.key}/sources/{self.variant}"

    @property
    def is_told(self) -> bool:
        """Whether people are told the variant in any language."""
        return any(text.told for (name, _), text in self.row.texts.items() if name == self.variant)


class AnswerSources:
    """The page at `/staff/answers/{key}/sources/{variant}`."""

    def __init__(self, console: Console, answers: Answers) -> None:
        self._console = console
        self._answers = answers

    def page(self, visit: Visit) -> Response:
        """The sources as a form; what is posted changes the form by a row, or is kept."""
        place = self._place(visit)
        facts = read_sources(self._console.content, place.row.key, place.variant)
        if facts is None:
            raise Problem("not-found")
        if visit.request.method == "GET":
            return self._show(visit, place, facts, based_on=print_of(facts))
        self._demand(visit, place)
        typed, do = facts_of(SourcesForm, visit.form), visit.field("do")
        if do != "save":
            return self._show(visit, place, with_row(typed, do), based_on=visit.field("based_on"))
        return self._save(visit, place, typed, facts)

    def _save(self, visit: Visit, place: Place, typed: dict[str, Any], stored: Mapping[str, Any]) -> Response:
        based_on = visit.field("based_on")
        try:
            form = checked(SourcesForm, typed)
            self._console.workflow.set_sources(
                place.row.key,
                place.variant,
                form.sources,
                by=visit.member.name,
                based_on=based_on,
                review_date=form.review_date,
            )
        except SheetConflict:
            theirs = fact_changes(_numbered(stored), _numbered(typed))
            return self._show(visit, place, typed, based_on=print_of(stored), theirs=theirs, status=CONFLICT)
        except WorkflowError as error:
            wrong = by_field(self._console, visit, error)
            return self._show(visit, place, typed, based_on=based_on, wrong=wrong, status=REFUSED)
        return self._console.done(f"/answers/{place.row.key}", "sources-saved")

    def _show(
        self,
        visit: Visit,
        place: Place,
        facts: Mapping[str, Any],
        *,
        based_on: str,
        wrong: list[tuple[str, str]] | None = None,
        theirs: list[FactChange] | None = None,
        status: int = 200,
    ) -> Response:
        return self._console.page(
            visit,
            "answer_sources.html",
            status=status,
            here="answers",
            place=place,
            form=form_of(SourcesForm, facts, wrong=wrong or ()),
            based_on=based_on,
            wrong=wrong or [],
            theirs=theirs,
            may_save=self._may_save(visit, place),
            root=ROOT,
        )

    def _place(self, visit: Visit) -> Place:
        row, variant = self._answers.found(visit), visit.named("variant")
        if variant not in row.variants:
            raise Problem("not-found")
        return Place(row, variant)

    def _may_save(self, visit: Visit, place: Place) -> bool:
        may = visit.member.may("reviewer" if place.is_told else "editor")
        return may and visit.member.writes(SOURCE_LANGUAGE)

    def _demand(self, visit: Visit, place: Place) -> None:
        visit.demand_language(SOURCE_LANGUAGE)
        if place.is_told:
            visit.demand("reviewer")


def with_row(typed: dict[str, Any], do: str) -> dict[str, Any]:
    """What was typed, with a row more, less or further up; a new source is one that was read today."""
    facts = changed(typed, do)
    sources = facts.get("sources", [])
    if do == "add:sources" and sources and not sources[-1]:
        sources[-1] = {"as_of": "unknown", "checked_on": today().isoformat()}
    return facts


def _numbered(facts: Mapping[str, Any]) -> dict[str, Any]:
    """With sources told apart by their place: several may have one address."""
    numbered = {str(place): source for place, source in enumerate(facts.get("sources", []), start=1)}
    return {**facts, "sources": numbered}
