"""What the words of a question tell of each answer, in one language."""

import numpy as np
import pytest

from content.search.counts import Told, WordCounts
from content.search.index import SearchIndex
from content.search.learnt import Text

PASSPORT, WAGE, NOTHING_SAID = 0, 1, 2
TEXTS = [
    (PASSPORT, "bos i holim paspot bilong mi"),
    (PASSPORT, "husat i ken holim paspot"),
    (PASSPORT, "mi laik kisim bek buk bilong mi"),
    (WAGE, "bos i no baim mi long las wik"),
    (WAGE, "mi no kisim pe bilong mi"),
    (WAGE, "hamas long pe bilong mi long wik"),
]


@pytest.fixture(scope="module")
def counts() -> WordCounts:
    return WordCounts(TEXTS, answers=3)


def likeliest(told: Told) -> tuple[int, int]:
    return int(np.argmax(told.likelihood)), int(np.argmax(told.relevance))


def test_the_answer_whose_texts_have_the_rare_word_is_likeliest(counts: WordCounts) -> None:
    assert likeliest(counts.told("supavaisa i holim paspot bilong mipela")) == (PASSPORT, PASSPORT)
    assert likeliest(counts.told("pe bilong las wik")) == (WAGE, WAGE)


def test_a_misspelt_word_is_read_as_the_known_one(counts: WordCounts) -> None:
    assert likeliest(counts.told("passpot")) == (PASSPORT, PASSPORT)
    assert not counts.told("xylofon").relevance.any()


def test_a_short_unknown_word_is_read_as_no_other(counts: WordCounts) -> None:
    assert not counts.told("pi").relevance.any()


def test_a_word_said_twice_counts_once(counts: WordCounts) -> None:
    once, twice = counts.told("paspot pe"), counts.told("paspot paspot paspot pe")
    assert (once.likelihood == twice.likelihood).all()
    assert (once.relevance == twice.relevance).all()


def test_an_answer_without_texts_in_the_language_is_the_unlikeliest(counts: WordCounts) -> None:
    told = counts.told("bos")
    assert told.likelihood[NOTHING_SAID] == told.likelihood.min()
    assert told.relevance[NOTHING_SAID] == 0


def test_likelihood_is_counted_beneath_the_likeliest_and_has_a_floor(counts: WordCounts) -> None:
    told = counts.told(
        "bos i holim paspot bilong mi husat i ken holim paspot mi laik kisim bek buk bilong mi"
    )
    assert told.likelihood.max() == 0.0
    assert told.likelihood.min() == -15.0


def test_relevance_is_okapi_bm25() -> None:
    counts = WordCounts([(0, "a b"), (0, "a"), (1, "c")], answers=2)
    # "a" stands in one answer of two, in two of its texts; said in all: 3 words by 0, 1 by 1.
    rarity = np.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    expected = rarity * 2 * 2.2 / (2 + 1.2 * (1 - 0.5 + 0.5 * 3 / 2))
    assert counts.told("a").relevance == pytest.approx([expected, 0.0], rel=1e-6)


def test_a_language_without_texts_tells_nothing() -> None:
    told = Told.nothing(3)
    assert told.likelihood.tolist() == told.relevance.tolist() == [0.0, 0.0, 0.0]


def test_after_an_edit_the_words_are_those_of_an_index_made_anew() -> None:
    before = [
        Text(f"rights.{n}", "tpi", f"wanpela tok {word}", "phrase") for n, word in enumerate("abcdefgh" * 3)
    ]
    after = [*before, Text("rights.0", "tpi", "paspot", "phrase"), Text("rights.0", "bi", "buk", "phrase")]
    updated, anew = SearchIndex(before).updated(after), SearchIndex(after)
    for language, word in (("tpi", "paspot"), ("tpi", "tok"), ("bi", "buk")):
        ranked = [
            index.rank(word, language, weigh=lambda _, found: found.relevance.astype(np.float64))
            for index in (updated, anew)
        ]
        updated_says, anew_says = (
            [(found.answer, found.score) for found in each.candidates] for each in ranked
        )
        assert updated_says == anew_says


def test_with_a_new_answer_every_language_is_counted_anew() -> None:
    before = [
        Text(f"rights.{n}", language, f"tok {n}", "phrase") for n in range(30) for language in ("bi", "tpi")
    ]
    added = Text("fees.first", "tpi", "agents fi", "phrase")  # stands before all others
    index = SearchIndex(before).updated([*before, added])
    ranking = index.rank("tok 7", "bi", weigh=lambda _, found: found.relevance.astype(np.float64))
    assert ranking.candidates[0].answer == "rights.7"
