"""One text of an answer: writing it, sending it to review, publishing it, giving it up.

What is written is kept every few seconds (`content.working_copies`), so nothing is lost; two people at
one text see each other, and who saves second is shown what the first one wrote.
"""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from bot.channels.telegram_rendering import text_of
from bot.channels.telegram_text import to_html
from bot.console.answers import Answers
from bot.console.console import Console
from bot.console.door import Visit
from bot.console.refusals import said
from bot.problems import Problem
from content.differences import changes
from content.editorial import AnswerRow, FullText
from content.fields import SOURCE_LANGUAGE
from content.hints import Hint, hints, length_of
from content.messages import Message, Source
from content.publishing_warnings import warnings
from content.workflow import EditConflict, WorkflowError
from content.working_copies import WorkingCopies

_REFUSED, _CONFLICT = 422, 409


@dataclass(frozen=True, slots=True)
class Place:
    """One text: of which answer, variant and language."""

    row: AnswerRow
    variant: str
    language: str

    @property
    def address(self) -> str:
        """Where it is edited."""
        return f"/answers/{self.row.key}/{self.variant}/{self.language}"

    @property
    def names(self) -> tuple[str, str, str]:
        """Key, variant and language, as the store asks for them."""
        return (self.row.key, self.variant, self.language)


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the form."""

    title: str
    body: str
    based_on: int
    minor: bool = False


class Editor:
    """The pages under `/staff/answers/{key}/{variant}/{language}`."""

    def __init__(self, console: Console, answers: Answers) -> None:
        self._console = console
        self._answers = answers
        self._editorial = console.editorial
        self._workflow = console.workflow
        self._copies = WorkingCopies(console.content)

    # --- writing ----------------------------------------------------------------------------------

    def show(self, visit: Visit) -> Response:
        """The form with the newest text, or with what its reader has begun to write."""
        place = self._place(visit)
        newest = self._editorial.newest(*place.names)
        written = _as_saved(newest)
        mine = next(
            (copy for copy in self._copies.of_text(*place.names) if copy.by == visit.member.name), None
        )
        if mine is not None:
            written = Written(mine.title, mine.body, mine.based_on or 0)
        if old := visit.query.get("revision", ""):
            written = self._of_revision(place, old, written.based_on)
        return self._show(visit, place, written, kept=mine is not None and not old)

    def save(self, visit: Visit) -> Response:
        """Keep the text as a draft, send it to review, or publish it; `do` says which."""
        place, written = self._writing(visit)
        do = visit.field("do")
        if do == "preview":
            self._keep(visit, place, written)
            return self._show(visit, place, written)
        if do == "publish":
            self._check_may_publish(visit, place, author=visit.member.name)
        try:
            revision = self._drafted(visit, place, written)
            if do in ("review", "publish"):
                self._workflow.submit(revision, visit.member.name)
            if do == "publish":
                self._workflow.publish(revision, visit.member.name)
        except EditConflict as conflict:
            return self._conflict(visit, place, written, conflict)
        except WorkflowError as error:
            return self._still_there(visit, place, written, said(self._console, visit, error))
        return self._console.done(
            place.address, {"review": "in-review", "publish": "published"}.get(do, "drafted")
        )

    def keep(self, visit: Visit) -> Response:
        """Keep what is being written, and show how it will look: asked for by the page itself."""
        place, written = self._writing(visit)
        self._keep(visit, place, written)
        return self._console.page(visit, "_preview.html", kept=True, **self._look(place, written))

    def forget(self, visit: Visit) -> Response:
        """Give up what was being written; the last saved text is shown again."""
        place = self._place(visit)
        self._copies.forget(*place.names, visit.member.name)
        return self._console.done(place.address, "forgotten")

    # --- reviewing --------------------------------------------------------------------------------

    def decide(self, visit: Visit) -> Response:
        """Submit, publish, send back, give up or approve the revision named; `do` says which."""
        place = self._place(visit)
        visit.demand_language(place.language)
        revision = self._editorial.revision(_number(visit.field("revision")))
        if revision is None or (revision.key, revision.variant, revision.head.language) != place.names:
            raise Problem("not-found")
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
            return self._refused(visit, place, error)
        return self._console.done(place.address, _DECIDED[do])

    def withdraw(self, visit: Visit) -> Response:
        """Tell this text no more."""
        place = self._place(visit)
        visit.demand_language(place.language)
        try:
            self._workflow.withdraw(place.row.key, place.language, place.variant, visit.member.name)
        except WorkflowError as error:
            return self._refused(visit, place, error)
        return self._console.done(place.address, "withdrawn")

    # --- history ----------------------------------------------------------------------------------

    def history(self, visit: Visit) -> Response:
        """All revisions of a text, each with what changed from the one before."""
        place = self._place(visit)
        revisions = self._editorial.history(*place.names)
        before = [*revisions[1:], None]
        return self._console.page(
            visit,
            "history.html",
            here="answers",
            place=place,
            told=self._editorial.told(*place.names),
            revisions=[
                (revision, _changed(old or revision, revision))
                for revision, old in zip(revisions, before, strict=True)
            ],
        )

    def restore(self, visit: Visit) -> Response:
        """Publish an old revision again."""
        place = self._place(visit)
        visit.demand_language(place.language)
        try:
            self._workflow.go_back(_number(visit.field("revision")), visit.member.name)
        except WorkflowError as error:
            return self._refused(visit, place, error)
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

    def _keep(self, visit: Visit, place: Place, written: Written) -> None:
        self._copies.keep(
            *place.names,
            by=visit.member.name,
            title=written.title,
            body=written.body,
            based_on=written.based_on,
        )

    def _check_may_publish(self, visit: Visit, place: Place, author: str) -> None:
        """A reviewer publishes; not their own text, unless there is nobody else to review it."""
        visit.demand("reviewer")
        if author == visit.member.name and self._console.staff.others_who_review(place.language, author):
            raise Problem("own-text")

    def _conflict(self, visit: Visit, place: Place, written: Written, conflict: EditConflict) -> Response:
        """Nothing is lost: both texts, and a form that goes on from theirs if it is saved again."""
        self._keep(visit, place, written)
        theirs = self._editorial.revision(conflict.newest)
        again = Written(written.title, written.body, conflict.newest, written.minor)
        return self._show(visit, place, again, theirs=theirs, status=_CONFLICT)

    def _refused(self, visit: Visit, place: Place, error: WorkflowError) -> Response:
        """The form with the newest text, and why a step was refused."""
        newest = _as_saved(self._editorial.newest(*place.names))
        return self._show(visit, place, newest, wrong=said(self._console, visit, error))

    def _still_there(self, visit: Visit, place: Place, written: Written, wrong: str) -> Response:
        """Nothing is lost: the form with what was written and what is wrong with it."""
        newest = self._editorial.newest(*place.names)
        based_on = newest.head.id if newest and newest.head.author == visit.member.name else written.based_on
        again = Written(written.title, written.body, based_on, written.minor)
        return self._show(visit, place, again, wrong=wrong)

    def _show(
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
        told, newest = self._editorial.told(*place.names), self._editorial.newest(*place.names)
        draft = newest if newest and newest.head.state in ("draft", "in-review") else None
        others = [copy for copy in self._copies.of_text(*place.names) if copy.by != visit.member.name]
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
            changed=_changed(told, draft) if draft and told else None,
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
            **self._look(place, written),
        )

    def _source(self, place: Place, newest: FullText | None) -> dict[str, Any]:
        """Of a translation: the source text that is told, and what changed in it since it was translated."""
        if place.language == SOURCE_LANGUAGE:
            return {"source": None, "source_changed": None}
        source = self._editorial.told(place.row.key, place.variant, SOURCE_LANGUAGE)
        made_of = self._editorial.source_of(newest) if newest else None
        since = _changed(made_of, source) if made_of and source else None
        changed = since if made_of and source and made_of.head.meaning != source.head.meaning else None
        return {"source": source, "source_changed": changed}

    def _look(self, place: Place, written: Written) -> dict[str, Any]:
        """How a text will look on the web and in Telegram, and hints to its writer."""
        sources = self._editorial.sources(place.row.key, place.variant)
        message = Message(
            kind="answer",
            text=written.body,
            title=written.title or None,
            language=place.language,
            sources=[
                Source(title=s.title, publisher=s.publisher, url=s.url, checked_on=s.checked_on)
                for s in sources
            ],
            checked_on=min((s.checked_on for s in sources), default=None),
        )
        source = None
        if place.language != SOURCE_LANGUAGE:
            told = self._editorial.told(place.row.key, place.variant, SOURCE_LANGUAGE)
            source = f"{told.title}\n{told.body}" if told else None
        telegram = to_html(text_of(message, self._console.words, place.language))
        return {
            "message": message,
            "telegram": Markup(telegram),  # noqa: S704 - escaped by the channel's own renderer
            "hints": [*hints(written.title, written.body, source), *self._warnings(place, written)],
            "words": length_of(written.body),
        }

    def _warnings(self, place: Place, written: Written) -> list[Hint]:
        """What publishing this text would do; nothing to say of one that is told already."""
        told = self._editorial.told(*place.names)
        if told is not None and (told.title, told.body) == (written.title, written.body):
            return []
        return warnings(
            self._console.content,
            *place.names,
            written.title,
            written.body,
            minor=written.minor,
            language_name=self._console.words.name,
        )

    def _of_revision(self, place: Place, asked: str, based_on: int) -> Written:
        old = self._editorial.revision(_number(asked))
        if old is None or (old.key, old.variant, old.head.language) != place.names:
            raise Problem("not-found")
        return Written(old.title, old.body, based_on)

    def _writing(self, visit: Visit) -> tuple[Place, Written]:
        place = self._place(visit)
        visit.demand_language(place.language)
        based_on = visit.field("based_on")
        return place, Written(
            visit.field("title"),
            visit.field("body").replace("\r\n", "\n"),
            int(based_on) if based_on.isdecimal() else 0,
            visit.field("minor") == "yes",
        )

    def _place(self, visit: Visit) -> Place:
        row = self._answers.found(visit)
        variant, language = visit.named("variant"), visit.named("language")
        if (variant, language) not in row.texts:
            raise Problem("not-found")
        return Place(row, variant, language)


_DECIDED = {
    "submit": "in-review",
    "publish": "published",
    "approve": "approved",
    "reject": "rejected",
    "discard": "discarded",
}


def _as_saved(newest: FullText | None) -> Written:
    return Written(newest.title, newest.body, newest.head.id) if newest else Written("", "", 0)


def _changed(before: FullText | None, after: FullText) -> dict[str, object]:
    """What changed in title and body."""
    return {
        "title": changes(before.title if before else "", after.title),
        "body": changes(before.body if before else "", after.body),
    }


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Problem("bad-request")
    return int(text)
