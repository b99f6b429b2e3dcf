"""People on Telegram are answered: commands, questions, buttons, places, groups, and what we cannot read."""

import json
from typing import Any

import pytest

from bot.settings import Settings
from content.messages import Button, Message
from content.store import open_store
from tests.bot.telegram.conftest import Start
from tests.bot_api import BotApi, Sent
from tests.bot_api_people import Chat
from tests.engine_stand_in import EngineStandIn

pytestmark = pytest.mark.anyio

FILE = {"file_id": "f", "file_unique_id": "u"}
MESSAGES: dict[str, dict[str, Any]] = {
    "photo": {"photo": [{**FILE, "width": 1, "height": 1}]},
    "voice": {"voice": {**FILE, "duration": 3}},
    "video": {"video": {**FILE, "duration": 3, "width": 1, "height": 1}},
    "document": {"document": FILE},
    "sticker": {
        "sticker": {
            **FILE,
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    },
    "contact": {"contact": {"phone_number": "+61400000000", "first_name": "Agent"}},
    "other": {"dice": {"emoji": "🎲", "value": 3}},
}


def payloads(sent: Sent) -> list[str]:
    return [payload for row in sent.buttons for _, payload in row]


async def test_a_question_gets_its_answer(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    engine.replies["who pays?"] = [
        Message(
            kind="answer", text="**Nobody.**", language="en", buttons=[Button(title="Menu", payload="menu")]
        )
    ]
    async with start() as running:
        await person.say("who pays?")
        [sent] = await api.messages(1)
        assert (sent.chat, sent.text, sent.buttons) == (person.number, "Nobody.", [[("Menu", "menu")]])
        assert sent.values["link_preview_options"] == {"is_disabled": True}
        [turn] = engine.heard
        assert turn["sender"] == running.identity.person_of_chat(person.number)
        assert turn["metadata"] == {"channel": "telegram", "language_hint": "en"}


async def test_start_greets_and_offers_the_languages_in_their_own_names(
    start: Start, api: BotApi, person: Chat
) -> None:
    async with start() as running:
        await person.say("/start")
        greeting, languages = await api.messages(2)
        known = running.conversation.repository.languages()
        words = running.conversation.words
        assert greeting.text.startswith("Hello")
        assert "danger" in payloads(greeting)
        assert [button for row in languages.buttons for button in row] == [
            (words.name(code), f"language:{code}") for code in known
        ]


@pytest.mark.parametrize(
    "link",
    [
        ("fees", '/choose_topic{"topic": "fees"}'),
        ("fees_who-pays", '/choose_answer{"answer": "fees.who-pays"}'),
        ("danger", "/danger"),
    ],
)
async def test_start_with_a_link_opens_what_it_names(
    link: tuple[str, str], start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    parameter, message = link
    async with start():
        await person.say(f"/start {parameter}")
        await api.messages(1)
        assert [turn["message"] for turn in engine.heard] == [message]


async def test_start_with_a_link_that_leads_nowhere_greets(start: Start, api: BotApi, person: Chat) -> None:
    async with start():
        await person.say("/start no-such-thing")
        greeting, _ = await api.messages(2)
        assert greeting.text.startswith("Hello")


@pytest.mark.parametrize(
    "opened",
    [
        ("/help", "/help"),
        ("/menu", "/menu"),
        ("/language", "/change_language"),
        ("/language en", '/choose_language{"language": "en"}'),
        ("/language xx", "/change_language"),
        ("/privacy", "/privacy"),
        ("/danger", "/danger"),
        ("/person", "/ask_person"),
    ],
)
async def test_commands_open_what_their_buttons_open(
    opened: tuple[str, str], start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    command, message = opened
    async with start():
        await person.say(command)
        await api.messages(1)
        assert [turn["message"] for turn in engine.heard] == [message]


async def test_stop_says_how_to_erase(start: Start, api: BotApi, person: Chat) -> None:
    async with start() as running:
        await person.say("/stop")
        [sent] = await api.messages(1)
        assert sent.text == running.conversation.words.say("telegram.stop", "en")
        assert payloads(sent) == ["erase", "menu"]


async def test_words_that_begin_with_a_slash_are_read_as_words(
    start: Start, api: BotApi, person: Chat
) -> None:
    async with start():
        await person.say("/weather today")
        [sent] = await api.messages(1)
        assert sent.text == "You said weather today"


async def test_an_unknown_command_leads_to_the_menu(start: Start, api: BotApi, person: Chat) -> None:
    async with start() as running:
        await person.say("/weather")
        [sent] = await api.messages(1)
        assert sent.text == running.conversation.words.say("telegram.unknown-command", "en")
        assert "menu" in payloads(sent)


async def test_a_pressed_button_is_acknowledged_and_answered(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    async with start():
        query = await person.press("answer:fees.who-pays")
        await api.messages(1)
        [call] = await api.called("answerCallbackQuery")
        assert call.values["callback_query_id"] == query
        assert engine.heard[0]["message"] == '/choose_answer{"answer": "fees.who-pays"}'


async def test_a_button_is_acknowledged_before_the_answer_is_there(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    engine.hold()
    async with start():
        await person.press("menu")
        await api.called("answerCallbackQuery")
        assert api.sent == []
        engine.go_on()
        await api.messages(1)


async def test_a_button_too_old_to_acknowledge_is_still_answered(
    start: Start, api: BotApi, person: Chat
) -> None:
    async with start():
        await person.press("menu", old=True)
        [sent] = await api.messages(1)
        assert sent.text == "You said /menu"


async def test_a_button_we_no_longer_know_is_met_with_a_line(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    async with start() as running:
        await person.press("a button of long ago")
        [sent] = await api.messages(1)
        assert sent.text == running.conversation.words.say("input.payload", "en")
        assert engine.heard == []


@pytest.mark.parametrize("kind", MESSAGES)
async def test_what_we_cannot_read_is_met_with_a_helpful_line(
    kind: str, start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    async with start() as running:
        await person.send(**MESSAGES[kind])
        [sent] = await api.messages(1)
        assert sent.text == running.conversation.words.say(f"telegram.{kind}", "en")
        assert payloads(sent) == ["menu", "person", "danger"]
        assert engine.heard == []


async def test_the_line_comes_in_the_language_last_spoken(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat, with_bislama: Settings
) -> None:
    engine.replies["gud de"] = [Message(kind="smalltalk", text="Gud de!", language="bi")]
    async with start(with_settings=with_bislama):
        await person.say("gud de")
        await api.messages(1)
        await person.send(**MESSAGES["voice"])
        _, line = await api.messages(2)
        assert line.text == "Mi no save harem voes."


async def test_after_a_restart_the_language_is_known_from_the_talk(
    start: Start, api: BotApi, person: Chat, with_bislama: Settings
) -> None:
    async with start(with_settings=with_bislama) as running:
        lay_down_a_talk(with_bislama, running.identity.person_of_chat(person.number))
        await person.send(**MESSAGES["voice"])
        [line] = await api.messages(1)
        assert line.text == "Mi no save harem voes."


def lay_down_a_talk(settings: Settings, person: str) -> None:
    """What Rasa's tracker store holds after the bot has said something in Bislama."""
    said = Message(kind="smalltalk", text="Gud de!", language="bi").model_dump(mode="json")
    event = json.dumps({"event": "bot", "text": None, "data": {"custom": said}})
    store = open_store(settings.tracker_address)
    with store.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE events"
            " (id INTEGER PRIMARY KEY, sender_id TEXT, type_name TEXT, timestamp FLOAT, data TEXT)"
        )
        connection.exec_driver_sql(
            "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, 'bot', 1.0, ?)",
            (person, event),
        )
    store.dispose()


async def test_words_under_a_picture_are_answered(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    async with start() as running:
        await person.send(**MESSAGES["photo"], caption="is this offer real?")
        line, answer = await api.messages(2)
        assert line.text == running.conversation.words.say("telegram.only-words", "en")
        assert answer.text == "You said is this offer real?"


async def test_danger_in_the_words_under_a_picture_comes_first(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    engine.replies["help"] = [Message(kind="danger", text="Call now.", language="en")]
    async with start():
        await person.send(**MESSAGES["photo"], caption="help")
        [sent] = await api.messages(1)
        assert sent.text == "Call now."


async def test_a_position_asks_for_help_in_its_country(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    async with start():
        await person.send(location={"latitude": -17.7, "longitude": 168.3})
        await api.messages(1)
        assert engine.heard[0]["message"] == '/service_finder{"step": "country", "value": "VU"}'


async def test_an_edited_question_is_answered(start: Start, api: BotApi, person: Chat) -> None:
    async with start():
        await person.edit(text="who pays?")
        [sent] = await api.messages(1)
        assert sent.text == "You said who pays?"


async def test_a_text_over_the_limit_is_told_so(start: Start, api: BotApi, person: Chat) -> None:
    async with start() as running:
        await person.say("word " * 600)
        [sent] = await api.messages(1)
        assert sent.text == running.conversation.words.say("input.too-long", "en", most=2000)


async def test_a_long_answer_comes_in_parts_in_order(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    engine.replies["all of it"] = [
        Message(kind="answer", text=f"{'One. ' * 800}\n\n{'Two. ' * 800}", language="en")
    ]
    async with start():
        await person.say("all of it")
        first, second = await api.messages(2)
        assert (first.text[:4], second.text[:4]) == ("One.", "Two.")


async def test_a_person_sees_that_we_are_typing(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    engine.hold()
    async with start():
        await person.say("who pays?")
        [call] = await api.called("sendChatAction")
        assert call.values == {"chat_id": person.number, "action": "typing"}
        engine.go_on()
        await api.messages(1)


async def test_one_chat_is_answered_in_order_while_others_go_on(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    other = Chat(api, 4712)
    engine.hold()
    async with start():
        await person.say("one")
        await person.say("two")
        await other.say("three")
        heard = {turn["message"] for turn in await engine.turns(2)}
        assert heard == {"one", "three"}
        engine.go_on()
        await api.messages(3)
        assert [sent.text for sent in api.received(person.number)] == ["You said one", "You said two"]


async def test_a_group_is_answered_only_when_it_asks_us(
    start: Start, api: BotApi, engine: EngineStandIn, group: Chat
) -> None:
    async with start():
        await group.say("hello all")
        await group.say(f"@{api.username} who pays?")
        [sent] = await api.messages(1)
        assert sent.text == "You said who pays?"
        assert sent.values["reply_parameters"]["message_id"] > 0
        await api.acknowledged()
        assert len(engine.heard) == 1


async def test_joining_a_group_is_greeted_with_how_to_ask(start: Start, api: BotApi, group: Chat) -> None:
    async with start() as running:
        await group.change_our_membership("left", "member")
        [sent] = await api.messages(1)
        name = f"@{api.username}"
        assert sent.text == running.conversation.words.say("telegram.joined", "en", name=name)


@pytest.mark.parametrize(("code", "hint"), [("en-US", "en"), ("xx", None), (None, None)])
async def test_the_language_of_the_app_is_only_a_hint(
    code: str | None, hint: str | None, start: Start, api: BotApi, engine: EngineStandIn
) -> None:
    async with start():
        await Chat(api, 5, language=code).say("who pays?")
        await api.messages(1)
        assert engine.heard[0]["metadata"]["language_hint"] == hint


async def test_too_many_messages_are_met_once_with_the_reason(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    async with start(per_conversation="1/minute"):
        for text in ("one", "two", "three"):
            await person.say(text)
        await person.press("danger")
        answer, reason, danger = await api.messages(3)
        assert answer.text == "You said one"
        assert reason.text.startswith("You have sent many messages")
        assert danger.text == "You said /danger"
        assert [turn["message"] for turn in engine.heard] == ["one", "/danger"]


async def test_command_menus_are_set_for_every_language_telegram_knows(start: Start, api: BotApi) -> None:
    async with start() as running:
        words = running.conversation.words
        expected = {"", *(code for code in words.languages() if len(code) == 2)}
        await api.until(lambda: set(api.commands) == expected)
        assert [command["command"] for command in api.commands[""]][:3] == ["menu", "language", "danger"]
        assert api.commands[""][0]["description"] == words.say("telegram.command.menu", "en")


async def test_answers_come_without_the_engine(
    start: Start, api: BotApi, engine: EngineStandIn, person: Chat
) -> None:
    engine.replies["/menu"] = []  # an engine that says nothing has failed
    async with start() as running:
        await person.say("/menu")
        [sent] = await api.messages(1)
        assert sent.text == running.conversation.words.say("menu.text", "en")
        assert "topic:fees" in payloads(sent)
