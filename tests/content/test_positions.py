"""A position tells its country, on either side of a border, and none at sea."""

import pytest

from content.positions import country_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (-17.74, 168.31, "VU"),  # Port Vila
        (-8.56, 125.57, "TL"),  # Dili
        (-9.11, 124.89, "ID"),  # Atambua, by the border with Timor-Leste
        (13.656, 102.563, "KH"),  # Poipet
        (13.69, 102.5, "TH"),  # Aranyaprathet, on the other side
        (16.68, 98.51, "MM"),  # Myawaddy
        (16.71, 98.57, "TH"),  # Mae Sot, on the other side
        (1.33, 172.98, "KI"),  # Tarawa
        (-33.87, 151.2, "AU"),  # Sydney
        (22.3, 114.17, "HK"),  # Hong Kong has services of its own
        (1.35, 103.8, "SG"),
        (1.49, 103.74, "MY"),  # Johor Bahru, across the strait
        (29.37, 47.97, "KW"),
    ],
)
def test_a_place_lies_in_its_country(latitude: float, longitude: float, country: str) -> None:
    assert country_at(latitude, longitude) == country


@pytest.mark.parametrize(("latitude", "longitude"), [(-30.0, -140.0), (0.0, -180.0), (90.0, 0.0)])
def test_the_open_sea_lies_in_none(latitude: float, longitude: float) -> None:
    assert country_at(latitude, longitude) is None
