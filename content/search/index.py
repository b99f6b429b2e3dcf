"""The index: all published phrases, titles and bodies; a question's likeliest answers.

What speaks for an answer: a network over words, word pairs, letter groups and meaning (`network`,
`learnt`); what the question's words tell in their language (`counts`); and how near its nearest text
lies, which says whether the question is one of ours at all. Immutable: `updated` gives another one,
and learns only what an edit touches. Not here: how much each of these counts (`calibration`), the
decision sure / unsure / not (`decision`), keeping it up to date (`live`).

Measured: docs/evaluation.md and the decisions 0007, 0010 and 0011.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from content.fields import SOURCE_LANGUAGE
from content.search.counts import Told, WordCounts
from content.search.learnt import OUTSIDE, Learnt, Others, Piece, Text, learnt_of, pieces_of, relearnt
from content.search.normalise import normalise
from content.search.spelling import spelt

NOT_OUTSIDE = -12.0
"""The score where nothing was learnt of what is outside."""
_OTHER_LANGUAGE = 0.9
_BODY_NEARNESS = 0.6
_SHARE_OF_WORDS = np.float32(0.5)  # of a text's length in terms; the others are letter groups
# With more changed than this, all is learnt anew.
_MOST_CHANGED = 0.1


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer that may be meant.

    `score` is the logarithm of its chance, as the network tells it, and what else was weighed;
    `nearest` the cosine to the answer's nearest text by words, 0 … 1.
    """

    answer: str
    score: float
    nearest: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The likeliest answers, best first, and what the question itself tells.

    `known` is the share of its words that stand in our texts, rare words counting more (0 … 1);
    `words` how many words it has; `outside` the score of its being about something else altogether;
    `share` the first candidate's of all chances, if the scores are taken for their logarithms.
    """

    candidates: tuple[Candidate, ...]
    known: float
    words: int
    outside: float = NOT_OUTSIDE
    share: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What speaks for each answer, in the order of the answers.

    `told` is the logarithm of its chance by the network, 0 … -12; `nearest` the cosine to its nearest
    text; `likelihood` and `relevance` are what its words tell in their language (`counts`).
    """

    told: NDArray[np.float32]
    nearest: NDArray[np.float32]
    likelihood: NDArray[np.float32]
    relevance: NDArray[np.float32]


type Weigh = Callable[[str, Evidence], NDArray[np.float64]]
"""For a normalised question and what speaks for each answer: the score of each."""


