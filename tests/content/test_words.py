"""Catalogues: saying words, and keeping the files right."""

import re
from datetime import date
from pathlib import Path

import pytest

from content import catalogues
from content.words import Words, WordsError

_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write(folder: Path, language: str, **texts: str) -> None:
    path = catalogues.catalogue_path(folder, language)
    path.parent.mkdir(parents=True)
    entries = (f'msgid "{message.replace("__", ".")}"\nmsgstr "{text}"\n' for message, text in texts.items())
    path.write_text(_HEADER + "\n".join(entries), encoding="utf-8")


@pytest.fixture
def words(tmp_path: Path) -> Words:
    write(tmp_path, "en", language__name="English", menu__title="Topics", hello__you="Hello {name}")
    write(tmp_path, "bi", language__name="Bislama", menu__title="Ol topik", hello__you="")
    write(tmp_path, "ar", language__name="العربية", language__direction="rtl")
    return Words(tmp_path)


def test_words_are_said_in_the_language(words: Words) -> None:
    assert words.say("menu.title", "bi") == "Ol topik"


def test_words_that_a_language_lacks_are_said_in_english(words: Words) -> None:
    assert words.say("hello.you", "bi", name="Mere") == "Hello Mere"
    assert words.say("menu.title", "xx") == "Topics"


def test_an_id_that_no_catalogue_has_is_an_error(words: Words) -> None:
    with pytest.raises(KeyError, match=r"menu\.nothing"):
        words.say("menu.nothing", "bi")


def test_english_comes_first_among_the_languages(words: Words) -> None:
    assert words.languages() == ("en", "ar", "bi")


def test_a_language_says_its_name_and_direction(words: Words) -> None:
    assert words.name("bi") == "Bislama"
    assert words.direction("ar") == "rtl"
    assert words.direction("bi") == "ltr"


def test_dates_of_a_language_that_cldr_lacks_are_written_as_in_english(words: Words) -> None:
    assert words.day(date(2026, 11, 22), "bi") == "22 November 2026"


def test_a_folder_without_english_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "bi", menu__title="Ol topik")
    with pytest.raises(WordsError, match="no English catalogue"):
        Words(tmp_path)


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    write(tmp_path, "en", menu__title="Topics")
    catalogues.catalogue_path(tmp_path, "en").write_text("<<<<<<< ours\n", encoding="utf-8")
    with pytest.raises(WordsError, match=r"messages\.po"):
        Words(tmp_path)


def test_the_projects_catalogues_are_whole() -> None:
    assert list(catalogues.problems(Path(), Path("locales"))) == []


def test_the_search_for_ids_finds_those_of_code_and_templates() -> None:
    found = catalogues.ids_in_code(Path())
    assert found["danger.text"] == "content/compose/danger.py"
    assert any(file.endswith(".html") for file in found.values())


def test_what_people_are_told_to_write_to_erase_is_understood_by_its_words() -> None:
    words = Words(Path("locales"))
    for language in words.languages():
        [told] = re.findall(r"\*\*(.+?)\*\*", words.say("danger.clear", language))
        assert told in words.say("privacy.erase-words", language).split(",")


def test_a_wrong_placeholder_and_an_unknown_id_are_reported(tmp_path: Path) -> None:
    write(tmp_path, "en", hello__you="Hello {name}")
    write(tmp_path, "bi", hello__you="Halo {nem}", old__id="x")
    found = "\n".join(catalogues.problems(Path(), tmp_path))
    assert "hello.you has other {placeholders}" in found
    assert "old.id is not in the English catalogue" in found


def test_an_update_keeps_what_is_translated_and_adds_what_is_new(tmp_path: Path) -> None:
    write(tmp_path, "en", menu__title="Topics", new__id="New")
    write(tmp_path, "bi", menu__title="Ol topik", old__id="x")
    assert catalogues.update(tmp_path) == ["bi: 1 of 2 messages"]
    text = catalogues.catalogue_path(tmp_path, "bi").read_text(encoding="utf-8")
    assert 'msgid "new.id"' in text
    assert "old.id" not in text
    assert Words(tmp_path).say("menu.title", "bi") == "Ol topik"


def test_all_catalogues_compile_also_those_of_languages_that_cldr_lacks(tmp_path: Path) -> None:
    write(tmp_path, "en", menu__title="Topics")
    write(tmp_path, "bi", menu__title="Ol topik")
    assert [path.stat().st_size > 0 for path in catalogues.compile_all(tmp_path)] == [True, True]
