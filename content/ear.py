"""The ear: hears a cry for help in words that no pattern of the danger net foresaw.

Two learners judge the words, word pairs and letter groups of all languages together: a linear support
vector machine and a small network (`content.search.network`). They learn from cries, from texts that only
sound like one, from ordinary questions and from talk; each errs where the other does not. The ear stands
before the engine, beside the net (`content.danger`), and needs no engine. Not here: what it learns from
(`bot.ear_lessons`), and what is made of what it heard (`content.alarm`).
"""

import json
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from content.search.learners import support_vector_machine
from content.search.network import Network
from content.search.normalise import normalise
from content.search.vocabulary import Vocabulary

_STRENGTH = 0.1  # of learning: measured, 0.03 and 0.3 hear as much and ring more often
_FEWEST_TEXTS = 2  # that a term stands in: those in one alone are half of all, and tell least
_TALK = 5.0  # how much a greeting, a wish for the menu … counts: they are few
_LOOK_ALIKE = 15.0  # how much a text that sounds like a cry counts, of an ordinary question

_KINDS = 4  # of text: the network's classes, in the order of the lessons
_TALKS = 3
_AGAIN = 3  # times that the network looks at talk beyond the first

_UNREADABLE = (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile)


class EarError(Exception):
    """There is no ear to be had: the message says of which file, or what it cannot be learnt from."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What it learns from: cries, look-alikes, ordinary questions, and talk that is no question."""

    cries: Sequence[str]
    look_alikes: Sequence[str]
    ordinary: Sequence[str]
    talk: Sequence[str] = ()


class Ear:
    """What a text sounds like. Nothing changes after learning."""

    def __init__(
        self, vocabulary: Vocabulary, weights: NDArray[np.float32], constant: float, network: Network
    ) -> None:
        self._vocabulary = vocabulary
        self._weights = weights
        self._constant = constant
        self._network = network

    @classmethod
    def learnt(cls, lessons: Lessons) -> "Ear":
        """Learn; cries count as much together as all the rest. Raises EarError if either is missing."""
        if not lessons.cries or not (lessons.look_alikes or lessons.ordinary or lessons.talk):
            raise EarError("there must be cries to learn from, and other texts")
        others = ((lessons.look_alikes, _LOOK_ALIKE), (lessons.ordinary, 1.0), (lessons.talk, _TALK))
        harmless = [text for texts, _ in others for text in texts]
        counts = np.repeat([count for _, count in others], [len(texts) for texts, _ in others])
        of_a_cry = counts.sum() / len(lessons.cries)
        texts = [normalise(text) for text in (*lessons.cries, *harmless)]
        cries = np.arange(len(texts)) < len(lessons.cries)
        counts = np.concatenate([np.full(len(lessons.cries), of_a_cry), counts])
        vocabulary, rows = Vocabulary.learnt(texts, fewest=_FEWEST_TEXTS)
        learner = support_vector_machine(_STRENGTH)
        learner.fit(rows, cries, sample_weight=counts)
        told = (lessons.cries, lessons.look_alikes, lessons.ordinary, lessons.talk)
        kinds = np.repeat(np.arange(_KINDS), [len(one) for one in told])
        looked_at = np.concatenate([np.arange(len(kinds)), np.tile(np.flatnonzero(kinds == _TALKS), _AGAIN)])
        network = Network.learnt(rows[looked_at], kinds[looked_at], _KINDS)
        weights, (constant,) = learner.coef_[0].astype(np.float32), learner.intercept_
        return cls(vocabulary, weights, float(constant), network)

    def figures(self, text: str) -> tuple[float, ...] | None:
        """What each learner makes of a text; None of one without a known word.

        The machine's distance from the border between cries and all else (more is a cry), and the
        logarithms of the network's chances that it is a cry, a look-alike, a question, talk.
        """
        row = self._vocabulary.rows([normalise(text)])
        if not row.nnz:
            return None
        distance = float(self._weights[row.indices] @ row.data) + self._constant
        told = self._network.told(row.indices.astype(np.int64), row.data)
        return (distance, *(float(chance) for chance in told))

    def save(self, path: Path, made_of: str) -> None:
        """Keep it, and a word for what it was learnt from."""
        path.parent.mkdir(exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.tmp")
        terms = json.dumps(self._vocabulary.terms, ensure_ascii=False).encode()
        with beside.open("wb") as file:
            np.savez_compressed(
                file,
                made_of=np.array(made_of),
                terms=np.frombuffer(terms, dtype=np.uint8),
                rarity=self._vocabulary.rarity,
                texts=np.array(self._vocabulary.texts),
                weights=self._weights,
                constant=np.array(self._constant),
                of_columns=self._network.of_columns,
                of_classes=self._network.of_classes,
                constants=self._network.constants,
            )
        beside.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Ear":
        """What was kept; raises EarError if there is none or it is damaged."""
        try:
            with np.load(path, allow_pickle=False) as kept:
                terms = json.loads(kept["terms"].tobytes())
                vocabulary = Vocabulary(terms, kept["rarity"], int(kept["texts"]))
                network = Network(kept["of_columns"], kept["of_classes"], kept["constants"])
                return cls(vocabulary, kept["weights"], float(kept["constant"]), network)
        except _UNREADABLE as error:
            raise EarError(f"{path}: {error}") from error


def made_of(path: Path) -> str | None:
    """What the ear in a file was learnt from, as `save` was told; None if there is none of use."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            return str(kept["made_of"])
    except _UNREADABLE:
        return None
