"""Rows of texts: those of scikit-learn, also after the vocabulary has grown."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from content.search.vocabulary import Vocabulary

_TEXTS = [
    "who pays the plane ticket",
    "who pays who pays",
    "hamas mi mas pem blong plen",
    "tiket bilong balus",
]


def by_scikit_learn(text: str) -> sparse.csr_matrix:
    made = [
        TfidfVectorizer(
            analyzer="word", ngram_range=(1, 2), token_pattern=r"\w+", sublinear_tf=True, lowercase=False
        ),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, lowercase=False),
    ]
    return sparse.hstack([one.fit(_TEXTS).transform([text]) * 0.5**0.5 for one in made])


@pytest.mark.parametrize("text", [*_TEXTS, "who pays the balus", "nothing known", "", "a a a who"])
def test_a_row_is_that_of_the_vectorizers(text: str) -> None:
    vocabulary, _ = Vocabulary.learnt(_TEXTS)
    assert np.allclose(vocabulary.rows([text]).toarray(), by_scikit_learn(text).toarray(), atol=1e-6)


def test_the_texts_learnt_from_have_the_rows_of_later_ones() -> None:
    vocabulary, rows = Vocabulary.learnt(_TEXTS)
    assert np.allclose(vocabulary.rows(_TEXTS).toarray(), rows.toarray(), atol=1e-6)


def test_a_grown_vocabulary_keeps_its_columns_and_knows_the_new_terms() -> None:
    vocabulary, rows = Vocabulary.learnt(_TEXTS)
    grown = vocabulary.grown(["flooble ticket"])
    assert grown.terms[: len(vocabulary)] == vocabulary.terms
    assert grown.rarity_of("flooble") == pytest.approx(vocabulary.rarest)
    assert vocabulary.rarity_of("flooble") is None
    old = grown.rows(_TEXTS).toarray()[:, : len(vocabulary)]
    assert np.allclose(old, rows.toarray(), atol=1e-6)
    assert vocabulary.grown(["ticket"]) is vocabulary
