"""Each language keeps to its own words: the glossary's, and none that it advises against."""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from content.fields import SOURCE_LANGUAGE
from content.folder import Library
from tests.library.conftest import LANGUAGES, LIBRARY
from tests.library.texts import texts

_TERMS = 30
# A term that this many texts speak of is told in its own words in most of them.
_OFTEN = 10
_THROUGHOUT = 0.6
TRANSLATIONS = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]


@cache
def glossary(language: str) -> list[dict[str, object]]:
    content = yaml.safe_load((LIBRARY / f"glossary/{language}.yml").read_text(encoding="utf-8"))
    assert content["language"] == language
    return list(content["terms"])


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_glossary_has_the_words_that_matter_each_with_its_use(language: str) -> None:
    terms = glossary(language)
    assert len(terms) >= _TERMS
    names = [str(term["term"]) for term in terms]
    assert len(set(names)) == len(names)
    assert {"employer", "contract", "recruitment fee", "payslip", "union", "superannuation"} <= set(names)
    assert all(term["use"] for term in terms)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_answer_uses_a_word_that_the_glossary_advises_against(library: Library, language: str) -> None:
    avoided = [str(word) for term in glossary(language) for word in term["avoid"]]  # type: ignore[attr-defined]
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, avoided))})\b", re.IGNORECASE)
    told = list(texts(library, language))
    assert told
    found = {where: hit[0] for where, title, body in told if (hit := pattern.search(f"{title}\n{body}"))}
    assert found == {}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_answers_use_the_words_of_the_glossary(library: Library, language: str) -> None:
    source = {where: f"{title}\n{body}" for where, title, body in texts(library, SOURCE_LANGUAGE)}
    told = {where: f"{title}\n{body}".lower() for where, title, body in texts(library, language)}
    seldom = {}
    for term in glossary(language):
        name = re.compile(rf"\b{re.escape(str(term['term']))}s?\b", re.IGNORECASE)
        speaking = [text for where, text in told.items() if name.search(source.get(where, ""))]
        using = sum(any(str(word).lower() in text for word in term["use"]) for text in speaking)  # type: ignore[attr-defined]
        if len(speaking) >= _OFTEN and using < _THROUGHOUT * len(speaking):
            seldom[str(term["term"])] = f"{using} of {len(speaking)}"
    assert seldom == {}


def test_every_language_has_a_glossary() -> None:
    assert sorted(path.stem for path in Path(LIBRARY / "glossary").glob("*.yml")) == sorted(TRANSLATIONS)
