"""The index that follows the store: what an editor publishes is found within five seconds.

A watcher thread asks the store's version once a second and builds the next index beside the
one in use. Building never stops an answer.
"""

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.exc import SQLAlchemyError

from content.fields import SOURCE_LANGUAGE
from content.repository import Repository
from content.search.calibration import Calibration
from content.search.corridors import Corridors
from content.search.decision import Decision, decide
from content.search.follow_up import Before, Scores, Ties, figures, together_with
from content.search.index import Evidence, Ranking, SearchIndex
from content.search.kept import Kept, keep, take_up
from content.search.language import Guess, LanguageIdentifier, Tongues
from content.search.learnt import OUTSIDE, Piece, Text, pieces_of
from content.search.normalise import normalise
from content.search.outside import outside
from content.search.parts import halves
from content.snapshot import Snapshot
from content.texts import ANYWHERE, Corridor

_log = logging.getLogger(__name__)
_LOOK_EVERY = 1.0  # seconds
_SAME_TONGUES = 0.02
_MOST_WORDS_ADDED = 10
_FEWEST_WORDS_OF_TWO, _MOST_WORDS_OF_TWO = 7, 28
_SURE_OF_TWO = 0.8


@dataclass(frozen=True, slots=True)
class Built:
    """All that answers a question, of one version of the store.

    `identified_by` is from how many pieces the identifier has learnt.
    """

    version: int
    index: SearchIndex
    identifier: LanguageIdentifier
    identified_by: int
    corridors: Corridors
    ties: Ties

    def rank(
        self, question: str, language: str | None, calibration: Calibration, known: Corridor = ANYWHERE
    ) -> Ranking:
        """The likeliest answers to a question of somebody of whom a corridor is known."""
        plain = normalise(question)
        if not plain or not self.index.pieces:
            return Ranking((), 0.0, 0)
        scores, nearest = self._scores(plain, language, calibration, known)
        return self.index.ranking(plain, language, scores, nearest)

    def rank_after(
        self,
        before: Before,
        question: str,
        language: str | None,
        calibration: Calibration,
        known: Corridor = ANYWHERE,
    ) -> Ranking:
        """The likeliest answers to a question that may go on from the one before it."""
        plain = normalise(question)
        if not plain or not self.index.pieces:
            return Ranking((), 0.0, 0)
        figures, nearest = self.figures_after(before, plain, language, calibration, known)
        return self.index.ranking(plain, language, figures @ calibration.follow_up.of_figures, nearest)

    def figures_after(
        self, before: Before, plain: str, language: str | None, calibration: Calibration, known: Corridor
    ) -> tuple[Scores, NDArray[np.float32]]:
        """What speaks for each answer to a normalised question after another one; how near its texts are."""
        own = self.corridors.unnamed(plain)
        both = together_with(normalise(before.question), plain, self.corridors)
        alone, near = self._scores(plain, language, calibration, known)
        together, near_together = self._scores(both, language, calibration, known)
        ties = self.ties.with_answer(before.answer)
        found = figures(alone, together, ties, words=len(own.split()), named=own != plain)
        return found, np.maximum(near, near_together)

    def _scores(
        self, plain: str, language: str | None, calibration: Calibration, known: Corridor
    ) -> tuple[Scores, NDArray[np.float32]]:
        """For a normalised question, the score of each answer and how near its nearest text is."""
        evidence = self.index.evidence(plain, language)
        lean = self.corridors.lean(plain, calibration.leaning, known)
        return _weighed(evidence, calibration) + lean, evidence.nearest


def _weighed(evidence: Evidence, calibration: Calibration) -> Scores:
    """What the texts of each answer say for it."""
    weighed: Scores = (
        calibration.told * evidence.told.astype(np.float64)
        + calibration.nearness * evidence.nearest
        + calibration.likelihood * evidence.likelihood
        + calibration.relevance * evidence.relevance
    )
    return weighed


def texts_of(published: Snapshot) -> list[Text]:
    """Everything published that leads to an answer, and what leads to none, in all languages."""
    texts = [Text(p.answer, p.language, p.text, "phrase") for p in published.phrases()]
    for language in published.languages():
        for answer in published.answers(language):
            if answer.language == language:
                texts.append(Text(answer.key, language, answer.title, "title"))
                texts.append(Text(answer.key, language, answer.body, "body"))
    spoken = published.languages()
    texts += [Text(OUTSIDE, language, text, "phrase") for language, text in outside() if language in spoken]
    return texts


def tongues_of(published: Snapshot) -> Tongues:
    """What can be learnt of languages alone, which takes a tenth of the index's time."""
    return _tongues(pieces_of(texts_of(published)))


def _tongues(pieces: Iterable[Piece]) -> Tongues:
    return Tongues.learnt((piece.language, piece.plain) for piece in pieces)


def build(published: Snapshot, before: Built | None = None) -> Built:
    """Build both from one state of the store; of the index only what is new since the one before."""
    started = time.perf_counter()
    texts = texts_of(published)
    index = before.index.updated(texts) if before else SearchIndex(texts)
    corridors, ties = _corridors(published, index.answers), _ties(published, index.answers)
    if before and index is before.index:
        return replace(before, version=published.version, corridors=corridors, ties=ties)
    identifier, identified_by = _identifier(index, before)
    seconds = time.perf_counter() - started
    _log.info("search index of version %d: %d texts in %.2f s", published.version, len(index), seconds)
    return Built(published.version, index, identifier, identified_by, corridors, ties)


