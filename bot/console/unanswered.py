"""What people asked and nobody answered: the list, and setting questions aside. What did not help besides.

Not here: one question and the answer that it is to lead to (`question`), which questions are alike
(`waiting_list`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from bot.console.console import Console
from bot.console.door import Visit
from bot.console.teaching import Teaching
from content.audit import write
from content.clock import today
from content.people.verdicts import Verdicts, verdicts_since
from content.staff import Member

ON_A_PAGE = 10
FEEDBACK_DAYS = 30
_MUCH = 3  # people whom an answer did not help, if they are as many as those whom it did


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits, for the to-do page; `groups` is None while questions are not grouped yet."""

    questions: int
    groups: int | None
    unhelpful: int


class Unanswered:
    """The pages at `/staff/unanswered` and `/staff/unanswered/feedback`."""

    def __init__(self, console: Console, teaching: Teaching) -> None:
        self._console = console
        self._teaching = teaching

    def waiting(self, member: Member) -> Waiting:
        """How much waits in the languages that a member writes."""
        languages = languages_of(member)
        number = self._teaching.questions.number_waiting(languages)
        grouped = self._teaching.list.groups(languages) if number else None
        return Waiting(
            number,
            len(grouped.groups) if grouped and grouped.whole else (None if number else 0),
            sum(_is_much(verdicts) for verdicts in self._verdicts(languages)),
        )

    def index(self, visit: Visit) -> Response:
        """The questions that wait, in groups; htmx gets the list alone."""
        language = self._language(visit)
        wanted = [language] if language else languages_of(visit.member)
        grouped = self._teaching.list.groups(wanted)
        page = _page_of(visit, len(grouped.groups))
        shown = grouped.groups[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        guesses = {group.first.id: self._teaching.list.guesses(group) for group in shown}
        return self._console.page(
            visit,
            "_unanswered_list.html" if visit.is_piece else "unanswered.html",
            here="unanswered",
            groups=[
                (
                    group,
                    guesses[group.first.id],
                    self._teaching.answers(guesses[group.first.id].answers, group.language),
                )
                for group in shown
            ],
            whole=grouped.whole,
            number=len(grouped.groups),
            questions=sum(len(group.questions) for group in grouped.groups),
            page=page,
            pages=max(1, -(-len(grouped.groups) // ON_A_PAGE)),
            chosen=language,
            all_languages=self._languages(visit),
        )

    def aside(self, visit: Visit) -> Response:
        """The questions that were set aside."""
        found = self._teaching.questions.aside(languages_of(visit.member))
        return self._console.page(visit, "unanswered_aside.html", here="unanswered", found=found)

    def set_aside(self, visit: Visit) -> Response:
        """Take questions off the list, until somebody asks them again."""
        ids = self._ids(visit)
        if number := self._teaching.questions.set_aside(ids):
            write(self._console.content, "audit.questions-aside", by=visit.member.name, number=str(number))
        return self._console.done("/unanswered", "questions-aside", language=self._language(visit))

    def take_back(self, visit: Visit) -> Response:
        """Put questions on the list again."""
        ids = self._ids(visit)
        if number := self._teaching.questions.take_back(ids):
            write(self._console.content, "audit.questions-back", by=visit.member.name, number=str(number))
        return self._console.done("/unanswered/aside", "questions-back")

    def feedback(self, visit: Visit) -> Response:
        """The answers that did not help, those with most of it first."""
        found = self._verdicts(languages_of(visit.member))
        titles = {answer.key: answer for answer in self._console.repository.answers("en")}
        return self._console.page(
            visit,
            "unanswered_feedback.html",
            here="unanswered",
            found=[(verdicts, titles.get(verdicts.answer), _is_much(verdicts)) for verdicts in found],
            days=FEEDBACK_DAYS,
        )

    def _verdicts(self, languages: Collection[str] | None) -> list[Verdicts]:
        return verdicts_since(self._console.people, today() - timedelta(days=FEEDBACK_DAYS), languages)

    def _ids(self, visit: Visit) -> list[int]:
        """The questions that a form names; raises Problem if one is in a language of others."""
        ids = [int(value) for value in visit.fields("question") if value.isdecimal()]
        for question in self._teaching.questions.these(ids):
            visit.demand_language(question.language)
        return ids

    def _language(self, visit: Visit) -> str:
        asked = visit.field("language") or visit.query.get("language", "")
        return asked if asked in self._languages(visit) else ""

    def _languages(self, visit: Visit) -> list[str]:
        return [code for code in self._console.editorial.languages if visit.member.writes(code)]


def languages_of(member: Member) -> tuple[str, ...] | None:
    """The languages that a member writes; None for all."""
    return member.languages or None


def _is_much(verdicts: Verdicts) -> bool:
    return verdicts.unhelpful >= _MUCH and verdicts.unhelpful >= verdicts.helpful


def _page_of(visit: Visit, groups: int) -> int:
    """The page asked for; the last one if there are not so many."""
    asked = visit.query.get("page", "1")
    last = max(1, -(-groups // ON_A_PAGE))
    return min(max(1, int(asked)), last) if asked.isdecimal() and asked.isascii() else 1
