"""What an index is made of: pieces of text, their terms and meanings, and the machines learnt from them.

Learnt once from all pieces; after an edit only what it touches is learnt again. Not here: answering a
question with it (`index`), keeping it in a file (`kept`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from content.search.machines import Lesson, Machine, Sense
from content.search.meaning import WIDTH, Common, word_vectors
from content.search.normalise import normalise
from content.search.vocabulary import Vocabulary

TextKind = Literal["phrase", "title", "body"]
# A sentence of a body says more than its question: it may support an answer, hardly decide it.
_WEIGHT: dict[TextKind, float] = {"phrase": 1.0, "title": 1.0, "body": 0.3}
_SENTENCE_END = re.compile(r"\n+|(?<=[.?!])\s")
_FEWEST_WORDS = 4  # of a sentence that is worth learning from
_FEWEST_ANSWERS = 3  # two machines would only say the same of each other


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
    """A text, or a sentence of a body, as it is compared."""

    answer: str
    language: str
    kind: TextKind
    plain: str


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """What an index is made of, and all that is kept of it: rows stand in the order of the pieces.

    Only `lesson`, from which machines were just learnt, is not kept.
    """

    pieces: tuple[Piece, ...]
    vocabulary: Vocabulary
    vectors: sparse.csr_matrix
    machines: dict[str, Machine]
    common: Common
    meanings: NDArray[np.float32]
    senses: dict[str, Sense]
    lesson: Lesson | None = None


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
    vocabulary, vectors = Vocabulary.learnt([piece.plain for piece in pieces])
    asked = [piece for piece in pieces if piece.kind != "body"]
    sums = word_vectors().sums([(piece.language, piece.plain) for piece in asked], vocabulary.rarity_or_most)
    common = Common.learnt([piece.language for piece in asked], sums)
    learnt = Learnt(pieces, vocabulary, vectors, {}, common, np.zeros((0, WIDTH), np.float32), {})
    learnt = replace(learnt, meanings=_meanings_of(pieces, learnt))
    return _with_machines(learnt, None)


def relearnt(before: Learnt, wanted: dict[Piece, None], added: Sequence[Piece], touched: set[str]) -> Learnt:
    """What was learnt before, less what is no longer wanted, and what is added learnt too."""
    stays = [number for number, piece in enumerate(before.pieces) if piece in wanted]
    pieces = (*(before.pieces[number] for number in stays), *added)
    vocabulary = before.vocabulary.grown(piece.plain for piece in added)
    kept = before.vectors[stays]
    kept.resize((len(stays), len(vocabulary)))
    vectors = sparse.vstack([kept, vocabulary.rows(piece.plain for piece in added)]).tocsr()
    learnt = replace(before, pieces=pieces, vocabulary=vocabulary, vectors=vectors, lesson=None)
    rows = np.concatenate([before.meanings[stays], _meanings_of(added, learnt)])
    return _with_machines(replace(learnt, meanings=rows), touched)


def _with_machines(learnt: Learnt, touched: set[str] | None) -> Learnt:
    """With machines of all answers: those of the touched ones learnt anew, or all."""
    answers = sorted({piece.answer for piece in learnt.pieces})
    if len(answers) < _FEWEST_ANSWERS:
        return replace(learnt, machines={}, senses={})
    known = {} if touched is None else learnt.machines
    anew = [answer for answer in answers if answer not in known or answer in (touched or ())]
    lesson, numbers = lesson_of(learnt, answers), [answers.index(each) for each in anew]
    machines = known | dict(zip(anew, lesson.machines(numbers), strict=True))
    senses = ({} if touched is None else learnt.senses) | dict(zip(anew, lesson.senses(numbers), strict=True))
    return replace(
        learnt,
        machines={answer: machines[answer] for answer in answers},
        senses={answer: senses[answer] for answer in answers},
        lesson=lesson,
    )


def _meanings_of(pieces: Sequence[Piece], learnt: Learnt) -> NDArray[np.float32]:
    """The meaning of each piece; nothing for sentences of bodies, which ask nothing."""
    asked = np.array([piece.kind != "body" for piece in pieces], dtype=bool)
    rows = np.zeros((len(pieces), WIDTH), dtype=np.float32)
    texts = [(piece.language, piece.plain) for piece, asks in zip(pieces, asked, strict=True) if asks]
    if texts:
        rows[asked] = meanings(texts, learnt)
    return rows


def meanings(texts: Sequence[tuple[str, str]], learnt: Learnt) -> NDArray[np.float32]:
    """What texts mean: pairs of language and normalised text."""
    sums = word_vectors().sums(texts, learnt.vocabulary.rarity_or_most)
    return learnt.common.removed([language for language, _ in texts], sums)


def lesson_of(learnt: Learnt, answers: Sequence[str]) -> Lesson:
    """What the machines of these answers learn from; all texts, in their order."""
    number = {answer: place for place, answer in enumerate(answers)}
    return Lesson(
        vectors=learnt.vectors,
        # By term, so that a question touches only the texts that share a term with it.
        texts_of_term=learnt.vectors.T.tocsr(),
        meanings=learnt.meanings,
        answer_of=np.array([number[piece.answer] for piece in learnt.pieces]),
        weight=np.array([_WEIGHT[piece.kind] for piece in learnt.pieces]),
    )
