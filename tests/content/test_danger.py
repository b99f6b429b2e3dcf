"""The danger net: what it hears, what it lets pass, and how its lines are read."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from content.danger import KINDS, DangerError, DangerNet, Pattern, parse_pattern, places_of

_LIBRARY = Path("content/library")
_DATA = Path("data/nlu")
_EAR = Path("data/ear")
# The net alone, before the engine's intent; what it misses the intent has to catch.
_MOST_MISSED = 0.02
_HEARD_UNSEEN = 0.05
_MOST_FALSE_ALARMS = 0.005


@cache
def net() -> DangerNet:
    return DangerNet.read(_LIBRARY / "danger")


def found(pattern: Pattern, message: str) -> bool:
    words = message.split()
    return pattern.found_in(words, places_of(words))


def languages() -> list[str]:
    return sorted(path.stem for path in (_LIBRARY / "danger").glob("*.yml"))


def examples(path: Path) -> list[str]:
    blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    return [line.removeprefix("- ") for block in blocks for line in block.get("examples", "").splitlines()]


def phrases(language: str) -> list[str]:
    files = _LIBRARY.glob(f"answers/*/*/{language}.yml")
    groups = (yaml.safe_load(path.read_text(encoding="utf-8"))["phrases"] for path in files)
    return [phrase for group in groups for some in group.values() for phrase in some]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mi no save aot long haos, bos i lokem mi", "locked-in"),
        ("they locked us in the house", "locked-in"),
        ("MY BOSS BEATS ME!!!", "violence"),
        ("i want to die", "self-harm"),
        ("boss has my passport and says he will kill me", "violence"),
        ("my boss raped my sister", "sexual"),
    ],
)
def test_a_cry_for_help_is_heard(text: str, kind: str) -> None:
    assert net().kind_of(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "what happens if they keep my passport",
        "is it dangerous to work on a farm",
        "are the doors locked at night",
        "i hurt my back at work who pays",
        "how much do i pay to join PALM",
        "",
    ],
)
def test_a_question_is_no_cry_for_help(text: str) -> None:
    assert net().kind_of(text) is None


def test_there_is_a_net_for_each_language_of_the_library() -> None:
    written = {path.stem for path in _LIBRARY.glob("answers/*/*/??*.yml")} - {"answer"}
    assert {"en", "bi", "tpi"} <= written <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_the_net_hears_the_examples_of_danger(language: str) -> None:
    cries = examples(_DATA / language / "danger.yml")
    missed = [cry for cry in cries if net().kind_of(cry) is None]
    assert len(cries) >= 40
    assert len(missed) <= _MOST_MISSED * len(cries), missed


@pytest.mark.parametrize("language", languages())
def test_of_cries_that_nobody_wrote_patterns_for_the_net_alone_hears_few(language: str) -> None:
    # It holds the line, it is no aim: the ear has to hear the rest.
    cries = yaml.safe_load((_EAR / f"{language}.yml").read_text(encoding="utf-8"))["cries"]
    heard = [cry for cry in cries if net().kind_of(cry) is not None]
    assert len(cries) >= 150
    assert len(heard) >= _HEARD_UNSEEN * len(cries)


@pytest.mark.parametrize("language", languages())
def test_the_net_lets_the_questions_pass(language: str) -> None:
    asked = phrases(language)
    for path in (_DATA / language).glob("*.yml"):
        asked += [] if path.stem.startswith("danger") else examples(path)
    alarmed = [question for question in asked if net().kind_of(question) is not None]
    assert len(asked) >= 400
    assert len(alarmed) <= _MOST_FALSE_ALARMS * len(asked), alarmed


def test_parts_of_a_pattern_may_stand_in_any_order_but_not_far_apart() -> None:
    pattern = parse_pattern("violence", "beat* me|us")
    assert found(pattern, "they beat me")
    assert found(pattern, "me they beating")
    assert not found(pattern, "beat " + "word " * 12 + "me")


def test_underscores_join_words_and_an_equals_sign_takes_the_whole_message() -> None:
    assert found(parse_pattern("violence", "not_safe"), "i am not safe here")
    assert not found(parse_pattern("violence", "not_safe"), "safe or not")
    whole = parse_pattern("violence", "sos|=danger")
    assert found(whole, "danger")
    assert not found(whole, "danger money")
    assert found(whole, "send sos now")


@pytest.mark.parametrize("line", ["", "|", "a || _", "*", "="])
def test_a_pattern_with_an_empty_part_is_refused(line: str) -> None:
    with pytest.raises(DangerError, match="empty part"):
        parse_pattern("violence", line)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("patterns: {earthquake: [help]}", "no kind of danger 'earthquake'"),
        ("language: en", "patterns"),
        ("patterns: [", "flow node"),
        ("patterns: {violence: ['|']}", "empty part"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "xx.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DangerError, match=wrong) as caught:
        DangerNet.read(tmp_path)
    assert "xx.yml" in str(caught.value)


def test_a_missing_net_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(DangerError, match="no danger net"):
        DangerNet.read(tmp_path)


def test_every_kind_has_patterns_in_every_language() -> None:
    assert languages()
    for language in languages():
        content = yaml.safe_load((_LIBRARY / "danger" / f"{language}.yml").read_text(encoding="utf-8"))
        assert set(content["patterns"]) == set(KINDS), language
