"""YAML that keeps every byte of a person's text."""

import random

import pytest
import yaml

from content.yaml_text import OneLine, dump, load

_PIECES = [
    "a", "Ok", " ", "  ", "\n", "\n\n", ":", ": ", "#", " #", "-", "- ", "'", '"', "{", "}", "[", "]", ",",
    "&", "*", "!", "|", ">", "%", "@", "`", "~", "0", "007", "1_000", "12:30", "no", "null", "é", "’", "ʻ",
    "တ", "🙂", "\t",
    "\u00a0", "\u2028", "\u0085", "\ufeff", "\\", "\\n", "---", "...", "<<", "=",
]  # fmt: skip


def test_values_stay_what_was_typed() -> None:
    text = "phone: 000\nword: no\nday: 2024-10\nlist: [012, 1_000, 12:30, yes]\nnothing: null\nempty:\n"
    assert load(text) == {
        "phone": "000",
        "word": "no",
        "day": "2024-10",
        "list": ["012", "1_000", "12:30", "yes"],
        "nothing": None,
        "empty": None,
    }


@pytest.mark.parametrize("text", ["a: 1\na: 2", "x:\n  a: 1\n  a: 1", "{a: 1, a: 2}"])
def test_a_key_that_stands_twice_is_refused(text: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError, match="the key 'a' stands twice"):
        load(text)


def test_a_python_object_is_refused() -> None:
    with pytest.raises(yaml.YAMLError):
        load("!!python/object/apply:os.system ['true']")


@pytest.mark.parametrize("seed", range(10))
def test_any_text_comes_back_as_it_was(seed: int) -> None:
    chance = random.Random(seed)
    texts = ["".join(chance.choices(_PIECES, k=chance.randint(0, 60))) for _ in range(50)]
    value = {"texts": texts, "mapping": {str(number): text for number, text in enumerate(texts)}}
    assert load(dump(value)) == value


def test_it_is_written_as_a_person_would() -> None:
    value = {
        "title": "Who pays?",
        "body": "One.\n\n- two\n",
        "related": OneLine(["a.b", "c.d"]),
        "list": ["x: y"],
    }
    assert dump(value) == (
        "title: Who pays?\nbody: |\n  One.\n\n  - two\nrelated: [a.b, c.d]\nlist:\n  - 'x: y'\n"
    )


def test_other_readers_of_yaml_read_the_same_words() -> None:
    words = ["000", "no", "2024-10-01", "1_000", "12:30", "~", "null", "1e3", "0x1F"]
    assert yaml.safe_load(dump(words)) == words
