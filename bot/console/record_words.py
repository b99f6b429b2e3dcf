"""The words of a service or record in one language, beside the English ones.

Not here: its facts (`records`), answers (`editor`).
"""

from collections.abc import Mapping

from starlette.responses import Response
from starlette.routing import Route

from bot.console.console import Console
from bot.console.door import Visit
from bot.console.records import CONFLICT, REFUSED, Records, address
from bot.console.refusals import by_field
from bot.problems import Problem
from content.fields import SOURCE_LANGUAGE
from content.record_rules import SheetConflict
from content.record_workflow import RecordWorkflow
from content.sheets import Sheet
from content.workflow import WorkflowError


class RecordWordsPages:
    """The pages under `/staff/library/{kind}/{record}/words/{language}`."""

    def __init__(self, console: Console, records: Records) -> None:
        self._console = console
        self._records = records
        self._workflow = RecordWorkflow(console.content)

    def show(self, visit: Visit) -> Response:
        """The words as they are."""
        sheet, language = self._place(visit)
        return self._show(visit, sheet, language, sheet.said(language), sheet.fingerprint(language))

    def save(self, visit: Visit) -> Response:
        """Keep the words."""
        sheet, language = self._place(visit)
        visit.demand_language(language)
        words = {slot: visit.field(f"words.{slot}") for slot in _slots(sheet)}
        based_on = visit.field("based_on")
        try:
            self._workflow.save_words(
                sheet.kind,
                sheet.id,
                language,
                words,
                by=visit.member.name,
                based_on=based_on,
                minor=visit.field("minor") == "yes",
            )
        except SheetConflict:
            newest = sheet.fingerprint(language)
            theirs = sheet.said(language)
            return self._show(visit, sheet, language, words, newest, theirs=theirs, status=CONFLICT)
        except WorkflowError as error:
            return self._show(visit, sheet, language, words, based_on, error=error, status=REFUSED)
        return self._console.done(f"{address(sheet)}/words/{language}", "words-saved")

    def approve(self, visit: Visit) -> Response:
        """A reader of the language found the words right as they are."""
        sheet, language = self._place(visit)
        visit.demand_language(language)
        try:
            self._workflow.approve_words(sheet.kind, sheet.id, language, by=visit.member.name)
        except WorkflowError as error:
            said, newest = sheet.said(language), sheet.fingerprint(language)
            return self._show(visit, sheet, language, said, newest, error=error, status=REFUSED)
        return self._console.done(f"{address(sheet)}/words/{language}", "words-approved")

    def _show(
        self,
        visit: Visit,
        sheet: Sheet,
        language: str,
        words: Mapping[str, str],
        based_on: str,
        *,
        theirs: Mapping[str, str] | None = None,
        error: WorkflowError | None = None,
        status: int = 200,
    ) -> Response:
        tabs = self._records.tabs(sheet)
        return self._console.page(
            visit,
            "record_words.html",
            status=status,
            here="library",
            kind=sheet.kind,
            sheet=sheet,
            language_of=language,
            slots=_slots(sheet),
            needed=sheet.kind.needed(sheet.kind.form.model_validate(sheet.facts), language),
            words=words,
            source=sheet.said(SOURCE_LANGUAGE) if language != SOURCE_LANGUAGE else None,
            translation=sheet.words[language].translation if language in sheet.words else None,
            state_now=dict(tabs["standings"])[language],
            based_on=based_on,
            theirs=theirs,
            wrong=dict(by_field(self._console, visit, error)) if error else {},
            may_save=visit.member.writes(language),
            may_approve=visit.member.writes(language) and visit.member.may("reviewer"),
            **tabs,
        )

    def _place(self, visit: Visit) -> tuple[Sheet, str]:
        sheet, language = self._records.sheet(visit), visit.named("language")
        if not sheet.kind.has_words or language not in self._console.editorial.languages:
            raise Problem("not-found")
        return sheet, language


def _slots(sheet: Sheet) -> list[str]:
    return list(sheet.kind.form.model_validate(sheet.facts).slots())


def routes(console: Console) -> list[Route]:
    """The routes of words."""
    pages, page = RecordWordsPages(console, Records(console)), console.door.page
    place = "/library/{kind}/{record}/words/{language}"
    return [
        page(place, pages.show, "editor"),
        page(place, pages.save, "editor", methods=("POST",)),
        page(f"{place}/approve", pages.approve, "reviewer", methods=("POST",)),
    ]
