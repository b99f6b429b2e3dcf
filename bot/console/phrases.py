"""The phrases of an answer in a language: adding and removing them, and what a new one would change.

Not here: questions that wait for an answer (`unanswered`, `question`).
"""

from dataclasses import dataclass
from itertools import groupby

from starlette.responses import Response

from bot.console.answers import Answers
from bot.console.console import Console
from bot.console.door import Visit
from bot.console.phrase_effects import Change
from bot.console.refusals import said
from bot.console.teaching import Teaching, Warnings
from bot.problems import Problem
from content.answer_rows import AnswerRow
from content.workflow import WorkflowError

_REFUSED = 422
_LONGEST = 500
_MOST_TOGETHER = 20


@dataclass(frozen=True, slots=True)
class Place:
    """The phrases of which answer, in which language."""

    row: AnswerRow
    language: str

    @property
    def address(self) -> str:
        """Where they are shown."""
        return f"/answers/{self.row.key}/phrases/{self.language}"


class Phrases:
    """The pages under `/staff/answers/{key}/phrases/{language}`, and the piece that says what changes."""

    def __init__(self, console: Console, teaching: Teaching) -> None:
        self._console = console
        self._teaching = teaching
        self._answers = Answers(console)

    def show(self, visit: Visit) -> Response:
        """All phrases, those of staff first."""
        return self._show(visit, self._place(visit), visit.query.get("phrase", ""))

    def add(self, visit: Visit) -> Response:
        """Add one; `do=check` shows first what it changes."""
        place = self._place(visit)
        visit.demand_language(place.language)
        phrase = " ".join(visit.field("phrase").split())
        change = Change(place.row.key, place.language, (phrase,))
        warnings = self._teaching.warnings(change) if phrase else Warnings()
        if visit.field("do") == "check" and phrase:
            return self._show(visit, place, phrase, warnings=warnings)
        if warnings and visit.field("anyway") != "yes":
            return self._show(visit, place, phrase, warnings=warnings, status=_REFUSED)
        try:
            self._teaching.add(change, visit.member.name)
        except WorkflowError as error:
            return self._show(visit, place, phrase, wrong=said(self._console, visit, error), status=_REFUSED)
        return self._console.done(place.address, "phrase-added")

    def remove(self, visit: Visit) -> Response:
        """Remove one; it stands in the form afterwards, to be put back with a click."""
        place = self._place(visit)
        visit.demand_language(place.language)
        phrase = visit.field("phrase")
        try:
            self._console.workflow.remove_phrase(place.row.key, place.language, phrase, visit.member.name)
        except WorkflowError as error:
            return self._show(visit, place, "", wrong=said(self._console, visit, error), status=_REFUSED)
        return self._console.done(place.address, "phrase-removed", phrase=phrase)

    def effect(self, visit: Visit) -> Response:
        """What phrases would change: asked for by the page itself, or by a link where scripts are off."""
        phrases = [" ".join(text.split())[:_LONGEST] for text in visit.query.getlist("phrase")]
        language = visit.query.get("language", "")
        chosen = self._teaching.answer(visit.query.get("answer", ""), language)
        if chosen is None or language not in self._console.editorial.languages:
            raise Problem("answer-not-found")
        change = Change(chosen.key, language, tuple(text for text in phrases[:_MOST_TOGETHER] if text))
        found = self._teaching.effects.of(change)
        return self._console.page(
            visit,
            "_effect.html" if visit.is_piece else "effect.html",
            here="answers",
            chosen=chosen,
            change=change,
            effect=found,
            stolen=self._stolen(found.stolen, language) if found else [],
        )

    def _stolen(self, stolen: tuple[tuple[str, int], ...], language: str) -> list[tuple[str, str, int]]:
        """From which answers (key and title) questions would be taken, and how many."""
        told = [(key, self._teaching.answer(key, language), number) for key, number in stolen]
        return [(key, answer.title if answer else key, number) for key, answer, number in told]

    def _show(
        self,
        visit: Visit,
        place: Place,
        phrase: str,
        *,
        warnings: Warnings | None = None,
        wrong: str = "",
        status: int = 200,
    ) -> Response:
        found = self._console.editorial.phrases(place.row.key, place.language)
        told = self._teaching.answer(place.row.key, place.language)
        return self._console.page(
            visit,
            "phrases.html",
            status=status,
            here="answers",
            place=place,
            phrase=phrase,
            checked=warnings is not None and not wrong,
            warnings=warnings or Warnings(),
            change=Change(place.row.key, place.language, (phrase,)),
            told_in=told.language if told else "",
            wrong=wrong,
            kinds=[(kind, list(rows)) for kind, rows in groupby(found, key=lambda row: row.kind)],
            number=len(found),
            may_edit=visit.member.writes(place.language),
            all_languages=self._console.editorial.languages,
        )

    def _place(self, visit: Visit) -> Place:
        row, language = self._answers.found(visit), visit.named("language")
        if language not in self._console.editorial.languages:
            raise Problem("not-found")
        return Place(row, language)
