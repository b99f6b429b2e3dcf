"""What registers call the state of a licence, and whose name a name is."""

from datetime import date

import pytest

from content.journeys.licences import LicenceState, same_name, state_of
from content.registers import AgencyText

DAY = date(2026, 11, 23)


def agency(status: str, until: date | None = None) -> AgencyText:
    return AgencyText("PH", "A register", "An agency", "1", status, None, until, "", DAY)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Valid License", "valid"),
        ("ACTIVE", "valid"),
        ("Inactive", "suspended"),
        ("Not active", "suspended"),
        ("Invalid", "unknown"),
        ("Unregistered", "unknown"),
        ("Valid until cancelled", "cancelled"),
        ("Forever Banned", "cancelled"),
        ("expired", "expired"),
        ("", "unknown"),
        ("???", "unknown"),
    ],
)
def test_a_state_is_read_with_the_worst_word_first(status: str, state: LicenceState) -> None:
    assert state_of(agency(status), DAY) == state


def test_days_count_where_the_register_says_no_state() -> None:
    assert state_of(agency("", DAY), DAY) == "valid"
    assert state_of(agency("", DAY), date(2026, 11, 24)) == "expired"
    assert state_of(agency("Valid", DAY), date(2026, 11, 24)) == "expired"
    assert state_of(agency("Suspended", DAY), DAY) == "suspended"


@pytest.mark.parametrize("other", ["SUNRISE OVERSEAS, INC.", "Sunrise Overseas Co. Ltd", "sunrise overseas"])
def test_a_name_is_the_same_but_for_case_marks_and_legal_form(other: str) -> None:
    assert same_name("Sunrise Overseas Inc", other)


@pytest.mark.parametrize("other", ["Sunrise Overseas Agency", "Sunrize Overseas", "Sunrise", "", "Inc"])
def test_another_name_is_another_agency(other: str) -> None:
    assert not same_name("Sunrise Overseas Inc", other)
    assert not same_name(other, "")
