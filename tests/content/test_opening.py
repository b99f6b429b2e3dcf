"""content.opening, and the opening times of services in library files."""

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from content.opening import Now, OpeningTimes, Opens
from content.schema import Opening

WEEK = OpeningTimes("Asia/Bangkok", ("08:30-16:30",) * 5 + ("", ""))


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2026-11-23 01:29", Now(False, "08:29", Opens(0, "08:30", "Bangkok"))),  # Monday
        ("2026-11-23 01:30", Now(True, "08:30")),
        ("2026-11-23 09:30", Now(True, "16:30")),
        ("2026-11-23 09:31", Now(False, "16:31", Opens(1, "08:30", "Bangkok"))),
        ("2026-11-27 10:00", Now(False, "17:00", Opens(0, "08:30", "Bangkok"))),  # Friday evening
        ("2026-11-22 17:30", Now(False, "00:30", Opens(0, "08:30", "Bangkok"))),  # Sunday in UTC
    ],
)
def test_opening_times_go_by_the_clock_of_the_place(moment: str, then: Now) -> None:
    assert WEEK.at(datetime.fromisoformat(moment)) == then


@pytest.mark.parametrize("moment", ["2026-11-22 00:00", "2026-11-22 23:59", "2026-12-31 23:59"])
def test_day_and_night_is_always(moment: str) -> None:
    times = Opening(always=True).times
    assert times.day_and_night
    assert times.at(datetime.fromisoformat(moment)).answers


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({}, "fault.opening"),
        ({"zone": "Asia/Bangkok"}, "fault.opening"),
        ({"monday": "08:00-16:00"}, "fault.opening"),
        ({"always": True, "zone": "Asia/Bangkok"}, "fault.opening"),
        ({"zone": "Asia/Atlantis", "monday": "08:00-16:00"}, "fault.time-zone"),
        ({"zone": "Asia/Bangkok", "monday": "16:00-08:00"}, "fault.times-of-a-day"),
        ({"zone": "Asia/Bangkok", "monday": "8-16"}, "fault.times-of-a-day"),
        ({"zone": "Asia/Bangkok", "monday": "08:00-24:00"}, "fault.times-of-a-day"),
    ],
)
def test_opening_times_that_nobody_could_keep_are_refused_and_named(
    wrong: dict[str, Any], fault: str
) -> None:
    with pytest.raises(ValidationError) as error:
        Opening.model_validate(wrong)
    assert [saying.message for each in error.value.errors() for saying in each["ctx"]["sayings"]] == [fault]
