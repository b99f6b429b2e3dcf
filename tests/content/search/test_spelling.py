"""Spellings that are read as one word."""

from pathlib import Path

import pytest

from content.search.index import SearchIndex
from content.search.learnt import Text
from content.search.spelling import FOLDER, SpellingError, Spellings, spellings, spelt


def read(folder: Path, text: str) -> Spellings:
    path = folder / "xx.yml"
    path.write_text(text, encoding="utf-8")
    return Spellings.read(path)


def test_another_spelling_is_read_as_the_chosen_one(tmp_path: Path) -> None:
    chosen = read(tmp_path, "words:\n  long: [lo, lng]\nendings:\n  pela: [pla]\n")
    assert [chosen.chosen(word) for word in ("lo", "lng", "long", "logo")] == ["long", "long", "long", "logo"]
    assert [chosen.chosen(word) for word in ("displa", "pla", "upla")] == ["dispela", "pla", "upela"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("words:\n  long: [lo]\n  lon: [lo]\n", "'lo' stands twice"),
        ("words:\n  long: [lo]\n  lo: [l]\n", "'lo' is chosen and another's spelling at once"),
        ("words:\n  long: [lo]\n  long: [l]\n", "stands twice"),
        ("words: [lo]\n", "xx.yml"),
        ("words:\n  long:\n", "'long' has no other spelling"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, wrong: str) -> None:
    with pytest.raises(SpellingError, match=wrong):
        read(tmp_path, text)


def test_every_file_of_ours_is_read_and_normalised() -> None:
    assert len(list(FOLDER.glob("*.yml"))) == len(spellings()) > 0
    for language, known in spellings().items():
        words = [*known.words, *known.words.values(), *known.endings, *known.endings.values()]
        assert all(word == word.lower() and word.isalnum() for word in words), language


def test_text_of_a_language_without_a_file_stays_as_it_is() -> None:
    assert spelt("xx", "lo hap") == "lo hap"
    assert spelt(None, "lo hap") == "lo hap"
    assert spelt("tpi", "lo hap") == "long hap"


def test_a_question_in_another_spelling_finds_the_answer() -> None:
    texts = [
        Text("topic.here", "tpi", "moni bilong mipela", "phrase"),
        Text("topic.there", "tpi", "haus bilong ol", "phrase"),
    ]
    index = SearchIndex(texts)
    careful, phone = index.rank("moni bilong mipela", "tpi"), index.rank("moni blo mipla", "tpi")
    assert phone == careful
    assert phone.candidates[0].answer == "topic.here"
    assert index.rank("moni blo mipla", "en").known < 1.0
