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
    assert alarm.kind_of("they are beating us") == "violence"


def test_what_only_the_ear_hears_has_no_kind(alarm: Alarm) -> None:
    assert alarm.kind_of(UNFORESEEN) == UNTOLD


def test_neither_hears_a_question(alarm: Alarm) -> None:
    assert alarm.kind_of("who pays the wage") is None
    assert not alarm.doubts("who pays the wage")


def test_without_an_ear_the_net_is_on_its_own() -> None:
    alone = Alarm(NET)
    assert alone.kind_of("they are beating us") == "violence"
    assert alone.kind_of(UNFORESEEN) is None
    assert not alone.doubts(UNFORESEEN)


def test_where_the_ear_is_sure_of_no_danger_the_net_does_not_count_but_leaves_a_doubt(alarm: Alarm) -> None:
    assert NET.kind_of(IN_JEST) == "violence"
    assert alarm.kind_of(IN_JEST) is None
    assert alarm.doubts(IN_JEST)


def test_what_is_heard_is_no_longer_doubted(alarm: Alarm) -> None:
    for cry in ("they are beating us", UNFORESEEN):
        assert not alarm.doubts(cry)


def test_a_cry_is_certain_by_the_net_or_by_a_very_sure_ear(alarm: Alarm) -> None:
    assert alarm.is_certain("they are beating us")
    assert alarm.is_certain(UNFORESEEN)
    assert alarm.kind_of(PERHAPS) == UNTOLD
    assert not alarm.is_certain(PERHAPS)
