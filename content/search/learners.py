"""The learners of scikit-learn.

Imported when the first is wanted: that takes 2 s and 80 MB, and a process that finds its index in a
file learns nothing until somebody edits.
"""

# ruff: noqa: PLC0415

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.naive_bayes import MultinomialNB
    from sklearn.svm import LinearSVC


def vectorizer(terms_of: Callable[[str], list[str]], fewest: int = 1) -> "TfidfVectorizer":
    """Learns which terms there are in the fewest texts or more, and how rare each is."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer=terms_of, sublinear_tf=True, min_df=fewest)


def support_vector_machine(strength: float = 1.0) -> "LinearSVC":
    """Learns a border between two kinds of rows; the same rows give the same border."""
    from sklearn.svm import LinearSVC

    return LinearSVC(C=strength, tol=0.1, random_state=0)


def naive_bayes() -> "MultinomialNB":
    """Learns how much each column speaks for each label."""
    from sklearn.naive_bayes import MultinomialNB

    return MultinomialNB(alpha=0.1, fit_prior=False)
