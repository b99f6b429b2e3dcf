"""What a text means, as a vector: near for texts that say alike in other words, or in another language.

The vectors of English words are GloVe's (public domain); those of the other languages were learnt from
our own translations, word by word (`content.search.making_vectors`). A text is the sum of its words,
rare ones counting more, less what all texts of its language have in common. A word without a vector,
or a language without a file, costs only what it would have told.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from content.fields import SOURCE_LANGUAGE

FOLDER = Path(__file__).with_name("vectors")
WIDTH = 100
_FEWEST_LETTERS = 4  # of an English word that is taken as a loan word in another language

type Rows = NDArray[np.float32]
type RarityOf = Callable[[str], float]


@dataclass(frozen=True, slots=True, eq=False)
class WordVectors:
    """Vectors of length one, in one table for all languages, and where each word stands in it."""

    rows: Mapping[str, Mapping[str, int]]
    table: NDArray[np.int8]

    @classmethod
    def read(cls, folder: Path = FOLDER) -> "WordVectors":
        """All files of a folder, one a language."""
        rows, tables, start = {}, [np.zeros((0, WIDTH), dtype=np.int8)], 0
        for path in sorted(folder.glob("*.npz")):
            with np.load(path, allow_pickle=False) as kept:
                words, table = json.loads(kept["words"].tobytes()), kept["table"]
            rows[path.stem] = {word: start + row for row, word in enumerate(words)}
            tables.append(table)
            start += len(words)
        return cls(rows, np.concatenate(tables))

    def sums(self, texts: Sequence[tuple[str, str]], rarity_of: RarityOf) -> Rows:
        """For pairs of language and normalised text: the sum of their words, of length one (or nothing)."""
        places: list[int] = []
        weights: list[float] = []
        ends = [0]
        for language, plain in texts:
            for word in plain.split():
                row = self._row(word, language)
                if row is not None:
                    places.append(row)
                    weights.append(rarity_of(word))
            ends.append(len(places))
        rows, columns = np.unique(np.array(places, dtype=np.int64), return_inverse=True)
        counts = sparse.csr_matrix(
            (np.array(weights, dtype=np.float32), columns, ends), shape=(len(texts), len(rows))
        )
        return _of_length_one(counts @ _of_length_one(self.table[rows].astype(np.float32)))

    def _row(self, word: str, language: str) -> int | None:
        row = self.rows.get(language, {}).get(word)
        if row is None and language != SOURCE_LANGUAGE and len(word) >= _FEWEST_LETTERS:
            row = self.rows.get(SOURCE_LANGUAGE, {}).get(word)
        return row


@cache
def word_vectors() -> WordVectors:
    """The vectors of the checkout, read once."""
    return WordVectors.read()


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """What texts have in common: the middle of each language, and the direction in which most differ."""

    middles: Mapping[str, Rows]
    direction: Rows

    @classmethod
    def learnt(cls, languages: Sequence[str], sums: Rows) -> "Common":
        """Learn from the sums of texts in these languages."""
        spoken = np.array(languages)
        middles = {language: sums[spoken == language].mean(axis=0) for language in sorted(set(languages))}
        if not middles:
            return cls({}, np.zeros(WIDTH, dtype=np.float32))
        centred = sums - np.array([middles[language] for language in languages])
        _, directions = np.linalg.eigh(centred.T @ centred)
        return cls(middles, directions[:, -1].astype(np.float32))

    def removed(self, languages: Iterable[str], sums: Rows) -> Rows:
        """The sums without it, of length one (or nothing)."""
        nothing = np.zeros(WIDTH, dtype=np.float32)
        said = sums.any(axis=1, keepdims=True)
        middles = np.array([self.middles.get(language, nothing) for language in languages])
        own = sums - middles.reshape(sums.shape) * said
        own = own - np.outer(own @ self.direction, self.direction)
        return _of_length_one(own)


def _of_length_one(rows: Rows) -> Rows:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    short: Rows = (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return short
