"""Which text of an answer a page is about, and what stands in its form."""

from dataclasses import dataclass
from typing import Self

from bot.console.answers import Answers
from bot.console.door import Visit
from bot.problems import Problem
from content.answer_rows import AnswerRow
from content.editorial import Editorial, FullText


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

    @classmethod
    def saved(cls, newest: FullText | None) -> Self:
        """A text as it was saved; nothing if there is none."""
        return cls(newest.title, newest.body, newest.head.id) if newest else cls("", "", 0)


class Places:
    """Finds what an address and a posted form name."""

    def __init__(self, answers: Answers, editorial: Editorial) -> None:
        self._answers = answers
        self._editorial = editorial

    def place(self, visit: Visit) -> Place:
        """The text that an address names; raises Problem if there is none."""
        row = self._answers.found(visit)
        variant, language = visit.named("variant"), visit.named("language")
        if (variant, language) not in row.texts:
            raise Problem("not-found")
        return Place(row, variant, language)

    def revision(self, place: Place, asked: str) -> FullText:
        """A revision of a text by its number; raises Problem if it is of another one."""
        old = self._editorial.revision(_number(asked))
        if old is None or (old.key, old.variant, old.head.language) != place.names:
            raise Problem("not-found")
        return old

    def writing(self, visit: Visit) -> tuple[Place, Written]:
        """What a member posted, in a language that they write."""
        place = self.place(visit)
        visit.demand_language(place.language)
        based_on = visit.field("based_on")
        return place, Written(
            visit.field("title"),
            visit.field("body").replace("\r\n", "\n"),
            int(based_on) if based_on.isdecimal() else 0,
            visit.field("minor") == "yes",
        )


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Problem("bad-request")
    return int(text)
