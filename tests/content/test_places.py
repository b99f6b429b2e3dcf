"""Countries named in a message."""

import pytest

from content.places import Places
from content.texts import GazetteerValue


def country(code: str, *names: str, roles: tuple[str, ...]) -> GazetteerValue:
    return GazetteerValue("country", code, roles, {"en": names[0]}, {"en": names[1:]}, None, ())


PLACES = Places(
    [
        country("AU", "Australia", "ostrelia", roles=("destination",)),
        country("VU", "Vanuatu", "port vila", roles=("origin",)),
        country("GN", "Guinea", roles=("origin",)),
        country("PG", "Papua New Guinea", "png", roles=("origin",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("mi blong Port Vila, mi wok long Ostrelia", ["VU", "AU"]),
        ("from papua new guinea", ["PG"]),
        ("PNG!", ["PG"]),
        ("no country here", []),
    ],
)
def test_countries_are_found_in_order_the_longest_name_first(text: str, codes: list[str]) -> None:
    assert PLACES.named_in(text) == codes


def test_somebody_is_rather_where_the_work_is() -> None:
    assert PLACES.whereabouts("i come from vanuatu and work in australia") == "AU"
    assert PLACES.whereabouts("help, i am in vanuatu") == "VU"
    assert PLACES.whereabouts("help") is None


def test_without_a_gazetteer_nothing_is_found() -> None:
    assert Places([]).named_in("vanuatu") == []
