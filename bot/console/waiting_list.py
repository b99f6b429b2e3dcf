"""The questions that wait for an answer, those that are alike in one group, and what the search guesses.

Grouping needs the search and looks at each question once. While the search is not ready, or many questions
are new, they are shown one by one and grouped beside, so that no page waits. Not here: the pages.
"""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.searching import SharedSearch
from content.people.questions import Question, Questions
from content.search.likeness import Likeness
from content.search.live import LiveSearch

_AT_ONCE = 50  # questions that a page may wait for: about 60 ms
_GUESSES = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of a language that ask the same, the one asked most first."""

    questions: tuple[Question, ...]

    @property
    def first(self) -> Question:
        """The one asked most."""
        return self.questions[0]

    @property
    def language(self) -> str:
        """The language of all of them."""
        return self.first.language

    @property
    def number(self) -> int:
        """How often they were asked, together."""
        return sum(question.number for question in self.questions)

    @property
    def first_day(self) -> date:
        """The day on which one of them was first asked."""
        return min(question.first_day for question in self.questions)

    @property
    def last_day(self) -> date:
        """The day on which one of them was last asked."""
        return max(question.last_day for question in self.questions)


@dataclass(frozen=True, slots=True)
class Grouped:
    """All groups, the one asked most first; `whole` is False while some are not grouped yet."""

    groups: list[Group]
    whole: bool


@dataclass(frozen=True, slots=True)
class Guesses:
    """Which answers a question may mean; `told` is the one that the bot surely tells by now."""

    answers: tuple[str, ...]
    told: str | None = None


class WaitingList:
    """One for the whole console: what was looked at is kept. Thread-safe."""

    def __init__(self, questions: Questions, search: SharedSearch) -> None:
        self._questions = questions
        self._search = search
        self._likeness = Likeness()
        self._looking = threading.Lock()
        self._beside: threading.Thread | None = None
        self._grouped: dict[str, tuple[tuple[int, ...], list[list[int]]]] = {}
        self._guessed: tuple[int, dict[int, Guesses]] = (-1, {})

    def groups(self, languages: Collection[str] | None) -> Grouped:
        """The groups of some languages, or of all."""
        by_language: dict[str, list[Question]] = defaultdict(list)
        for question in self._questions.waiting(languages):
            by_language[question.language].append(question)
        search = self._search.if_ready() if by_language else None
        found: list[Group] = []
        whole = True
        for language, questions in by_language.items():
            places = self._places(search, language, questions) if search else None
            whole = whole and places is not None
            alike = places or [[place] for place in range(len(questions))]
            found += [Group(_most_asked([questions[place] for place in each])) for each in alike]
        return Grouped(sorted(found, key=lambda group: (-group.number, -group.last_day.toordinal())), whole)

    def group_of(self, question: Question) -> Group:
        """The group that a question is in; alone if it is not grouped."""
        grouped = self.groups([question.language])
        ids = ((group, {each.id for each in group.questions}) for group in grouped.groups)
        return next((group for group, there in ids if question.id in there), Group((question,)))

    def guesses(self, group: Group) -> Guesses:
        """What the search takes a group for, then what it took it for when it was asked."""
        search = self._search.if_ready()
        kept = _guessed_then(group)
        if search is None:
            return Guesses(tuple(kept[:_GUESSES]))
        version, known = self._guessed
        if version != search.version:
            known = {}
            self._guessed = (search.version, known)
        if group.first.id not in known:
            known[group.first.id] = _guess(search, group.first)
        now = known[group.first.id]
        return Guesses(tuple(dict.fromkeys((*now.answers, *kept)))[:_GUESSES], now.told)

    def _places(
        self, search: LiveSearch, language: str, questions: Sequence[Question]
    ) -> list[list[int]] | None:
        """The places of those that are alike; None if they are still looked at."""
        ids = tuple(question.id for question in questions)
        grouped = self._grouped.get(language)
        if grouped is not None and grouped[0] == ids:
            return grouped[1]
        learnt = search.built.index.learnt
        if learnt is None:
            return None
        texts = [question.text for question in questions]
        with self._looking:
            missing = self._likeness.missing(learnt, [(language, text) for text in texts])
            if len(missing) > _AT_ONCE:
                self._look_beside(search)
                return None
            self._likeness.look_at(learnt, missing)
            places = self._likeness.groups(language, texts)
        self._grouped[language] = (ids, places)
        return places

    def _look_beside(self, search: LiveSearch) -> None:
        if self._beside is None or not self._beside.is_alive():
            self._beside = threading.Thread(
                target=self._look_at_all, args=[search], name="likeness", daemon=True
            )
            self._beside.start()

    def _look_at_all(self, search: LiveSearch) -> None:
        """Look at all that wait, a few at a time so that pages get their turn."""
        learnt = search.built.index.learnt
        asked = [(question.language, question.text) for question in self._questions.waiting()]
        for start in range(0, len(asked), _AT_ONCE):
            with self._looking:
                if learnt is not None:
                    self._likeness.look_at(learnt, asked[start : start + _AT_ONCE])


def _guess(search: LiveSearch, question: Question) -> Guesses:
    decision = search.find(question.text, question.language)
    told = decision.candidates[0].answer if decision.verdict == "sure" else None
    ranking = search.rank(question.text, question.language)
    return Guesses(tuple(candidate.answer for candidate in ranking.candidates[:_GUESSES]), told)


def _guessed_then(group: Group) -> list[str]:
    return list(dict.fromkeys(guess for question in group.questions for guess in question.guesses))


def _most_asked(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(sorted(questions, key=lambda question: (-question.number, -question.last_day.toordinal())))
