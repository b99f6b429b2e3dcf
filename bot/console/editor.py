"""One text of an answer: writing it, sending it to review, publishing it, giving it up.

What is written is kept every few seconds (`content.working_copies`), so nothing is lost; two people at
one text see each other, and who saves second is shown what the first one wrote.
Not here: the form (`bot.console.text_form`), how the text will look (`bot.console.preview`).
"""

from starlette.responses import Response

from bot.console.answers import Answers
from bot.console.console import Console
from bot.console.door import Visit
from bot.console.text_form import TextForm, changed_in
from bot.console.text_place import Place, Places, Written
from bot.problems import Problem
from content.fields import SOURCE_LANGUAGE
from content.workflow import EditConflict, WorkflowError

_DECIDED = {
    "submit": "in-review",
    "publish": "published",
    "approve": "approved",
    "reject": "rejected",
    "discard": "discarded",
}


class Editor:
    """The pages under `/staff/answers/{key}/{variant}/{language}`."""

    def __init__(self, console: Console, answers: Answers) -> None:
        self._console = console
        self._places = Places(answers, console.editorial)
        self._form = TextForm(console)
        self._editorial = console.editorial
        self._workflow = console.workflow

    # --- writing ----------------------------------------------------------------------------------

    def show(self, visit: Visit) -> Response:
        """The form with the newest text, or with what its reader has begun to write."""
        place = self._places.place(visit)
        newest = self._editorial.newest(*place.names)
        written = Written.saved(newest)
        mine = next(
            (copy for copy in self._form.copies.of_text(*place.names) if copy.by == visit.member.name), None
        )
        if mine is not None:
            written = Written(mine.title, mine.body, mine.based_on or 0)
        if old := visit.query.get("revision", ""):
            before = self._places.revision(place, old)
            written = Written(before.title, before.body, written.based_on)
        return self._form.show(visit, place, written, kept=mine is not None and not old)

    def save(self, visit: Visit) -> Response:
        """Keep the text as a draft, send it to review, or publish it; `do` says which."""
        place, written = self._places.writing(visit)
        do = visit.field("do")
        if do == "preview":
            self._form.keep(visit, place, written)
            return self._form.show(visit, place, written)
        if do == "publish":
            self._check_may_publish(visit, place, author=visit.member.name)
        try:
            revision = self._drafted(visit, place, written)
            if do in ("review", "publish"):
                self._workflow.submit(revision, visit.member.name)
            if do == "publish":
                self._workflow.publish(revision, visit.member.name)
        except EditConflict as conflict:
            return self._form.conflict(visit, place, written, conflict)
        except WorkflowError as error:
            return self._form.not_saved(visit, place, written, error)
        return self._console.done(
            place.address, {"review": "in-review", "publish": "published"}.get(do, "drafted")
        )

    def keep(self, visit: Visit) -> Response:
        """Keep what is being written, and show how it will look: asked for by the page itself."""
        place, written = self._places.writing(visit)
        self._form.keep(visit, place, written)
        return self._console.page(visit, "_preview.html", kept=True, **self._form.preview.of(place, written))

    def forget(self, visit: Visit) -> Response:
        """Give up what was being written; the last saved text is shown again."""
        place = self._places.place(visit)
        self._form.copies.forget(*place.names, visit.member.name)
        return self._console.done(place.address, "forgotten")

    # --- reviewing --------------------------------------------------------------------------------

    def decide(self, visit: Visit) -> Response:
        """Submit, publish, send back, give up or approve the revision named; `do` says which."""
        place = self._places.place(visit)
        visit.demand_language(place.language)
        revision = self._places.revision(place, visit.field("revision"))
        do, by = visit.field("do"), visit.member.name
        if do in ("publish", "reject", "approve"):
            visit.demand("reviewer")
        try:
            match do:
                case "submit":
                    self._workflow.submit(revision.head.id, by)
                case "publish":
                    self._check_may_publish(visit, place, author=revision.head.author)
                    self._workflow.publish(revision.head.id, by)
                case "approve":
                    self._workflow.approve_translation(revision.head.id, by)
                case "reject":
                    self._workflow.reject(revision.head.id, by, visit.field("why"))
                case "discard":
                    self._workflow.discard(revision.head.id, by)
                case _:
                    raise Problem("bad-request")
        except WorkflowError as error:
            return self._form.refused(visit, place, error)
        return self._console.done(place.address, _DECIDED[do])

    def withdraw(self, visit: Visit) -> Response:
        """Tell this text no more."""
        place = self._places.place(visit)
        visit.demand_language(place.language)
        try:
            self._workflow.withdraw(place.row.key, place.language, place.variant, visit.member.name)
        except WorkflowError as error:
            return self._form.refused(visit, place, error)
        return self._console.done(place.address, "withdrawn")

    # --- history ----------------------------------------------------------------------------------

    def history(self, visit: Visit) -> Response:
        """All revisions of a text, each with what changed from the one before."""
        place = self._places.place(visit)
        revisions = self._editorial.history(*place.names)
        before = [*revisions[1:], None]
        return self._console.page(
            visit,
            "history.html",
            here="answers",
            place=place,
            told=self._editorial.told(*place.names),
            revisions=[
                (revision, changed_in(old or revision, revision))
                for revision, old in zip(revisions, before, strict=True)
            ],
        )

    def restore(self, visit: Visit) -> Response:
        """Publish an old revision again."""
        place = self._places.place(visit)
        visit.demand_language(place.language)
        old = self._places.revision(place, visit.field("revision"))
        try:
            self._workflow.go_back(old.head.id, visit.member.name)
        except WorkflowError as error:
            return self._form.refused(visit, place, error)
        return self._console.done(place.address, "restored")

    # ----------------------------------------------------------------------------------------------

    def _drafted(self, visit: Visit, place: Place, written: Written) -> int:
        return self._workflow.draft(
            place.row.key,
            place.language,
            variant=place.variant,
            title=written.title,
            body=written.body,
            by=visit.member.name,
            minor=written.minor and place.language == SOURCE_LANGUAGE,
            based_on=written.based_on,
        )

    def _check_may_publish(self, visit: Visit, place: Place, author: str) -> None:
        """A reviewer publishes; not their own text, unless there is nobody else to review it."""
        visit.demand("reviewer")
        if author == visit.member.name and self._console.staff.others_who_review(place.language, author):
            raise Problem("own-text")
