"""What an index is made of: pieces of text, their terms, and the network learnt from them.

Learnt once from all pieces; after an edit only what it touches is learnt again. Not here: answering a
question with it (`index`), keeping it in a file (`kept`).
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from content.search.meaning import WIDTH, Common, Rows, word_vectors
from content.search.network import Network
from content.search.normalise import normalise
from content.search.spelling import spelt
from content.search.vocabulary import Vocabulary

TextKind = Literal["phrase", "title", "body"]
_SENTENCE_END = re.compile(r"\n+|(?<=[.?!])\s")
_FEWEST_WORDS = 4  # of a sentence that is worth learning from
_MANY = 10_000  # pieces, from which on a term that stands in one alone tells nothing: half of all do
_FEWEST_OF_MANY = 2
_OUTSIDE_AGAIN = (
    2  # times that what is outside is looked at beyond the first: to the network it is one answer
)
_OTHERS = 4_000  # pieces of other answers that are looked at again after an edit

OUTSIDE = ""
"""Stands for an answer where no answer of ours is meant."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text that leads to an answer, or `OUTSIDE`."""

    answer: str
    language: str
    text: str
    kind: TextKind


class Piece(NamedTuple):
    """A normalised text, or a sentence of a body."""

    answer: str
    language: str
    kind: TextKind
    plain: str

    @property
    def spelt(self) -> str:
        """As it is compared: in the chosen spellings of its language."""
        return spelt(self.language, self.plain)


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """What an index is made of, and all that is kept of it.

    `texts_of_term` has a row for each term and a column for each piece, so that a question touches only
    the pieces that share a word with it; rows of letter groups are empty. The network's classes are the
    answers in their order; its columns the figures of a text's meaning, then the terms.
    """

    pieces: tuple[Piece, ...]
    vocabulary: Vocabulary
    texts_of_term: sparse.csr_matrix
    common: Common
    network: Network

    @property
    def answers(self) -> list[str]:
        """All answers, in the order in which they are weighed."""
        return sorted({piece.answer for piece in self.pieces})

    def told(self, language: str, plain: str, terms: sparse.csr_matrix) -> NDArray[np.float32]:
        """The logarithm of the chance of each answer, for a text in the chosen spellings and its terms."""
        meant = _meanings([(language, plain)], self.vocabulary, self.common)[0]
        columns = np.concatenate([np.arange(WIDTH), terms.indices + WIDTH])
        return self.network.told(columns, np.concatenate([meant, terms.data]))


def pieces_of(texts: Iterable[Text]) -> Iterator[Piece]:
    """A phrase or title as it is; a body by its sentences."""
    for text in texts:
        if text.kind != "body":
            if plain := normalise(text.text):
                yield Piece(text.answer, text.language, text.kind, plain)
            continue
        for sentence in _SENTENCE_END.split(text.text):
            plain = normalise(sentence)
            if len(plain.split()) >= _FEWEST_WORDS:
                yield Piece(text.answer, text.language, text.kind, plain)


def learnt_of(pieces: tuple[Piece, ...]) -> Learnt | None:
    """All that can be learnt of pieces; None of none."""
    if not pieces:
        return None
    plain = [piece.spelt for piece in pieces]
    vocabulary, terms = Vocabulary.learnt(plain, fewest=_FEWEST_OF_MANY if len(pieces) >= _MANY else 1)
    asked = [(piece.language, piece.spelt) for piece in pieces if piece.kind != "body"]
    sums = word_vectors().sums(asked, vocabulary.rarity_or_most)
    common = Common.learnt([language for language, _ in asked], sums)
    number = {answer: place for place, answer in enumerate(sorted({piece.answer for piece in pieces}))}
    classes = np.array([number[piece.answer] for piece in pieces])
    rows = sparse.hstack([_meanings_of(pieces, vocabulary, common), terms]).tocsr()
    outside = np.flatnonzero([piece.answer == OUTSIDE for piece in pieces])
    looked_at = np.concatenate([np.arange(len(pieces)), np.tile(outside, _OUTSIDE_AGAIN)])
    network = Network.learnt(rows[looked_at], classes[looked_at], len(number))
    return Learnt(pieces, vocabulary, _texts_of(vocabulary, terms), common, network)


@dataclass(frozen=True, slots=True, eq=False)
class Others:
    """Some pieces of all answers, with their rows: what an edit must not make the network forget.

    Rows have the columns of the vocabulary that they were made with; later ones have more behind them.
    """

    pieces: tuple[Piece, ...]
    rows: sparse.csr_matrix

    @classmethod
    def of(cls, learnt: Learnt) -> "Others":
        """Drawn from what was learnt; it takes about two seconds for four thousand pieces."""
        there = len(learnt.pieces)
        drawn = np.random.default_rng(0).choice(there, min(_OTHERS, there), replace=False)
        pieces = tuple(learnt.pieces[one] for one in drawn)
        return cls(pieces, _rows_of(pieces, learnt))

    def besides(self, touched: set[str], wanted: Container[Piece]) -> "Others":
        """Those of answers that are not touched, and that are still wanted."""
        stay = [piece.answer not in touched and piece in wanted for piece in self.pieces]
        pieces = tuple(piece for piece, stays in zip(self.pieces, stay, strict=True) if stays)
        return Others(pieces, self.rows[np.flatnonzero(stay)])


