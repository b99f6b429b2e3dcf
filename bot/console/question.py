"""One unanswered question: which answer it is to lead to, and what that would change.

Not here: the list of them (`unanswered`).
"""

from dataclasses import dataclass

from starlette.responses import Response

from bot.console.console import Console
from bot.console.door import Visit
from bot.console.phrase_effects import Change
from bot.console.refusals import said
from bot.console.teaching import Teaching, Warnings
from bot.console.waiting_list import Group
from bot.problems import Problem
from content.people.masking import MARK
from content.people.questions import Question
from content.workflow import WorkflowError

_REFUSED = 422


@dataclass(frozen=True, slots=True)
class Taught:
    """What stands in the form: the question as it is to become a phrase, others with it, the answer."""

    phrase: str
    language: str
    answer: str
    others: tuple[Question, ...] = ()

    @property
    def change(self) -> Change:
        """What is to be added."""
        return Change(self.answer, self.language, (self.phrase, *(other.text for other in self.others)))


class QuestionPage:
    """The page at `/staff/unanswered/{question}`."""

    def __init__(self, console: Console, teaching: Teaching) -> None:
        self._console = console
        self._teaching = teaching

    def show(self, visit: Visit) -> Response:
        """The question, its guesses, answers found by words; with an answer chosen, what it changes."""
        question = self._question(visit)
        phrase = visit.query.get("phrase", question.text)
        language = self._language(visit.query.get("language", ""), question)
        taught = Taught(phrase, language, visit.query.get("answer", ""))
        if visit.is_piece:
            words = visit.query.get("words", "")
            found = self._teaching.found_by(words, language)
            return self._console.page(
                visit, "_answers_found.html", question=question, words=words, found=found
            )
        return self._show(visit, question, taught)

    def teach(self, visit: Visit) -> Response:
        """Add the phrases, and take the questions off the list; `do=check` shows first what they change."""
        question = self._question(visit)
        taught = self._taught(visit, question)
        visit.demand_language(taught.language)
        if self._teaching.answer(taught.answer, taught.language) is None:
            raise Problem("answer-not-found")
        if visit.field("do") == "check":
            return self._show(visit, question, taught)
        warnings = self._teaching.warnings(taught.change)
        if warnings and visit.field("anyway") != "yes":
            return self._show(visit, question, taught, status=_REFUSED)
        try:
            self._teaching.add(taught.change, visit.member.name)
        except WorkflowError as error:
            return self._show(
                visit, question, taught, wrong=said(self._console, visit, error), status=_REFUSED
            )
        self._teaching.questions.let_go([question.id, *(other.id for other in taught.others)])
        return self._console.done("/unanswered", "phrase-taught", language=visit.field("back"))

    def _show(
        self, visit: Visit, question: Question, taught: Taught, *, wrong: str = "", status: int = 200
    ) -> Response:
        group = self._teaching.list.group_of(question)
        guesses = self._teaching.list.guesses(Group((question, *group.questions)))
        words = visit.query.get("words", "")
        chosen = self._teaching.answer(taught.answer, taught.language)
        return self._console.page(
            visit,
            "question.html",
            status=status,
            here="unanswered",
            question=question,
            group=group,
            guesses=guesses,
            answers=self._teaching.answers(guesses.answers, taught.language),
            words=words,
            found=self._teaching.found_by(words, taught.language),
            taught=taught,
            chosen=chosen,
            warnings=self._teaching.warnings(taught.change) if chosen else Warnings(),
            mark=MARK,
            wrong=wrong,
            all_languages=[code for code in self._console.editorial.languages if visit.member.writes(code)],
        )

    def _taught(self, visit: Visit, question: Question) -> Taught:
        group = self._teaching.list.group_of(question)
        others = {int(value) for value in visit.fields("also") if value.isdecimal()} - {question.id}
        return Taught(
            " ".join((visit.field("phrase") or question.text).split()),
            self._language(visit.field("language"), question),
            visit.field("answer"),
            tuple(other for other in group.questions if other.id in others),
        )

    def _language(self, asked: str, question: Question) -> str:
        return asked if asked in self._console.editorial.languages else question.language

    def _question(self, visit: Visit) -> Question:
        named = visit.named("question")
        found = self._teaching.questions.question(int(named)) if _is_id(named) else None
        if found is None:
            raise Problem("not-found")
        visit.demand_language(found.language)
        return found


def _is_id(named: str) -> bool:
    return named.isascii() and named.isdecimal() and len(named) < len(str(2**31))
