"""What a named or known corridor adds to each answer's score."""

import pytest

from content.search.corridors import Corridors, Leaning
from content.texts import ANYWHERE, Corridor, GazetteerValue

ANSWERS = ("general", "korea", "japan", "rse", "palm", "philippines")
LEANING = Leaning(same=1, other=-10, scheme=2, origin=3, unnamed=-0.5, general=-0.1, known=0.5)


def place(code: str, name: str, *roles: str) -> GazetteerValue:
    return GazetteerValue("country", code, roles, {"en": name}, {}, None, ())


def scheme(code: str, name: str, destination: str) -> GazetteerValue:
    return GazetteerValue("scheme", code, (), {"en": name}, {}, destination, ())


CORRIDORS = Corridors(
    ANSWERS,
    {
        "korea": [Corridor(destination="KR")],
        "japan": [Corridor(destination="JP")],
        "rse": [Corridor(scheme="RSE")],
        "palm": [Corridor(scheme="PALM")],
        "philippines": [Corridor(origin="PH")],
    },
    [
        place("KR", "Korea", "destination"),
        place("JP", "Japan", "destination"),
        place("NZ", "New Zealand", "destination"),
        place("AU", "Australia", "destination"),
        place("PH", "Philippines", "origin"),
        place("WS", "Samoa", "origin"),
    ],
    [scheme("RSE", "RSE", "NZ"), scheme("PALM", "PALM scheme", "AU")],
)


def lean(question: str, known: Corridor = ANYWHERE) -> dict[str, float]:
    found = CORRIDORS.lean(question, LEANING, known)
    return dict(zip(ANSWERS, found.round(2).tolist(), strict=True))


@pytest.mark.parametrize(
    ("question", "known", "leaning"),
    [
        (
            "who pays the ticket",
            ANYWHERE,
            {"general": 0, "korea": -0.5, "japan": -0.5, "rse": -0.5, "palm": -0.5, "philippines": -0.5},
        ),
        (
            "who pays the ticket to korea",
            ANYWHERE,
            {"general": -0.1, "korea": 1, "japan": -10, "rse": -10, "palm": -10, "philippines": -0.5},
        ),
        (
            "who pays the rse ticket",
            ANYWHERE,
            {"general": -0.1, "korea": -10, "japan": -10, "rse": 3, "palm": -10, "philippines": -0.5},
        ),
        (
            "who pays the ticket to new zealand",
            ANYWHERE,
            {"general": -0.1, "korea": -10, "japan": -10, "rse": 1, "palm": -10, "philippines": -0.5},
        ),
        (
            "i am from the philippines",
            ANYWHERE,
            {"general": 0, "korea": -0.5, "japan": -0.5, "rse": -0.5, "palm": -0.5, "philippines": 3},
        ),
        (
            "i am from samoa",
            ANYWHERE,
            {"general": 0, "korea": -0.5, "japan": -0.5, "rse": -0.5, "palm": -0.5, "philippines": -10},
        ),
        (
            "who pays the ticket",
            Corridor(scheme="RSE", destination="NZ"),
            {"general": -0.05, "korea": -5, "japan": -5, "rse": 1.5, "palm": -5, "philippines": -0.5},
        ),
        (
            "and in japan",
            Corridor(scheme="RSE", destination="NZ"),
            {"general": -0.1, "korea": -10, "japan": 1, "rse": -10, "palm": -10, "philippines": -0.5},
        ),
    ],
)
def test_what_is_named_counts_and_what_is_known_stands_in_for_the_rest(
    question: str, known: Corridor, leaning: dict[str, float]
) -> None:
    assert lean(question, known) == leaning
