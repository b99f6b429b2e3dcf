"""When somebody may be written to: by day on every clock of their country."""

from datetime import date, datetime

import pytest

from content.daytime import is_daytime, local_day

# Moments in UTC; Vanuatu is eleven hours ahead, Samoa thirteen, Timor-Leste nine.
CASES = [
    ("VU", "20:59", False),
    ("VU", "21:00", True),
    ("VU", "07:59", True),
    ("VU", "08:00", False),
    ("WS", "18:59", False),
    ("WS", "19:00", True),
    ("TL", "23:00", True),
    ("TL", "10:00", False),
]


@pytest.mark.parametrize(("country", "at", "is_day"), CASES)
def test_day_is_from_eight_to_seven_by_the_local_clock(country: str, at: str, is_day: bool) -> None:
    assert is_daytime(country, datetime.fromisoformat(f"2026-11-23T{at}")) is is_day


def test_where_a_country_has_several_clocks_it_must_be_day_on_all() -> None:
    # 22:00 in UTC is 9:00 in Sydney and 6:00 in Perth.
    assert not is_daytime("AU", datetime.fromisoformat("2026-11-23T22:00"))
    assert is_daytime("AU", datetime.fromisoformat("2026-11-24T02:00"))


def test_the_day_is_that_of_the_country() -> None:
    assert local_day("VU", datetime.fromisoformat("2026-11-23T21:00")) == date(2026, 11, 24)


def test_a_country_without_known_zones_goes_by_utc() -> None:
    assert is_daytime("XX", datetime.fromisoformat("2026-11-23T12:00"))
    assert not is_daytime("XX", datetime.fromisoformat("2026-11-23T03:00"))
