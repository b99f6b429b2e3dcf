"""Meaning: near for texts that say alike in other words or another language."""

from pathlib import Path

import numpy as np
import pytest

from content.search.index import SearchIndex
from content.search.learnt import Text
from content.search.meaning import Common, WordVectors, word_vectors


def alike(one: tuple[str, str], other: tuple[str, str]) -> float:
    first, second = word_vectors().sums([one, other], lambda _: 1.0)
    return float(first @ second)


@pytest.mark.parametrize(
    ("one", "near", "far"),
    [
        (("en", "salary"), ("en", "wages"), ("en", "orchard")),
        (("en", "boss"), ("bi", "bos"), ("bi", "plen")),
        (("en", "money"), ("tpi", "moni"), ("tpi", "balus")),
        (("en", "money"), ("tet", "osan"), ("tet", "uma")),
        (("en", "money"), ("sm", "tupe"), ("sm", "fale")),
        (("en", "pay"), ("fil", "sahod"), ("fil", "bahay")),
        (("bi", "mane"), ("fil", "pera"), ("fil", "bahay")),
    ],
)
def test_words_that_mean_alike_are_near(
    one: tuple[str, str], near: tuple[str, str], far: tuple[str, str]
) -> None:
    assert alike(one, near) > alike(one, far) + 0.2


def test_a_loan_word_means_what_it_means_in_english() -> None:
    assert alike(("sm", "passport"), ("en", "passport")) == pytest.approx(1, abs=0.01)


def test_words_and_languages_without_vectors_tell_nothing() -> None:
    sums = word_vectors().sums([("en", "zzyzx qqfx"), ("zz", "ab cd"), ("en", "")], lambda _: 1.0)
    assert not sums.any()


def test_without_any_file_there_is_no_meaning_and_no_error(tmp_path: Path) -> None:
    vectors = WordVectors.read(tmp_path)
    assert not vectors.sums([("en", "money")], lambda _: 1.0).any()


def test_what_all_texts_of_a_language_share_is_taken_away() -> None:
    texts = [("en", f"please tell me about {word}") for word in ("wages", "tax", "planes", "farms", "visas")]
    sums = word_vectors().sums(texts, lambda _: 1.0)
    own = Common.learnt(["en"] * len(texts), sums).removed(["en"] * len(texts), sums)
    assert float(sums[0] @ sums[3]) > 0.8
    assert float(own[0] @ own[3]) < 0.3
    assert np.allclose(np.linalg.norm(own, axis=1), 1, atol=1e-5)


def test_a_question_in_words_that_no_phrase_has_finds_its_answer_by_meaning() -> None:
    phrases = {
        "wage": ("how much is the pay each hour", "what wages do workers earn", "is the pay good"),
        "travel": ("who buys the plane ticket", "does the boss pay the flight", "the airfare to go there"),
        "illness": ("i am sick at work", "who pays the doctor", "the hospital bill is big"),
    }
    index = SearchIndex(Text(key, "en", text, "phrase") for key, texts in phrases.items() for text in texts)
    assert index.rank("salary", "en").candidates[0].answer == "wage"
    assert index.rank("medicine clinic", "en").candidates[0].answer == "illness"