class SearchIndex:
    """Ranks answers for a question. Thread-safe: nothing that ranking reads changes after building."""

    def __init__(
        self,
        texts: Iterable[Text] = (),
        learnt: Learnt | None = None,
        counts: Mapping[str, WordCounts] | None = None,
        others: Others | None = None,
    ) -> None:
        """Learn from texts; or take up what was learnt before, and what was counted in some languages.

        `others` are the pieces that edits must not make it forget; without them they are drawn at the first.
        """
        texts = tuple(texts)
        self._texts = None if learnt else frozenset(texts)  # what it knows of; None if that was not told
        learnt = learnt or learnt_of(tuple(dict.fromkeys(pieces_of(texts))))
        self.pieces: tuple[Piece, ...] = learnt.pieces if learnt else ()
        self._answers = learnt.answers if learnt else []
        self._counts = dict(counts or {}) | self._counted(besides=counts or {})
        if learnt is None:
            return
        self._learnt, self._others = learnt, others
        self._vocabulary = learnt.vocabulary
        self._weigh_nearness()

    @property
    def answers(self) -> tuple[str, ...]:
        """All answers, in the order in which they are weighed."""
        return tuple(self._answers)

    def __len__(self) -> int:
        """How many pieces of text it holds."""
        return len(self.pieces)

    @property
    def learnt(self) -> Learnt | None:
        """What can be kept and taken up again; None of an empty index."""
        return self._learnt if self.pieces else None

    def make_ready_for_edits(self) -> None:
        """Do now what the first edit would wait for."""
        if self.pieces and self._others is None:
            self._others = Others.of(self._learnt)

    def updated(self, texts: Iterable[Text]) -> "SearchIndex":
        """The index of these texts: what they share with this one's is not learnt again."""
        texts = tuple(texts)
        wanted = self._wanted(texts)
        old = dict.fromkeys(self.pieces)
        added = [piece for piece in wanted if piece not in old]
        gone = [piece for piece in old if piece not in wanted]
        if not added and not gone:
            self._texts = frozenset(texts)
            return self
        if self.learnt is None or len(added) + len(gone) > _MOST_CHANGED * len(self.pieces):
            updated = SearchIndex(texts)
        else:
            touched = {piece.answer for piece in (*added, *gone)}
            others = self._others or Others.of(self.learnt)
            learnt = relearnt(self.learnt, wanted, added, touched, others)
            counts = self._still_counted((*added, *gone), wanted)
            updated = SearchIndex(learnt=learnt, counts=counts, others=others)
        updated._texts = frozenset(texts)
        return updated

    def _wanted(self, texts: Sequence[Text]) -> dict[Piece, None]:
        """The pieces of texts; those of an answer and language in which no text changed are taken over."""
        if self._texts is None:
            return dict.fromkeys(pieces_of(texts))
        changed = {(text.answer, text.language) for text in self._texts.symmetric_difference(texts)}
        stay = (piece for piece in self.pieces if (piece.answer, piece.language) not in changed)
        anew = (text for text in texts if (text.answer, text.language) in changed)
        return dict.fromkeys((*stay, *pieces_of(anew)))

    def _counted(self, *, besides: Mapping[str, WordCounts]) -> dict[str, WordCounts]:
        """The words of every language but those that are counted."""
        number = {answer: place for place, answer in enumerate(self._answers)}
        texts: dict[str, list[tuple[int, str]]] = {}
        for piece in self.pieces:
            if piece.language not in besides:
                texts.setdefault(piece.language, []).append((number[piece.answer], piece.spelt))
        return {language: WordCounts(told, len(number)) for language, told in texts.items()}

    def _still_counted(self, changed: Iterable[Piece], wanted: Iterable[Piece]) -> dict[str, WordCounts]:
        """What is counted of languages in which nothing changed; nothing if there are other answers now."""
        if sorted({piece.answer for piece in wanted}) != self._answers:
            return {}
        touched = {piece.language for piece in changed}
        return {language: counts for language, counts in self._counts.items() if language not in touched}

    def rank(
        self, question: str, language: str | None = None, most: int = 5, *, weigh: Weigh | None = None
    ) -> Ranking:
        """The `most` likeliest answers; none for a question without words.

        `weigh` makes one score of what speaks for an answer; without it, the network alone counts.
        """
        plain = normalise(question)
        if not self.pieces or not plain:
            return Ranking((), 0.0, 0)
        evidence = self.evidence(plain, language)
        scores = weigh(plain, evidence) if weigh else evidence.told.astype(np.float64)
        return self.ranking(plain, language, scores, evidence.nearest, most)

    def ranking(
        self,
        plain: str,
        language: str | None,
        scores: NDArray[np.float64],
        nearest: NDArray[np.float32],
        most: int = 5,
    ) -> Ranking:
        """The `most` likeliest answers to a normalised question, by the score of each."""
        order: list[int] = np.argsort(-scores, kind="stable")[: most + 1].tolist()
        best = [number for number in order if self._answers[number] != OUTSIDE][:most]
        candidates = (Candidate(self._answers[n], float(scores[n]), float(nearest[n])) for n in best)
        # It is the first in the order of the answers, if there is any such text.
        outside = float(scores[0]) if self._answers[0] == OUTSIDE else NOT_OUTSIDE
        chances = np.exp(scores - scores.max())
        share = float(chances[best[0]] / chances.sum()) if best else 0.0
        words = spelt(language or SOURCE_LANGUAGE, plain).split()
        return Ranking(tuple(candidates), self._known(words), len(words), outside, share)

    def evidence(self, plain: str, language: str | None) -> Evidence:
        """What speaks for each answer to a normalised question; only if there are answers and words."""
        language = language or SOURCE_LANGUAGE
        plain = spelt(language, plain)
        terms = self._vocabulary.rows([plain])
        counts = self._counts.get(language)
        words = counts.told(plain) if counts else Told.nothing(len(self._answers))
        told = self._learnt.told(language, plain, terms)
        return Evidence(told, self._nearest(terms, language), words.likelihood, words.relevance)

    def _known(self, words: list[str]) -> float:
        """The share of the words that we have read before, by their rarity."""
        rarest = self._vocabulary.rarest
        rarity = [self._vocabulary.rarity_of(word) for word in words]
        return sum(found or 0.0 for found in rarity) / sum(found or rarest for found in rarity)

    def _nearest(self, terms: sparse.csr_matrix, language: str) -> NDArray[np.float32]:
        """For every answer, how near its nearest text is."""
        # The rows of the question's terms alone, times a plain vector: half the time of a sparse product.
        near = self._learnt.texts_of_term[terms.indices].T @ (terms.data / _SHARE_OF_WORDS)
        near *= self._nearness_in.get(language, self._nearness_abroad)
        nearest: NDArray[np.float32] = np.maximum.reduceat(near[self._by_answer], self._first_of_answer)
        return nearest

    def _weigh_nearness(self) -> None:
        """How much the nearness of each piece counts for a question in each language."""
        nearness = np.array([_BODY_NEARNESS if piece.kind == "body" else 1.0 for piece in self.pieces])
        nearness = nearness.astype(np.float32)
        self._nearness_abroad = nearness * np.float32(_OTHER_LANGUAGE)
        spoken = np.array([piece.language for piece in self.pieces])
        self._nearness_in = {
            language: np.where(spoken == language, nearness, self._nearness_abroad)
            for language in {piece.language for piece in self.pieces}
        }
        number = {answer: place for place, answer in enumerate(self._answers)}
        answer_of = np.array([number[piece.answer] for piece in self.pieces])
        self._by_answer = np.argsort(answer_of, kind="stable")
        self._first_of_answer = np.searchsorted(answer_of[self._by_answer], np.arange(len(self._answers)))
