"""TF-IDF of one short text, quickly.

scikit-learn's vectorizers check and copy at every call, which costs more than the sum itself
for one question; this gives the same row (a test compares them). Not here: learning which terms
there are and how rare each is (`vocabulary`, `language`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray


def weighed(
    terms: Iterable[str], columns: Mapping[str, int], rarity: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The columns of the known terms, in order, and their weights: sublinear, of length one together."""
    counts = Counter(column for term in terms if (column := columns.get(term)) is not None)
    found = np.array(sorted(counts), dtype=np.int32)
    times = np.array([counts[column] for column in found.tolist()], dtype=np.float32)
    weights = (1.0 + np.log(times)) * rarity[found]
    length = float(np.linalg.norm(weights))
    return found, (weights / length if length else weights).astype(np.float32)
