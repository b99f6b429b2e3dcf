"""Every kind of Telegram update is read for what it asks; what asks nothing is let go."""

from typing import Any

import pytest

from bot.channels.telegram_updates import (
    Command,
    Incoming,
    Joined,
    Media,
    Place,
    Pressed,
    Said,
    Self,
    UnreadableUpdate,
    Wish,
    chat_of,
    query_of,
    read,
)

ME = Self(123456, "tokstret_bot")
PERSON = {"id": 7, "is_bot": False, "first_name": "Ana", "language_code": "en-GB"}
PHOTO = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
FILE = {"file_id": "f", "file_unique_id": "u"}
US = {"id": 123456, "is_bot": True, "first_name": "Tokstret", "username": "tokstret_bot"}


def message(*, chat: int = 7, **content: Any) -> dict[str, Any]:
    kind = {"type": "private"} if chat > 0 else {"type": "supergroup", "title": "g"}
    return {"message_id": 5, "date": 1, "from": PERSON, "chat": {"id": chat, **kind}, **content}


def wish_of(**content: Any) -> Wish | None:
    incoming = read({"update_id": 1, "message": message(**content)}, ME)
    return incoming.wish if incoming else None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("who pays the ticket?", Said("who pays the ticket?")),
        ("/start", Command("start", "")),
        ("/START fees_who-pays", Command("start", "fees_who-pays")),
        ("/help@Tokstret_Bot", Command("help", "")),
        ("/help@another_bot", Said("/help@another_bot")),
        ("/botany is my job", Command("botany", "is my job")),
        ("my /bot is here", Said("my /bot is here")),
        ("1/2 of my pay", Said("1/2 of my pay")),
    ],
)
def test_text_is_words_or_a_command(text: str, wish: Wish) -> None:
    assert wish_of(text=text) == wish


@pytest.mark.parametrize(
    ("content", "wish"),
    [
        ({"photo": [PHOTO]}, Media("photo", "")),
        ({"photo": [PHOTO], "caption": "is this real?"}, Media("photo", "is this real?")),
        ({"voice": {**FILE, "duration": 3}}, Media("voice", "")),
        ({"video_note": {**FILE, "duration": 3, "length": 3}}, Media("voice", "")),
        ({"video": {**FILE, "duration": 3, "width": 1, "height": 1}}, Media("video", "")),
        ({"document": FILE}, Media("document", "")),
        (
            {"document": FILE, "animation": {**FILE, "duration": 3, "width": 1, "height": 1}},
            Media("video", ""),
        ),
        (
            {
                "sticker": {
                    **FILE,
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                }
            },
            Media("sticker", ""),
        ),
        ({"contact": {"phone_number": "+61400000000", "first_name": "Agent"}}, Media("contact", "")),
        ({"dice": {"emoji": "🎲", "value": 3}}, Media("other", "")),
        ({"location": {"latitude": -17.7, "longitude": 168.3}}, Place(-17.7, 168.3)),
        ({"location": {"latitude": -17.7, "longitude": 168.3, "live_period": 60}}, Place(-17.7, 168.3)),
    ],
)
def test_other_messages_are_named_for_what_they_are(content: dict[str, Any], wish: Wish) -> None:
    assert wish_of(**content) == wish


@pytest.mark.parametrize(
    "content",
    [{"new_chat_title": "x"}, {"new_chat_members": [PERSON]}, {"delete_chat_photo": True}, {}],
)
def test_service_messages_ask_nothing(content: dict[str, Any]) -> None:
    assert wish_of(**content) is None


def test_a_message_of_another_bot_asks_nothing() -> None:
    update = {"update_id": 1, "message": message(text="hello") | {"from": {**PERSON, "is_bot": True}}}
    assert read(update, ME) is None


def test_an_edited_question_is_a_new_one() -> None:
    update = {"update_id": 1, "edited_message": message(text="who pays?", edit_date=2)}
    assert read(update, ME) == Incoming(7, Said("who pays?"), "en-GB")


