"""Everything that answers a question, built from one state of the store.

Not here: following the store (`live`), what a ranking is worth (`decision`).
"""

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from content.fields import SOURCE_LANGUAGE
from content.search.calibration import Calibration
from content.search.corridors import Corridors
from content.search.follow_up import Before, Scores, Ties, figures, together_with
from content.search.index import Evidence, Ranking, SearchIndex
from content.search.language import LanguageIdentifier, Tongues
from content.search.learnt import OUTSIDE, Piece, Text, pieces_of
from content.search.normalise import normalise
from content.search.outside import outside
from content.snapshot import Snapshot
from content.texts import ANYWHERE, Corridor

_log = logging.getLogger(__name__)
_SAME_TONGUES = 0.02


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
    corridors, ties = corridors_of(published, index.answers), ties_of(published, index.answers)
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


def corridors_of(published: Snapshot, answers: Sequence[str]) -> Corridors:
    """What the answers of an index say of countries and schemes."""
    concerns = {answer.key: answer.concerns for answer in published.answers(SOURCE_LANGUAGE)}
    return Corridors(answers, concerns, published.gazetteer("country"), published.gazetteer("scheme"))


def ties_of(published: Snapshot, answers: Sequence[str]) -> Ties:
    """How the answers of an index hang together."""
    return Ties(answers, {answer.key: answer for answer in published.answers(SOURCE_LANGUAGE)})
