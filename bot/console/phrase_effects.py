"""What a phrase would change, for the pages on which one is added. A trial takes some seconds.

One trial at a time; the last ones are kept. Not here: how it is found out (`content.search.trial`).
"""

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bot.searching import SharedSearch
from content.evaluation import Evaluation, EvaluationError
from content.people.questions import Questions
from content.repository import Repository
from content.search.learnt import Text
from content.search.search import Search
from content.search.trial import Effect, effect, told_by, trial

_log = logging.getLogger(__name__)
_KEPT = 50
_MOST_WAITING = 300
_PATIENCE = 20.0  # seconds that a page waits for the trial of another one

type _Of = tuple[int, str, str, tuple[str, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """A phrase and the answer that it is to lead to. Several phrases are tried together."""

    answer: str
    language: str
    phrases: tuple[str, ...]

    @property
    def query(self) -> str:
        """How an address names it."""
        given = {"answer": self.answer, "language": self.language, "phrase": self.phrases}
        return urlencode(given, doseq=True)


class PhraseEffects:
    """Trials of phrases. Thread-safe."""

    def __init__(
        self, search: SharedSearch, repository: Repository, questions: Questions, evaluation: Path
    ) -> None:
        """Evaluation questions are read from a folder; where there is none, they are not checked."""
        self._search = search
        self._repository = repository
        self._questions = questions
        self._folder = evaluation
        self._trying = threading.Lock()
        self._told: dict[str, tuple[int, dict[str, str | None]]] = {}
        self._kept: OrderedDict[_Of, Effect] = OrderedDict()

    def of(self, change: Change) -> Effect | None:
        """What it changes; None while that cannot be said: the search is not ready, or others try much."""
        search = self._search.if_ready()
        if search is None or not change.phrases or not self._trying.acquire(timeout=_PATIENCE):
            return None
        try:
            return self._of(search, change)
        finally:
            self._trying.release()

    def _of(self, search: Search, change: Change) -> Effect | None:
        waiting = self._questions.waiting([change.language])
        most_asked = sorted(waiting, key=lambda question: -question.number)[:_MOST_WAITING]
        ids = tuple(question.id for question in most_asked)
        of = (search.version, change.answer, change.language, change.phrases, ids)
        if of in self._kept:
            return self._kept[of]
        added = [Text(change.answer, change.language, phrase, "phrase") for phrase in change.phrases]
        tried = trial(search, self._repository.snapshot(), added)
        if tried is None:
            return None
        before, after = tried
        evaluation = self._evaluation(change.language)
        texts = [question.text for question in most_asked]
        questions = dict.fromkeys((*change.phrases, *texts))
        if evaluation is not None:
            questions |= dict.fromkeys((*(asked.text for asked in evaluation.asked), *evaluation.outside))
        told = self._told_before(before, change.language, list(questions))
        then = told_by(after, questions, change.language)
        found = effect(change.answer, change.phrases, texts, evaluation, before=told, after=then)
        self._kept[of] = found
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def _told_before(self, search: Search, language: str, questions: list[str]) -> dict[str, str | None]:
        """What is told now; asked once for each version of the store."""
        version, told = self._told.get(language, (-1, {}))
        if version != search.version:
            told = {}
        told |= told_by(search, (question for question in questions if question not in told), language)
        self._told[language] = (search.version, told)
        return told

    def _evaluation(self, language: str) -> Evaluation | None:
        try:
            return Evaluation.read(self._folder, language)
        except EvaluationError as error:
            _log.error("evaluation questions cannot be read: %s", error)
            return None