def relearnt(
    before: Learnt, wanted: dict[Piece, None], added: Sequence[Piece], touched: set[str], others: Others
) -> Learnt:
    """What was learnt before, less what is no longer wanted, and what is added learnt too."""
    stays = np.array([piece in wanted for piece in before.pieces], dtype=bool)
    pieces = (*(piece for piece, stay in zip(before.pieces, stays, strict=True) if stay), *added)
    vocabulary = before.vocabulary.grown(piece.spelt for piece in added)
    rows = vocabulary.rows(piece.spelt for piece in added)
    texts_of_term = _texts_changed(before.texts_of_term, stays, vocabulary, rows)
    learnt = replace(before, pieces=pieces, vocabulary=vocabulary, texts_of_term=texts_of_term)
    return replace(learnt, network=_further(before, learnt, touched, others.besides(touched, wanted)))


def _further(before: Learnt, learnt: Learnt, touched: set[str], others: Others) -> Network:
    """The network of before, which has learnt the touched answers again, beside some of the others."""
    place = {answer: number for number, answer in enumerate(before.answers)}
    number = {answer: place for place, answer in enumerate(learnt.answers)}
    network = before.network.with_classes(np.array([place.get(answer, -1) for answer in number]))
    pieces = [piece for piece in learnt.pieces if piece.answer in touched]
    if not pieces:
        return network  # answers only went; nothing is there to be learnt again
    again = _rows_of(pieces, learnt)
    known = sparse.csr_matrix(
        (others.rows.data, others.rows.indices, others.rows.indptr),
        shape=(len(others.pieces), again.shape[1]),
    )
    classes = np.array([number[piece.answer] for piece in (*pieces, *others.pieces)])
    return network.learnt_further(
        sparse.vstack([again, known]).tocsr(),
        classes,
        np.array([number[each] for each in sorted(touched & number.keys())], dtype=np.int64),
    )


def _rows_of(pieces: Sequence[Piece], learnt: Learnt) -> sparse.csr_matrix:
    """What the network sees of pieces: their meaning, then their terms."""
    terms = learnt.vocabulary.rows(piece.spelt for piece in pieces)
    return sparse.hstack([_meanings_of(pieces, learnt.vocabulary, learnt.common), terms]).tocsr()


def _texts_of(vocabulary: Vocabulary, rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """The texts of each term, without letter groups: they are most of all, and tell the network enough."""
    of_terms = rows.T.tocsr()
    counts = np.diff(of_terms.indptr) * vocabulary.are_words
    stays = np.repeat(vocabulary.are_words, np.diff(of_terms.indptr))
    ends = np.concatenate([[0], np.cumsum(counts)])
    return sparse.csr_matrix((of_terms.data[stays], of_terms.indices[stays], ends), shape=of_terms.shape)


def _texts_changed(
    texts_of_term: sparse.csr_matrix,
    stays: NDArray[np.bool_],
    vocabulary: Vocabulary,
    added: sparse.csr_matrix,
) -> sparse.csr_matrix:
    """Without the columns of texts that do not stay, and with columns for those that are added."""
    terms = len(vocabulary)
    kept = texts_of_term if stays.all() else texts_of_term[:, np.flatnonzero(stays)]
    ends = np.concatenate([kept.indptr, np.full(terms + 1 - len(kept.indptr), kept.nnz)])
    new = _texts_of(vocabulary, added)
    places = np.repeat(ends[1:], np.diff(new.indptr))
    return sparse.csr_matrix(
        (
            np.insert(kept.data, places, new.data),
            np.insert(kept.indices, places, new.indices + kept.shape[1]),
            ends + new.indptr,
        ),
        shape=(terms, kept.shape[1] + new.shape[1]),
    )


def _meanings_of(pieces: Sequence[Piece], vocabulary: Vocabulary, common: Common) -> sparse.csr_matrix:
    """The meaning of each piece; nothing for sentences of bodies, which ask nothing."""
    asks = np.array([piece.kind != "body" for piece in pieces], dtype=np.float32)
    texts = [(piece.language, piece.spelt) for piece in pieces]
    return sparse.csr_matrix(_meanings(texts, vocabulary, common) * asks[:, None])


def _meanings(texts: Sequence[tuple[str, str]], vocabulary: Vocabulary, common: Common) -> Rows:
    sums = word_vectors().sums(texts, vocabulary.rarity_or_most)
    return common.removed([language for language, _ in texts], sums)
