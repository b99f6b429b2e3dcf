"""The small network: what it learns, learns further, and makes room for."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from content.search.network import Network

_CLASSES, _OWN = 5, 4
"""Classes, and columns that only the texts of one class have; then some that all texts share."""
_COLUMNS = _CLASSES * _OWN + 10


def texts_of(classes: NDArray[np.int64], seed: int = 1) -> sparse.csr_matrix:
    """Texts with two columns of their class and two that tell nothing."""
    chance = np.random.default_rng(seed)
    rows = np.zeros((len(classes), _COLUMNS), dtype=np.float32)
    for row, one in zip(rows, classes, strict=True):
        row[one * _OWN + chance.choice(_OWN, 2, replace=False)] = 0.5
        row[_CLASSES * _OWN + chance.choice(10, 2, replace=False)] = 0.5
    return sparse.csr_matrix(rows)


CLASSES = np.arange(200) % _CLASSES


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.learnt(texts_of(CLASSES), CLASSES, _CLASSES)


def told(network: Network, rows: sparse.csr_matrix) -> list[int]:
    """The likeliest class of each row."""
    each = [network.told(row.indices.astype(np.int64), row.data) for row in rows]
    return [int(np.argmax(chances)) for chances in each]


def test_it_tells_the_class_of_texts_it_has_not_seen(network: Network) -> None:
    new = texts_of(CLASSES[:50], seed=2)
    assert told(network, new) == CLASSES[:50].tolist()


def test_its_chances_are_of_one_together(network: Network) -> None:
    row = texts_of(CLASSES[:1])
    chances = network.told(row.indices.astype(np.int64), row.data)
    assert np.exp(chances).sum() == pytest.approx(1, abs=1e-3)
    assert chances.min() >= -12


def test_the_same_texts_make_the_same_network(network: Network) -> None:
    again = Network.learnt(texts_of(CLASSES), CLASSES, _CLASSES)
    assert (again.of_columns == network.of_columns).all()
    assert (again.of_classes == network.of_classes).all()


def test_it_tells_what_columns_say_that_no_text_had_nothing_of(network: Network) -> None:
    none = np.zeros(0, dtype=np.int64)
    assert network.told(none, np.zeros(0, np.float32)).shape == (_CLASSES,)


def test_a_new_class_with_new_columns_is_learnt_without_forgetting_the_others(network: Network) -> None:
    width = _COLUMNS + 2
    old = texts_of(CLASSES[:60])
    old.resize((60, width))
    new = sparse.csr_matrix(
        (np.full(6, 0.7, np.float32), np.array([width - 2, width - 1] * 3), np.array([0, 2, 4, 6])),
        shape=(3, width),
    )
    rows = sparse.vstack([old, new]).tocsr()
    grown = network.with_classes(np.array([0, 1, 2, 3, 4, -1]))
    further = grown.learnt_further(rows, np.concatenate([CLASSES[:60], [5, 5, 5]]), np.array([5]))
    assert told(further, new) == [5, 5, 5]
    assert told(further, texts_of(CLASSES[:50], seed=3)) == CLASSES[:50].tolist()
    assert (further.of_classes[:, :5] == network.of_classes).all()
    assert (further.of_columns[:_COLUMNS] == network.of_columns).all()


def test_a_class_that_is_gone_is_told_no_more(network: Network) -> None:
    fewer = network.with_classes(np.array([4, 0]))
    assert told(fewer, texts_of(np.array([0, 4]))) == [1, 0]
