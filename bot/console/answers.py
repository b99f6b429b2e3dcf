"""The list of answers, and one answer with all its texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from starlette.responses import Response

from bot.console.console import Console
from bot.console.door import Visit
from bot.console.refusals import said
from bot.problems import Problem
from content.answer_rows import AnswerRow
from content.fields import SOURCE_LANGUAGE
from content.search.normalise import normalise
from content.workflow import WorkflowError

ON_A_PAGE = 50
STATES = ("missing", "outdated", "machine-drafted", "reviewed", "unpublished", "draft", "in-review")
DUE = ("overdue", "due")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed to; empty means all."""

    words: str = ""
    topic: str = ""
    language: str = ""
    state: str = ""
    due: str = ""
    corridor: str = ""

    @classmethod
    def of(cls, visit: Visit) -> "Filter":
        """The filter that an address asks for."""
        given = {name: visit.query.get(name, "").strip() for name in cls.__slots__}
        return cls(**given)

    def query(self) -> dict[str, str]:
        """The filter as an address says it."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}

    def fits(self, row: AnswerRow) -> bool:
        """Whether an answer belongs to the list."""
        return (
            (not self.topic or row.topic == self.topic)
            and (not self.corridor or self.corridor in _corridors(row))
            and (not self.due or (row.is_due if self.due == "overdue" else row.is_due_soon))
            and (not (self.state or self.language) or self._has_text(row))
            and self._has_words(row)
        )

    def _has_text(self, row: AnswerRow) -> bool:
        return any(
            (not self.language or text.language == self.language)
            and (self.state in ("", text.state) or (text.open is not None and text.open.state == self.state))
            and (self.state or text.told or text.open)
            for text in row.texts.values()
        )

    def _has_words(self, row: AnswerRow) -> bool:
        wanted = normalise(self.words).split()
        if not wanted:
            return True
        titles = {text.title for text in row.texts.values()}
        there = " ".join(map(_plain, (row.key.replace(".", " ").replace("-", " "), *titles)))
        return all(word in there for word in wanted)


class Answers:
    """The pages under `/staff/answers` that look at whole answers."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def index(self, visit: Visit) -> Response:
        """All answers that fit the filter; htmx gets the table alone."""
        wanted = Filter.of(visit)
        rows = self._console.editorial.answers()
        found = [row for row in rows if wanted.fits(row)]
        page = _page_of(visit)
        return self._console.page(
            visit,
            "_answers_table.html" if visit.is_piece else "answers.html",
            here="answers",
            rows=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
            number=len(found),
            page=page,
            pages=max(1, -(-len(found) // ON_A_PAGE)),
            wanted=wanted,
            topics=sorted({row.topic for row in rows}),
            corridors=sorted({name for row in rows for name in _corridors(row)}),
            all_languages=self._console.editorial.languages,
            states=STATES,
            dues=DUE,
        )

    def answer(self, visit: Visit) -> Response:
        """One answer: its texts, sources, phrases, review."""
        return self._answer(visit, self.found(visit))

    def still_correct(self, visit: Visit) -> Response:
        """All sources were read again and say the same."""
        row = self.found(visit)
        try:
            self._console.workflow.still_correct(row.key, visit.member.name)
        except WorkflowError as error:
            return self._answer(visit, row, wrong=said(self._console, visit, error))
        return self._console.done(visit.field("back") or f"/answers/{row.key}", "still-correct")

    def found(self, visit: Visit) -> AnswerRow:
        """The answer that an address names; raises Problem if there is none."""
        row = self._console.editorial.answer(visit.named("key"))
        if row is None:
            raise Problem("not-found")
        return row

    def _answer(self, visit: Visit, row: AnswerRow, wrong: str = "") -> Response:
        return self._console.page(
            visit,
            "answer.html",
            status=422 if wrong else 200,
            here="answers",
            row=row,
            wrong=wrong,
            all_languages=self._console.editorial.languages,
            source=SOURCE_LANGUAGE,
            sources={name: self._console.editorial.sources(row.key, name) for name in row.variants},
        )


@lru_cache(10_000)
def _plain(title: str) -> str:
    """A title as words are compared; each letter typed into the filter asks for all of them."""
    return normalise(title)


def _corridors(row: AnswerRow) -> Iterable[str]:
    """The schemes and countries that an answer concerns."""
    return {name for corridor in row.concerns for name in corridor.values() if name}


def _page_of(visit: Visit) -> int:
    asked = visit.query.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() else 1
