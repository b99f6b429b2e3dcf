"""Which word stands for which, learnt from translations."""

from content.folder import read_library
from content.search.lexicon import lexicon, pairs_in
from tests.content.conftest import SMALL_LIBRARY


def split(*pairs: tuple[str, str]) -> list[tuple[list[str], list[str]]]:
    return [(english.split(), other.split()) for english, other in pairs]


def test_words_that_stand_in_the_same_sentences_stand_for_each_other() -> None:
    found = lexicon(
        split(
            ("the boss pays", "bos i pem"),
            ("the boss is here", "bos i stap"),
            ("the agent pays", "ejen i pem"),
            ("the house is here", "haos i stap"),
        )
    )
    assert max(found["bos"], key=lambda word: found["bos"][word]) == "boss"
    assert max(found["pem"], key=lambda word: found["pem"][word]) == "pays"
    assert max(found["haos"], key=lambda word: found["haos"][word]) == "house"


def test_no_sentences_make_no_lexicon() -> None:
    assert lexicon([]) == {}


def test_pairs_come_from_every_variant_that_is_translated() -> None:
    pairs = list(pairs_in(read_library(SMALL_LIBRARY), "bi"))
    english = {" ".join(words) for words, _ in pairs}
    other = {" ".join(words) for _, words in pairs}
    assert "what does it cost to join" in english
    assert len(other) > 3
    assert list(pairs_in(read_library(SMALL_LIBRARY), "zz")) == []