def test_a_moving_location_is_not_answered_again() -> None:
    place = {"latitude": 1.0, "longitude": 2.0, "live_period": 60}
    assert read({"update_id": 1, "edited_message": message(location=place, edit_date=2)}, ME) is None


def test_a_button_is_a_payload_with_its_query() -> None:
    update = {
        "update_id": 1,
        "callback_query": {
            "id": "q1",
            "from": PERSON,
            "chat_instance": "1",
            "data": "menu",
            "message": message(text="…"),
        },
    }
    assert read(update, ME) == Incoming(7, Pressed("menu", "q1"), "en-GB")
    assert query_of(update) == "q1"


def test_a_button_under_a_message_telegram_no_longer_has_still_works() -> None:
    old = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}}
    query = {"id": "q1", "from": PERSON, "chat_instance": "1", "data": "menu", "message": old}
    assert read({"update_id": 1, "callback_query": query}, ME) == Incoming(7, Pressed("menu", "q1"), "en-GB")


@pytest.mark.parametrize(
    ("content", "wish"),
    [
        ({"text": "@Tokstret_bot who pays?"}, Said("who pays?")),
        ({"text": "who pays, @tokstret_bot?"}, Said("who pays, ?")),
        ({"text": "/menu@tokstret_bot"}, Command("menu", "")),
        ({"text": "/menu"}, Command("menu", "")),
        ({"photo": [PHOTO], "caption": "@tokstret_bot is this real?"}, Media("photo", "is this real?")),
    ],
)
def test_in_a_group_we_answer_when_addressed(content: dict[str, Any], wish: Wish) -> None:
    update = {"update_id": 1, "message": message(chat=-100, **content)}
    assert read(update, ME) == Incoming(-100, wish, "en-GB", reply_to=5)


def test_in_a_group_a_reply_to_us_is_addressed_to_us() -> None:
    ours = message(chat=-100, text="…") | {"from": US}
    update = {"update_id": 1, "message": message(chat=-100, text="and who pays?", reply_to_message=ours)}
    assert read(update, ME) == Incoming(-100, Said("and who pays?"), "en-GB", reply_to=5)


@pytest.mark.parametrize(
    "text", ["hello all", "/menu@another_bot", "@tokstret_bots hello", "me@tokstret_bot"]
)
def test_in_a_group_we_are_silent_otherwise(text: str) -> None:
    assert read({"update_id": 1, "message": message(chat=-100, text=text)}, ME) is None


def test_an_answer_stays_in_the_topic_of_a_forum() -> None:
    update = {
        "update_id": 1,
        "message": message(chat=-100, text="/menu", is_topic_message=True, message_thread_id=44),
    }
    incoming = read(update, ME)
    assert incoming is not None
    assert incoming.thread == 44


def membership(chat: int, old: str, new: str) -> dict[str, Any]:
    chat_kind = {"type": "private"} if chat > 0 else {"type": "group", "title": "g"}

    def member(status: str) -> dict[str, Any]:
        return {"user": US, "status": status, **({"until_date": 0} if status == "kicked" else {})}

    return {
        "update_id": 1,
        "my_chat_member": {
            "chat": {"id": chat, **chat_kind},
            "from": PERSON,
            "date": 1,
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        },
    }


def test_being_added_to_a_group_is_noticed() -> None:
    assert read(membership(-100, "left", "member"), ME) == Incoming(-100, Joined(), "en-GB")


@pytest.mark.parametrize(
    ("chat", "old", "new"), [(7, "member", "kicked"), (7, "kicked", "member"), (-1, "member", "left")]
)
def test_being_blocked_or_removed_asks_nothing(chat: int, old: str, new: str) -> None:
    assert read(membership(chat, old, new), ME) is None


@pytest.mark.parametrize("update", [{"update_id": 1}, {"update_id": 1, "a_kind_of_the_future": {"id": 3}}])
def test_an_unknown_kind_of_update_asks_nothing(update: dict[str, Any]) -> None:
    assert read(update, ME) is None
    assert chat_of(update) is None


def test_a_broken_update_is_named_as_such() -> None:
    with pytest.raises(UnreadableUpdate):
        read({"update_id": 1, "message": {"text": "no chat, no number"}}, ME)
