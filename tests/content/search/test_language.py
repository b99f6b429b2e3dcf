"""Which language a message is written in."""

import pytest

from content.search.language import LanguageIdentifier, Tongues
from content.search.normalise import normalise

_TEXTS = [
    ("en", "how much do i pay to join the scheme in australia"),
    ("en", "who pays for the plane ticket and the visa"),
    ("en", "my boss did not pay me last week what can i do"),
    ("bi", "hamas mi mas pem blong joenem skim ia long Ostrelia"),
    ("bi", "hu i pem tiket blong plen mo visa blong mi"),
    ("bi", "bos blong mi i no pem mi las wik bae mi mekem wanem"),
    ("tpi", "hamas mi mas baim bilong joinim skim long Australia"),
    ("tpi", "husat i baim tiket bilong balus na visa bilong mi"),
    ("tpi", "bos bilong mi i no baim mi long las wik bai mi mekim wanem"),
]


def identifier(texts: list[tuple[str, str]]) -> LanguageIdentifier:
    return LanguageIdentifier(Tongues.learnt((language, normalise(text)) for language, text in texts))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what can my brother do about his pay", "en"),
        ("bos blong brata blong mi i no pem hem yet", "bi"),
        ("bos bilong brata bilong mi i no baim em yet", "tpi"),
    ],
)
def test_a_sentence_shows_its_language(text: str, language: str) -> None:
    guess = identifier(_TEXTS).guess(text)
    assert guess.language == language


def test_a_word_that_all_share_decides_nothing() -> None:
    assert not identifier(_TEXTS).guess("visa").sure


def test_no_words_decide_nothing() -> None:
    guess = identifier(_TEXTS).guess("?!")
    assert (guess.language, guess.sure) == (None, False)


def test_with_one_language_there_is_nothing_to_decide() -> None:
    assert not identifier([("en", "hello there my friend")]).guess("hello there").sure


def test_with_no_texts_nothing_is_known() -> None:
    assert identifier([]).guess("hello").language is None
