"""The quick row equals scikit-learn's."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from content.search.weighing import Weighing, joined

_TEXTS = [
    "who pays the plane ticket",
    "who pays who pays",
    "hamas mi mas pem blong plen",
    "tiket bilong balus",
]


def vectorizers() -> list[TfidfVectorizer]:
    made = [
        TfidfVectorizer(
            analyzer="word", ngram_range=(1, 2), token_pattern=r"\w+", sublinear_tf=True, lowercase=False
        ),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, lowercase=False),
    ]
    for vectorizer in made:
        vectorizer.fit(_TEXTS)
    return made


@pytest.mark.parametrize("text", [*_TEXTS, "who pays the balus", "nothing known", "", "a a a who"])
def test_a_row_is_that_of_the_vectorizer(text: str) -> None:
    fitted = vectorizers()
    shares = [(Weighing(one), share) for one, share in zip(fitted, (0.8, 0.6), strict=True)]
    expected = sparse.hstack(
        [one.transform([text]) * share for one, share in zip(fitted, (0.8, 0.6), strict=True)]
    )
    assert np.allclose(joined(shares, text).toarray(), expected.toarray())
