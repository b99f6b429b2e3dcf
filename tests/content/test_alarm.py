"""The alarm: the net and the ear together."""

from pathlib import Path

import pytest

from content.alarm import UNTOLD, Alarm, Heard, Weighing
from content.danger import DangerNet, parse_pattern
from tests.ears import EAR, IN_JEST, PERHAPS, UNFORESEEN, WEIGHING

NET = DangerNet([parse_pattern("violence", "beat*"), parse_pattern("violence", "kill*")], [])


@pytest.fixture(scope="module")
def alarm() -> Alarm:
    return Alarm(NET, EAR, WEIGHING)


def test_the_net_names_the_kind(alarm: Alarm) -> None:
    assert alarm.heard("they are beating us").kind == "violence"


def test_what_only_the_ear_hears_has_no_kind(alarm: Alarm) -> None:
    assert alarm.heard(UNFORESEEN).kind == UNTOLD


def test_neither_hears_a_question(alarm: Alarm) -> None:
    assert alarm.heard("who pays the wage").kind is None
    assert not alarm.heard("who pays the wage").doubtful


def test_without_an_ear_the_net_is_on_its_own() -> None:
    alone = Alarm(NET)
    assert alone.heard("they are beating us").kind == "violence"
    assert alone.heard(UNFORESEEN).kind is None
    assert not alone.heard(UNFORESEEN).doubtful


def test_where_the_ear_is_sure_of_no_danger_the_net_does_not_count_but_leaves_a_doubt(alarm: Alarm) -> None:
    assert NET.kind_of(IN_JEST) == "violence"
    assert alarm.heard(IN_JEST).kind is None
    assert alarm.heard(IN_JEST).doubtful


def test_what_is_heard_is_no_longer_doubted(alarm: Alarm) -> None:
    for cry in ("they are beating us", UNFORESEEN):
        assert not alarm.heard(cry).doubtful


def test_a_cry_is_certain_by_the_net_or_by_a_very_sure_ear(alarm: Alarm) -> None:
    assert alarm.heard("they are beating us").certain
    assert alarm.heard(UNFORESEEN).certain
    assert alarm.heard(PERHAPS).kind == UNTOLD
    assert not alarm.heard(PERHAPS).certain


def test_the_weighing_is_read_as_it_was_kept(tmp_path: Path) -> None:
    WEIGHING.write(tmp_path / "alarm.json")
    assert Weighing.read(tmp_path / "alarm.json") == WEIGHING


def test_a_text_of_unknown_words_is_left_to_the_net(alarm: Alarm) -> None:
    assert alarm.figures("zzyx qwv", None) is None
    assert alarm.heard("zzyx qwv") == Heard()


def test_a_longer_message_and_a_rung_net_are_told_by_their_figures(alarm: Alarm) -> None:
    rung, quiet = alarm.figures("the wage", "violence"), alarm.figures("the wage of the wage", None)
    assert rung is not None
    assert quiet is not None
    assert (rung[0], quiet[0]) == (1.0, 0.0)
    assert quiet[-1] > rung[-1]