def _identifier(index: SearchIndex, before: Built | None) -> tuple[LanguageIdentifier, int]:
    """What tells languages apart, learnt again only when the texts have become others by some hundredths."""
    pieces = len(index)
    if before is not None and abs(pieces - before.identified_by) <= _SAME_TONGUES * pieces:
        spoken = {piece.language for piece in index.pieces}
        if spoken == {piece.language for piece in before.index.pieces}:
            return before.identifier, before.identified_by
    return LanguageIdentifier(_tongues(index.pieces)), pieces


def _corridors(published: Snapshot, answers: Sequence[str]) -> Corridors:
    concerns = {answer.key: answer.concerns for answer in published.answers(SOURCE_LANGUAGE)}
    return Corridors(answers, concerns, published.gazetteer("country"), published.gazetteer("scheme"))


def _ties(published: Snapshot, answers: Sequence[str]) -> Ties:
    return Ties(answers, {answer.key: answer for answer in published.answers(SOURCE_LANGUAGE)})


def _first(published: Snapshot, kept_in: Path | None) -> Built:
    kept = take_up(kept_in) if kept_in else None
    before = None
    if kept:
        index = SearchIndex(learnt=kept.learnt)
        corridors, ties = _corridors(published, index.answers), _ties(published, index.answers)
        before = Built(0, index, LanguageIdentifier(kept.tongues), len(index), corridors, ties)
    built = build(published, before)
    if kept_in and built.index.learnt and not (before and built.index is before.index):
        keep(Kept(built.index.learnt, built.identifier.tongues), kept_in)
    return built


def _less_sure(two: tuple[Decision, Decision]) -> float:
    return min(part.chance for part in two)


class LiveSearch:
    """Ranks, decides and identifies with the newest index there is."""

    def __init__(
        self, published: Repository, calibration: Calibration | None = None, *, kept_in: Path | None = None
    ) -> None:
        """Build the first index, from the one that a file has kept if there is one."""
        self._published = published
        self._calibration = calibration or Calibration.read()
        self._built = _first(published.snapshot(), kept_in)
        self._stop = threading.Event()
        self._watcher: threading.Thread | None = None

    @property
    def version(self) -> int:
        """The version of the store that the index in use was built from."""
        return self._built.version

    @property
    def built(self) -> Built:
        """All that answers, as it is now."""
        return self._built

    @property
    def calibration(self) -> Calibration:
        """How much each thing counts."""
        return self._calibration

    def watch(self) -> None:
        """Begin to follow the store, until `close`."""
        self._watcher = threading.Thread(target=self._follow, name="search-index", daemon=True)
        self._watcher.start()

    def close(self) -> None:
        """Stop following."""
        self._stop.set()
        if self._watcher is not None:
            self._watcher.join()

    def refresh(self) -> bool:
        """Build anew if the store has changed; True if it had."""
        published = self._published.snapshot()
        if published.version == self._built.version:
            return False
        self._built = build(published, self._built)
        return True

    def find(self, question: str, language: str | None = None, known: Corridor = ANYWHERE) -> Decision:
        """Which answer, and how sure; `known` is the corridor known of the person."""
        return decide(self.rank(question, language, known), self._calibration, language)

    def find_after(
        self, before: Before, question: str, language: str | None = None, known: Corridor = ANYWHERE
    ) -> Decision:
        """Which answer, to a question that may go on from the one before it; a long one stands alone."""
        own = self._built.corridors.unnamed(normalise(question))
        if len(own.split()) > _MOST_WORDS_ADDED:
            return self.find(question, language, known)
        ranking = self._built.rank_after(before, question, language, self._calibration, known)
        return decide(ranking, self._calibration.of_follow_ups(), language)

    def find_both(
        self, question: str, language: str | None = None, known: Corridor = ANYWHERE
    ) -> tuple[Decision, Decision] | None:
        """What a message asks that asks two things, "who pays my ticket and how much do I earn"; else None.

        Both parts must surely have an answer, and not the same; a long message tells a story.
        """
        if not _FEWEST_WORDS_OF_TWO <= len(question.split()) <= _MOST_WORDS_OF_TWO:
            return None
        both = [
            (self.find(one, language, known), self.find(other, language, known))
            for one, other in halves(question, language)
        ]
        told = [two for two in both if all(part.verdict == "sure" for part in two)]
        told = [two for two in told if two[0].candidates[0].answer != two[1].candidates[0].answer]
        surest = max(told, key=_less_sure, default=None)
        return surest if surest and _less_sure(surest) >= _SURE_OF_TWO else None

    def said_besides_names(self, text: str) -> int | None:
        """How many words a message has besides the countries and schemes it names; None if it names none."""
        plain = normalise(text)
        left = self._built.corridors.unnamed(plain)
        return None if left == plain else len(left.split())

    def rank(self, question: str, language: str | None = None, known: Corridor = ANYWHERE) -> Ranking:
        """The likeliest answers, whatever they are worth."""
        return self._built.rank(question, language, self._calibration, known)

    def language_of(self, text: str) -> Guess:
        """The language a message is written in; names alone tell none."""
        if self.said_besides_names(text) == 0:
            return Guess(None, 0.0, sure=False)
        return self._built.identifier.guess(text)

    def _follow(self) -> None:
        while not self._stop.wait(_LOOK_EVERY):
            try:
                self.refresh()
            except SQLAlchemyError:  # the watcher outlives a store that is away for a while
                _log.exception("the search index could not be renewed; the last one stays in use")
