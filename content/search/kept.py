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
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from content.search import index as index_module
from content.search import language as language_module
from content.search import learners as learners_module
from content.search import learnt as learnt_module
from content.search import meaning as meaning_module
from content.search import network as network_module
from content.search import normalise as normalise_module
from content.search import spelling as spelling_module
from content.search import terms as terms_module
from content.search import vocabulary as vocabulary_module
from content.search.language import Tongues
from content.search.learnt import Learnt, Piece
from content.search.meaning import FOLDER, Common
from content.search.network import Network
from content.search.spelling import FOLDER as SPELLINGS
from content.search.vocabulary import Vocabulary

_log = logging.getLogger(__name__)
_PARTS = (
    index_module,
    language_module,
    learners_module,
    learnt_module,
    meaning_module,
    network_module,
    normalise_module,
    spelling_module,
    terms_module,
    vocabulary_module,
)
type _File = Mapping[str, NDArray[Any]]


@cache
def _made_by() -> str:
    """Changes with every change of how an index is made."""
    files = [*(Path(str(part.__file__)) for part in _PARTS), *sorted(FOLDER.glob("*.npz"))]
    files += sorted(SPELLINGS.glob("*.yml"))
    code = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(code).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """All that a start would learn."""

    learnt: Learnt
    tongues: Tongues


def keep(kept: Kept, path: Path) -> None:
    """Write what was learnt; a file that cannot be written is logged and costs only time."""
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            np.savez(
                file,
                made_by=np.array(_made_by()),
                **_columns("index", _index_columns(kept.learnt)),
                **_columns("tongues", _tongue_columns(kept.tongues)),
            )
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        _log.warning("the search index cannot be kept in %s: %s", path, error)


def take_up(path: Path) -> Kept | None:
    """What was kept there by this version of the program; None if there is nothing of use."""
    return _read(path, lambda file: Kept(_learnt(file), _tongues(file)))


def take_up_tongues(path: Path) -> Tongues | None:
    """Only what was learnt of languages, which is little."""
    return _read(path, _tongues)


def is_of_use(path: Path) -> bool:
    """Whether something was kept there by this version of the program; reads only who made it."""
    return _read(path, lambda _: True) is not None


def _read[Part](path: Path, part: Callable[[_File], Part]) -> Part | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return part(kept) if str(kept["made_by"]) == _made_by() else None
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        _log.warning("the search index kept in %s is of no use: %s", path, error)
        return None


def _columns(part: str, columns: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{part}.{name}": column for name, column in columns.items()}


def _index_columns(learnt: Learnt) -> dict[str, Any]:
    return {
        "pieces": _packed(learnt.pieces),
        "terms": _packed(learnt.vocabulary.terms),
        "texts": np.array(learnt.vocabulary.texts),
        "rarity": learnt.vocabulary.rarity,
        "data": learnt.texts_of_term.data,
        "indices": learnt.texts_of_term.indices,
        "ends": learnt.texts_of_term.indptr,
        "common.languages": _packed(tuple(learnt.common.middles)),
        "common.middles": np.array(list(learnt.common.middles.values())),
        "common.direction": learnt.common.direction,
        "network.columns": learnt.network.of_columns,
        "network.classes": learnt.network.of_classes,
        "network.constants": learnt.network.constants,
    }


def _learnt(kept: _File) -> Learnt:
    pieces = tuple(Piece(*piece) for piece in _unpacked(kept["index.pieces"]))
    terms = _unpacked(kept["index.terms"])
    languages = _unpacked(kept["index.common.languages"])
    rows = (kept["index.data"], kept["index.indices"], kept["index.ends"])
    return Learnt(
        pieces,
        Vocabulary(terms, kept["index.rarity"], int(kept["index.texts"])),
        sparse.csr_matrix(rows, shape=(len(terms), len(pieces))),
        Common(
            dict(zip(languages, kept["index.common.middles"], strict=True)), kept["index.common.direction"]
        ),
        Network(
            kept["index.network.columns"], kept["index.network.classes"], kept["index.network.constants"]
        ),
    )


def _tongue_columns(tongues: Tongues) -> dict[str, Any]:
    return {
        "languages": _packed(tongues.languages),
        "words": _packed(tongues.words),
        "rarity": tongues.rarity,
        "speaks_for": tongues.speaks_for,
    }


def _tongues(kept: _File) -> Tongues:
    return Tongues(
        tuple(_unpacked(kept["tongues.languages"])),
        tuple(_unpacked(kept["tongues.words"])),
        kept["tongues.rarity"],
        kept["tongues.speaks_for"],
    )


def _packed(words: Any) -> NDArray[np.uint8]:
    """Words as a column of bytes: JSON."""
    return np.frombuffer(json.dumps(words, ensure_ascii=False).encode(), dtype=np.uint8)


def _unpacked(column: NDArray[np.uint8]) -> Any:
    return json.loads(column.tobytes())
