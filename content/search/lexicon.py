"""Which word of another language stands for which English word, learnt from our own translations.

Brown et al., The mathematics of statistical machine translation (1993), model 1: each English word was
said by one word of the translation, or by none; expectation and maximisation in turn.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from content.fields import SOURCE_LANGUAGE
from content.folder import Library
from content.search.normalise import normalise

_SENTENCE_END = re.compile(r"\n+|(?<=[.?!:])\s")
_ROUNDS = 8
_LEAST = 0.005  # likelihood of a word that is worth remembering
_MOST_WORDS = 60  # of a sentence; longer ones tell little
_KEPT = 8
_NOBODY = ""  # stands for English words that no word of the translation says

type Pair = tuple[list[str], list[str]]
type Lexicon = dict[str, dict[str, float]]


def pairs_in(library: Library, language: str) -> Iterator[Pair]:
    """Sentences in English and in the other language, as normalised words."""
    for english, other in _texts(library, language):
        ours, theirs = _sentences(english), _sentences(other)
        if len(ours) != len(theirs):
            ours, theirs = english.strip().splitlines(), other.strip().splitlines()
        if len(ours) != len(theirs):
            ours, theirs = [english], [other]
        for one, same in zip(ours, theirs, strict=True):
            yield normalise(one).split()[:_MOST_WORDS], normalise(same).split()[:_MOST_WORDS]


def _texts(library: Library, language: str) -> Iterator[tuple[str, str]]:
    for answer in library.answers.values():
        if language in answer.texts and SOURCE_LANGUAGE in answer.texts:
            source, told = answer.texts[SOURCE_LANGUAGE], answer.texts[language]
            for name in (each for each in told.told() if each in source.told()):
                english, other = source.text_of(name), told.text_of(name)
                yield from ((english.title, other.title), (english.body, other.body))
    for record in library.records.values():
        if language in record.words and SOURCE_LANGUAGE in record.words:
            english_words, other_words = record.words[SOURCE_LANGUAGE].words, record.words[language].words
            yield from ((english_words[slot], other_words[slot]) for slot in english_words)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if normalise(sentence)]


def lexicon(pairs: Iterable[Pair]) -> Lexicon:
    """For each word of the other language, its likeliest English words, each with its likelihood."""
    pairs = list(pairs)
    likely: Mapping[str, Mapping[str, float]] | None = None
    for _ in range(_ROUNDS):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for english, other in pairs:
            for word in english:
                said_by = [_NOBODY, *other]
                chances = [likely[each].get(word, 0.0) if likely else 1.0 for each in said_by]
                total = sum(chances)
                for each, chance in zip(said_by, chances, strict=True):
                    if chance > 0:
                        counts[each][word] += chance / total
        likely = {each: _shares(words) for each, words in counts.items()}
    found = {each: _likeliest(words) for each, words in (likely or {}).items() if each != _NOBODY}
    return {each: words for each, words in found.items() if words}


def _shares(counts: Mapping[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items() if count > _LEAST * total}


def _likeliest(words: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(words.items(), key=lambda pair: -pair[1])[:_KEPT])
