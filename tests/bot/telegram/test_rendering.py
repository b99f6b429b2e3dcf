"""A message shows its title, text, services, sources, trust and buttons on Telegram."""

import logging
from datetime import date
from typing import Literal

import pytest

from bot.channels.telegram_rendering import MAX_TITLE, Part, keyboard, parts_of
from bot.channels.telegram_text import MAX_UNITS
from content.messages import Button, Media, Message, ServiceLine, Source
from content.words import Words
from tests.bot_api_html import Entity, parsed

DAY = date(2026, 11, 22)


def rendered(message: Message, words: Words, language: str = "en") -> list[Part]:
    return parts_of([message], words, language)


def answer(**more: object) -> Message:
    return Message.model_validate({"kind": "answer", "text": "Nobody pays.", "language": "en", **more})


def checked(words: Words) -> str:
    return words.say("answer.checked", "en", day=words.day(DAY, "en"))


def test_an_answer_shows_title_source_and_day(words: Words) -> None:
    source = Source(title="PALM rules", publisher="DEWR", url="https://example.org/palm", checked_on=DAY)
    [part] = rendered(answer(title="Who pays?", sources=[source], checked_on=DAY), words)
    text, entities = parsed(part["html"])
    assert text == f"Who pays?\n\nNobody pays.\n\nSource: PALM rules (DEWR)\n{checked(words)}"
    assert entities == [Entity("b", "Who pays?"), Entity("a", "PALM rules", "https://example.org/palm")]


def test_a_service_shows_its_phones_as_text_that_telegram_makes_tappable(words: Words) -> None:
    service = ServiceLine(
        id="au-line",
        name="Help line",
        phones=["+61 1800 000 000"],
        messaging={"email": "help@example.org", "Viber": "+61 400 000 000"},
        who_for="Workers",
        hours="9 to 5",
        checked_on=DAY,
    )
    [part] = rendered(answer(services=[service]), words)
    email = words.say("service.email", "en")
    assert parsed(part["html"])[0].endswith(
        f"Help line\nWorkers\n+61 1800 000 000\n"
        f"{email}: help@example.org\nViber: +61 400 000 000\n9 to 5\n{checked(words)}"
    )


def test_a_safety_reply_is_kept_short(words: Words) -> None:
    service = ServiceLine(id="au-000", name="Police", phones=["000"], checked_on=DAY)
    message = Message(kind="danger", text="Call.", language="en", services=[service])
    assert rendered(message, words)[0]["plain"] == "Call.\n\nPolice\n000"


@pytest.mark.parametrize(
    ("translation", "message"),
    [("machine-drafted", "translation.machine-drafted"), ("outdated", "translation.outdated")],
)
def test_a_doubtful_translation_says_so(translation: str, message: str, words: Words) -> None:
    [part] = rendered(answer(translation=translation), words)
    assert part["html"] == f"Nobody pays.\n\n<i>{words.say(message, 'en')}</i>"


def test_an_answer_told_in_english_says_first_that_ours_is_missing(words: Words) -> None:
    [part] = rendered(answer(translation="missing"), words, "bi")
    assert part["html"].startswith(f"<i>{words.say('translation.missing', 'bi')}</i>\n\nNobody")


@pytest.mark.parametrize(("kind", "is_told"), [("journey", True), ("danger", False)])
def test_a_position_may_be_sent_where_the_country_is_asked_but_in_danger(
    kind: Literal["journey", "danger"], is_told: bool, words: Words
) -> None:
    asked = Message(kind=kind, text="Where?", language="en", asks_where="danger:")
    [part] = rendered(asked, words)
    assert (words.say("position.hint", "en") in part["plain"]) is is_told


def test_an_answer_past_its_review_date_says_so(words: Words) -> None:
    [part] = rendered(answer(review_due=True), words)
    assert part["html"].endswith(f"<i>{words.say('answer.review-due', 'en')}</i>")


def test_media_are_links_with_their_words(words: Words) -> None:
    [part] = rendered(
        answer(media=[Media(kind="audio", url="https://example.org/a.mp3", alt="Listen")]), words
    )
    assert part["html"].endswith('<a href="https://example.org/a.mp3">Listen</a>')


def test_buttons_stand_under_the_last_part(words: Words) -> None:
    long = answer(text="A sentence of some length. " * 400, buttons=[Button(title="Menu", payload="menu")])
    parts = rendered(long, words)
    assert [part["buttons"] for part in parts] == [[], [], [("Menu", "menu")]]
    assert all(len(parsed(part["html"])[0]) <= MAX_UNITS for part in parts)


def test_a_payload_telegram_would_refuse_is_left_out_and_reported(
    words: Words, caplog: pytest.LogCaptureFixture
) -> None:
    buttons = [Button(title="Long", payload="answer:" + "é" * 40), Button(title="Menu", payload="menu")]
    with caplog.at_level(logging.ERROR):
        [part] = rendered(answer(answer="fees.who-pays", buttons=buttons), words)
    assert part["buttons"] == [("Menu", "menu")]
    assert "fees.who-pays" in caplog.text


def test_a_long_button_title_is_cut_between_words(words: Words) -> None:
    [part] = rendered(answer(buttons=[Button(title="How much money do I " * 6, payload="menu")]), words)
    [(title, _)] = part["buttons"]
    assert len(title) <= MAX_TITLE
    assert title == "How much money do I How much money do I How much money do I…"


def test_several_messages_keep_their_order(words: Words) -> None:
    parts = parts_of([answer(text="One."), answer(text="Two.")], words, "en")
    assert [part["plain"] for part in parts] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("titles", "rows"),
    [
        (["Yes", "No", "I do not know"], [["Yes", "No"], ["I do not know"]]),
        (["Fiji", "Tonga", "Samoa", "Nauru", "Palau"], [["Fiji", "Tonga", "Samoa", "Nauru"], ["Palau"]]),
        (["How much does PALM cost?", "Menu"], [["How much does PALM cost?"], ["Menu"]]),
        (["Papua New Guinea", "Vanuatu"], [["Papua New Guinea"], ["Vanuatu"]]),
        ([], []),
    ],
)
def test_short_buttons_stand_beside_each_other_and_long_ones_alone(
    titles: list[str], rows: list[list[str]]
) -> None:
    shown = keyboard([(title, f"answer:{title}") for title in titles])
    assert [[title for title, _ in row] for row in shown] == rows


def test_what_steers_a_journey_begins_a_row_of_its_own() -> None:
    buttons = [("Yes", "fee-check:paid.yes"), ("Back", "control:back"), ("Stop", "control:stop")]
    assert keyboard(buttons) == [buttons[:1], buttons[1:]]
