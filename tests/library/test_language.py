"""No sentence of an answer is left in another language.

The commonest words of each language are taken from the library itself; those that another
language hardly uses betray a sentence that stands in the wrong file.
"""

import re
from collections import Counter

import pytest

from content.folder import Library
from tests.library.conftest import LANGUAGES
from tests.library.texts import sentences, texts, words

_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_COMMON = 80
_HARDLY = 0.1  # of the share a word has in its own language
_BETRAYING = 3
_FEWEST_WORDS = 5
_MOST_CAUGHT = 0.6  # Bislama and Tok Pisin share many of their words


@pytest.fixture(scope="module")
def spoken(library: Library) -> dict[str, list[tuple[str, str]]]:
    """Where and sentence, by language."""
    found = {
        language: [(where, each) for where, _, body in texts(library, language) for each in sentences(body)]
        for language in LANGUAGES
    }
    assert all(len(lines) > 500 for lines in found.values())
    return found


@pytest.fixture(scope="module")
def shares(spoken: dict[str, list[tuple[str, str]]]) -> dict[str, dict[str, float]]:
    """The share of each word in all words of a language."""
    counted = {
        code: Counter(word for _, line in lines for word in words(line)) for code, lines in spoken.items()
    }
    return {
        code: {word: n / counts.total() for word, n in counts.items()} for code, counts in counted.items()
    }


def marks(shares: dict[str, dict[str, float]], of: str, against: str) -> set[str]:
    """Common words of one language that another hardly uses."""
    common = sorted(shares[of], key=lambda word: -shares[of][word])[:_COMMON]
    return {word for word in common if shares[against].get(word, 0.0) < _HARDLY * shares[of][word]}


def strangers(
    lines: list[tuple[str, str]], shares: dict[str, dict[str, float]], language: str
) -> list[tuple[str, str, str]]:
    """Sentences that have more marks of another language than of their own."""
    found = []
    for other in (code for code in LANGUAGES if code != language):
        theirs, ours = marks(shares, other, language), marks(shares, language, other)
        for where, line in lines:
            spoken = words(_QUOTED.sub(" ", line))
            foreign = sum(word in theirs for word in spoken)
            own = sum(word in ours for word in spoken)
            if len(spoken) >= _FEWEST_WORDS and foreign >= _BETRAYING and foreign > own:
                found.append((where, other, line))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_its_own_language(
    spoken: dict[str, list[tuple[str, str]]], shares: dict[str, dict[str, float]], language: str
) -> None:
    assert strangers(spoken[language], shares, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_in_the_wrong_file_would_be_found(
    spoken: dict[str, list[tuple[str, str]]], shares: dict[str, dict[str, float]], language: str
) -> None:
    for other in (code for code in LANGUAGES if code != language):
        long = [(where, line) for where, line in spoken[other] if len(words(line)) >= 2 * _FEWEST_WORDS]
        caught = {line for _, _, line in strangers(long, shares, language)}
        assert len(caught) >= _MOST_CAUGHT * len(long), (language, other)
