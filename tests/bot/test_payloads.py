"""What buttons carry, and how the engine is told."""

import pytest

from bot import payloads


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ("menu", "/menu"),
        ("answer:fees.who-pays", '/choose_answer{"answer": "fees.who-pays"}'),
        ("danger", "/danger"),
        ("danger:VU", '/danger{"country": "VU"}'),
        ("unhelpful:palm.cost", '/give_feedback{"answer": "palm.cost", "verdict": "unhelpful"}'),
        ("language:bi", '/choose_language{"language": "bi"}'),
    ],
)
def test_a_payload_is_told_to_the_engine(payload: str, message: str) -> None:
    assert payloads.for_engine(payload) == message


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "nothing",
        "answer",
        "menu:x",
        "answer:",
        'answer:a"}{',
        "ANSWER:x",
        "answer:" + "x" * 60,
        "/restart",
        "é:x",
    ],
)
def test_other_payloads_are_refused(payload: str) -> None:
    with pytest.raises(payloads.PayloadError):
        payloads.for_engine(payload)


@pytest.mark.parametrize("text", ["/restart", "//danger", " / menu", "\n/help"])
def test_typed_text_never_reaches_the_engine_as_a_command(text: str) -> None:
    assert not payloads.text_for_engine(text).startswith("/")


def test_text_of_slashes_alone_stays_a_message() -> None:
    assert payloads.text_for_engine("///") == "?"
