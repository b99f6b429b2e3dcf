"""The first page: what waits for this member of staff, each a click from the work."""

from collections import Counter
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.console import Console
from bot.console.door import Visit
from bot.console.teaching import Teaching
from bot.console.unanswered import Unanswered
from content.answer_rows import AnswerRow, TextRow
from content.fields import SOURCE_LANGUAGE
from content.people.cipher import Cipher
from content.people.desk import Desk
from content.people.desk import Waiting as Request
from content.working_copies import WorkingCopies

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """Texts that wait for something."""

    texts: list[TextRow]

    @property
    def shown(self) -> list[TextRow]:
        """The first of them."""
        return self.texts[:_SHOWN]


class Todo:
    """The page at `/staff`."""

    def __init__(self, console: Console, teaching: Teaching) -> None:
        self._console = console
        self._copies = WorkingCopies(console.content)
        self._unanswered = Unanswered(console, teaching)
        self._desk = Desk(console.people, Cipher(console.settings.secret.decode()))

    def show(self, visit: Visit) -> Response:
        """Everything that waits."""
        rows = self._console.editorial.answers()
        mine = [text for row in rows for text in row.texts.values() if visit.member.writes(text.language)]
        by_date = sorted((row for row in rows if row.review_date), key=lambda row: str(row.review_date))
        due = [row for row in by_date if row.is_due or row.is_due_soon]
        return self._console.page(
            visit,
            "todo.html",
            here="todo",
            reviews=Waiting([text for text in mine if _waits_for_review(text, visit)]),
            drafts=Waiting([text for text in mine if _is_own_draft(text, visit)]),
            begun=self._copies.of_member(visit.member.name),
            due=due[:_SHOWN],
            overdue_number=sum(row.is_due for row in rows),
            due_number=len(due),
            translations=self._translations(rows, visit),
            requests=self._requests(visit),
            unanswered=self._unanswered.waiting(visit.member) if visit.member.may("editor") else None,
        )

    def _requests(self, visit: Visit) -> list[Request]:
        """Requests for a person that wait for this member: nobody's, and their own that are unanswered."""
        if not visit.member.may("counsellor"):
            return []
        mine = (None, visit.member.name)
        return [
            one
            for one in self._desk.queue()
            if visit.member.writes(one.language)
            and one.claimed_by in mine
            and (one.unanswered or not one.claimed_by)
        ]

    def _translations(self, rows: list[AnswerRow], visit: Visit) -> list[tuple[str, Counter[str]]]:
        """For each language that the member writes: how many texts are in which state."""
        languages = [code for code in self._console.editorial.languages if code != SOURCE_LANGUAGE]
        return [
            (code, Counter(row.texts[name, code].state for row in rows for name in row.variants))
            for code in languages
            if visit.member.writes(code)
        ]


def _waits_for_review(text: TextRow, visit: Visit) -> bool:
    """In review, and of somebody else if this member is one who reviews."""
    return (
        text.open is not None
        and text.open.state == "in-review"
        and (not visit.member.may("reviewer") or text.open.author != visit.member.name)
    )


def _is_own_draft(text: TextRow, visit: Visit) -> bool:
    return text.open is not None and text.open.state == "draft" and text.open.author == visit.member.name
