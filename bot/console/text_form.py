"""The page of one text: the form, what people are told now, drafts of others, and what is wrong.

Not here: what is done with what was posted (`bot.console.editor`).
"""

from typing import Any

from starlette.responses import Response

from bot.console.console import Console
from bot.console.door import Visit
from bot.console.preview import Preview
from bot.console.refusals import said
from bot.console.text_place import Place, Written
from content.differences import changes
from content.editorial import FullText
from content.fields import SOURCE_LANGUAGE
from content.workflow import EditConflict, WorkflowError
from content.working_copies import WorkingCopies

_REFUSED, _CONFLICT = 422, 409


class TextForm:
    """Shows a text to be written. What is being written is kept in `copies`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._editorial = console.editorial
        self.copies = WorkingCopies(console.content)
        self.preview = Preview(console)

    def keep(self, visit: Visit, place: Place, written: Written) -> None:
        """Keep what a member is writing."""
        self.copies.keep(
            *place.names,
            by=visit.member.name,
            title=written.title,
            body=written.body,
            based_on=written.based_on,
        )

    def show(
        self,
        visit: Visit,
        place: Place,
        written: Written,
        *,
        wrong: str = "",
        kept: bool = False,
        theirs: FullText | None = None,
        status: int = 200,
    ) -> Response:
        """The form with what was written, beside what is told and what others write."""
        told, newest = self._editorial.told(*place.names), self._editorial.newest(*place.names)
        draft = newest if newest and newest.head.state in ("draft", "in-review") else None
        others = [copy for copy in self.copies.of_text(*place.names) if copy.by != visit.member.name]
        may_edit = visit.member.may("editor") and visit.member.writes(place.language)
        return self._console.page(
            visit,
            "text.html",
            status=_REFUSED if wrong else status,
            here="answers",
            place=place,
            text=place.row.texts[place.variant, place.language],
            written=written,
            told=told,
            draft=draft,
            changed=changed_in(told, draft) if draft and told else None,
            rejected=self._editorial.rejection_of(draft) if draft and draft.head.state == "draft" else None,
            others=[copy for copy in others if copy.at_work],
            theirs=theirs,
            their_change=changes(theirs.body, written.body) if theirs else None,
            wrong=wrong,
            kept=kept,
            may_edit=may_edit,
            may_publish=may_edit and visit.member.may("reviewer"),
            source_language=SOURCE_LANGUAGE,
            all_languages=self._editorial.languages,
            **self._source(place, newest),
            **self.preview.of(place, written),
        )

    def refused(self, visit: Visit, place: Place, error: WorkflowError) -> Response:
        """The form with the newest text, and why a step was refused."""
        newest = Written.saved(self._editorial.newest(*place.names))
        return self.show(visit, place, newest, wrong=said(self._console, visit, error))

    def conflict(self, visit: Visit, place: Place, written: Written, conflict: EditConflict) -> Response:
        """Nothing is lost: both texts, and a form that goes on from theirs if it is saved again."""
        self.keep(visit, place, written)
        theirs = self._editorial.revision(conflict.newest)
        again = Written(written.title, written.body, conflict.newest, written.minor)
        return self.show(visit, place, again, theirs=theirs, status=_CONFLICT)

    def not_saved(self, visit: Visit, place: Place, written: Written, error: WorkflowError) -> Response:
        """Nothing is lost: the form with what was written and what is wrong with it."""
        newest = self._editorial.newest(*place.names)
        based_on = newest.head.id if newest and newest.head.author == visit.member.name else written.based_on
        again = Written(written.title, written.body, based_on, written.minor)
        return self.show(visit, place, again, wrong=said(self._console, visit, error))

    def _source(self, place: Place, newest: FullText | None) -> dict[str, Any]:
        """Of a translation: the source text that is told, and what changed in it since it was translated."""
        if place.language == SOURCE_LANGUAGE:
            return {"source": None, "source_changed": None}
        source = self._editorial.told(place.row.key, place.variant, SOURCE_LANGUAGE)
        made_of = self._editorial.source_of(newest) if newest else None
        since = changed_in(made_of, source) if made_of and source else None
        changed = since if made_of and source and made_of.head.meaning != source.head.meaning else None
        return {"source": source, "source_changed": changed}


def changed_in(before: FullText | None, after: FullText) -> dict[str, object]:
    """What changed in title and body."""
    return {
        "title": changes(before.title if before else "", after.title),
        "body": changes(before.body if before else "", after.body),
    }
