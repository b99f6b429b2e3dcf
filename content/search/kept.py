"""The index kept in a file, so that a start does not learn again what was learnt before.

The file is made by one version of this program and read by the same only: another one, or a damaged
file, is the same as none. Nothing in it is run when it is read (no pickle).
"""

import contextlib
import hashlib
import json
import logging
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from content.search import index as index_module
from content.search import machines as machines_module
from content.search import normalise as normalise_module
from content.search import vocabulary as vocabulary_module
from content.search.index import Learnt, Piece
from content.search.machines import Machine
from content.search.vocabulary import Vocabulary

_log = logging.getLogger(__name__)
_PARTS = (index_module, machines_module, normalise_module, vocabulary_module)


@cache
def _made_by() -> str:
    """Changes with every change of how an index is made."""
    code = b"".join(Path(str(part.__file__)).read_bytes() for part in _PARTS)
    return hashlib.sha256(code).hexdigest()


def keep(learnt: Learnt, path: Path) -> None:
    """Write what was learnt; a file that cannot be written is logged and costs only time."""
    machines = list(learnt.machines.items())
    words = {
        "made_by": _made_by(),
        "pieces": learnt.pieces,
        "terms": learnt.vocabulary.terms,
        "texts": learnt.vocabulary.texts,
        "answers": [answer for answer, _ in machines],
    }
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            np.savez(
                file,
                words=np.frombuffer(json.dumps(words).encode(), dtype=np.uint8),
                rarity=learnt.vocabulary.rarity,
                data=learnt.vectors.data,
                indices=learnt.vectors.indices,
                ends=learnt.vectors.indptr,
                constants=np.array([machine.constant for _, machine in machines]),
                weights=np.concatenate([np.zeros(0, np.float32), *(one.weights for _, one in machines)]),
                columns=np.concatenate([np.zeros(0, np.int32), *(one.columns for _, one in machines)]),
                lengths=np.array([len(machine.columns) for _, machine in machines], dtype=np.int64),
            )
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        _log.warning("the search index cannot be kept in %s: %s", path, error)


def take_up(path: Path) -> Learnt | None:
    """What was kept there by this version of the program; None if there is nothing of use."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            words = json.loads(kept["words"].tobytes())
            if words["made_by"] != _made_by():
                return None
            pieces = tuple(Piece(*piece) for piece in words["pieces"])
            vocabulary = Vocabulary(words["terms"], kept["rarity"], words["texts"])
            shape = (len(pieces), len(vocabulary))
            vectors = sparse.csr_matrix((kept["data"], kept["indices"], kept["ends"]), shape=shape)
            return Learnt(pieces, vocabulary, vectors, dict(_machines(words["answers"], kept)))
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        _log.warning("the search index kept in %s is of no use: %s", path, error)
        return None


def _machines(answers: Sequence[str], kept: Mapping[str, Any]) -> Iterator[tuple[str, Machine]]:
    columns, weights, start = kept["columns"], kept["weights"], 0
    for answer, length, constant in zip(answers, kept["lengths"], kept["constants"], strict=True):
        end = start + int(length)
        yield answer, Machine(columns[start:end], weights[start:end], float(constant))
        start = end
