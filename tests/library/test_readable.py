"""English answers are short and plain: for a reader with six years of school in a second language."""

import pytest
import textstat

from content.folder import Library
from content.records import Reviewed
from tests.library.texts import plain_text, sentences, texts

_MOST_WORDS = 120
_LONGEST_SENTENCE = 20
# Flesch-Kincaid: years of school. A body of many names (offices, laws) counts as harder than it reads.
_MOST_SCHOOL = 9.0
_MEAN_SCHOOL = 6.0


@pytest.fixture(scope="module")
def bodies(library: Library) -> dict[str, str]:
    found = {where: body for where, _, body in texts(library, "en")}
    assert len(found) > 300
    return found


def test_no_answer_is_longer_than_120_words(bodies: dict[str, str]) -> None:
    assert {where: n for where, body in bodies.items() if (n := len(body.split())) > _MOST_WORDS} == {}


def test_no_sentence_is_longer_than_20_words(bodies: dict[str, str]) -> None:
    long = [
        (where, sentence)
        for where, body in bodies.items()
        for sentence in sentences(body)
        if len(sentence.split()) > _LONGEST_SENTENCE
    ]
    assert long == []


def test_answers_are_read_with_six_years_of_school(bodies: dict[str, str]) -> None:
    grades = {
        where: textstat.flesch_kincaid_grade(body.replace("\n", ". ")) for where, body in bodies.items()
    }
    assert {where: grade for where, grade in grades.items() if grade > _MOST_SCHOOL} == {}
    assert sum(grades.values()) / len(grades) <= _MEAN_SCHOOL


def test_words_of_records_are_short_sentences(library: Library) -> None:
    records = [record for record in library.records.values() if isinstance(record.about, Reviewed)]
    assert len(records) > 50
    long = [
        (record.about.id, slot, sentence)
        for record in records
        for slot, text in record.words["en"].words.items()
        for sentence in sentences(plain_text(text))
        if len(sentence.split()) > _LONGEST_SENTENCE
    ]
    assert long == []
