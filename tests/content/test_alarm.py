"""The alarm: the net and the ear together."""

import pytest

from content.alarm import UNTOLD, Alarm
from content.danger import DangerNet, parse_pattern
from tests.ears import EAR, IN_JEST, PERHAPS, UNFORESEEN

NET = DangerNet([parse_pattern("violence", "beat*"), parse_pattern("violence", "kill*")], [])


@pytest.fixture(scope="module")
def alarm() -> Alarm:
    return Alarm(NET, EAR)


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
