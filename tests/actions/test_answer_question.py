"""The journey `answer_question`, on the real library."""

import pytest
from sqlalchemy import func, select, text

from actions.answer_question import ActionAnswerQuestion, ActionNoneOfThese, ActionTellAnswer
from actions.privacy import ActionPrivacy
from actions.resources import Resources
from content.messages import Message
from content.people.models import DailyCount, UnansweredQuestion
from content.store import open_store
from tests.actions.conftest import Run

ASK, TELL, NONE = ActionAnswerQuestion(), ActionTellAnswer(), ActionNoneOfThese()


@pytest.mark.parametrize(
    ("question", "answer", "language"),
    [
        ("how much do I pay to join PALM?", "palm.cost", "en"),
        ("hamas mi mas pem blong joenem PALM", "palm.cost", "bi"),
        ("husat i baim tiket bilong balus", "palm.airfare", "tpi"),
    ],
)
def test_a_question_is_answered_in_its_own_language_whatever_the_channel_says(
    run: Run, question: str, answer: str, language: str
) -> None:
    (message,), slots = run(ASK, question, hint="en")
    assert (message.kind, message.answer, message.language) == ("answer", answer, language)
    assert slots["language"] == language
    assert slots["last_answer"] == answer


def test_an_answer_shows_its_sources_the_day_and_ways_on(run: Run) -> None:
    (message,), _ = run(ASK, "how much do I pay to join PALM?")
    assert message.sources
    assert all(source.title and source.publisher for source in message.sources)
    assert message.checked_on is not None
    payloads = [button.payload for button in message.buttons]
    assert {"helpful:palm.cost", "unhelpful:palm.cost", "menu"} <= set(payloads)
    assert any(payload.startswith("answer:") for payload in payloads)


def test_a_machine_drafted_answer_says_so(run: Run) -> None:
    (message,), _ = run(ASK, "hamas mi mas pem blong joenem PALM")
    assert message.translation == "machine-drafted"


def test_a_chosen_language_wins_and_the_other_is_offered(run: Run) -> None:
    (message,), slots = run(
        ASK, "hamas mi mas pem blong joenem PALM", slots={"language": "en", "language_chosen": True}
    )
    assert message.language == "en"
    assert message.buttons[0].payload == "language:bi"
    assert slots["language_chosen"] is True


def test_switching_the_channel_wins_over_what_was_chosen_before(run: Run) -> None:
    slots = {"language": "en", "language_chosen": True, "language_hint": "en"}
    (message,), after = run(ASK, "PALM", slots=slots, hint="bi")
    assert after["language"] == "bi"
    assert message.language == "bi"


def test_the_corridor_chooses_the_variant_and_is_remembered(run: Run) -> None:
    (message,), slots = run(
        ASK, "how do i apply for palm in vanuatu", entities={"country": "VU", "scheme": "PALM"}
    )
    assert message.answer == "palm.how-to-apply"
    assert slots["origin"] == "VU"
    assert (slots["scheme"], slots["destination"]) == ("PALM", "AU")
    (later,), _ = run(ASK, "how do i apply for palm", slots=slots)
    assert later.text == message.text
    (anywhere,), _ = run(ASK, "how do i apply for palm")
    assert anywhere.text != message.text


@pytest.mark.parametrize(
    ("before", "question", "topic"),
    [
        ("who pays my plane ticket on palm", "and in new zealand?", "rse."),
        ("what is rse", "and palm?", "palm."),
        ("how do i apply for palm", "and korea", "korea."),
    ],
)
def test_a_short_question_goes_on_from_the_one_before(
    run: Run, before: str, question: str, topic: str
) -> None:
    events = [{"event": "user", "text": before}, {"event": "user", "text": question}]
    (message,), slots = run(ASK, question, events=events)
    told = slots["last_answer"] or slots["suggestions"][0]
    assert told.startswith(topic), (message.kind, told)


def test_after_starting_again_nothing_goes_on(run: Run) -> None:
    question, there = "and in new zealand?", {"country": "NZ"}
    again = {"event": "user", "text": "/start_again", "parse_data": {"intent": {"name": "start_again"}}}
    asked = [{"event": "user", "text": text} for text in ("who pays my plane ticket on palm", question)]
    (alone,), _ = run(ASK, question, entities=there, events=asked[1:])
    (after,), _ = run(ASK, question, entities=there, events=[asked[0], again, asked[1]])
    (going_on,), _ = run(ASK, question, entities=there, events=asked)
    assert after == alone
    assert going_on != alone


def test_a_new_question_does_not_go_on_from_the_one_before(run: Run) -> None:
    question = "my boss keeps my passport is that allowed"
    events = [{"event": "user", "text": "what is rse"}, {"event": "user", "text": question}]
    _, slots = run(ASK, question, events=events)
    assert slots["last_answer"] == "rights.passport-held"


def test_nonsense_is_not_answered_but_kept_for_staff(run: Run, shared: Resources) -> None:
    (message,), slots = run(ASK, "qwx zzvb plork")
    assert message.kind == "fallback"
    assert message.buttons
    assert slots["repeated"] == "fallback"
    with open_store(shared_address(shared)).connect() as connection:
        kept = connection.execute(select(UnansweredQuestion.text, UnansweredQuestion.number)).all()
    assert kept == [("qwx zzvb plork", 1)]


def test_the_second_time_the_fallback_has_other_words(run: Run) -> None:
    (first,), slots = run(ASK, "qwx zzvb plork")
    (second,), _ = run(ASK, "plork plork qwx", slots=slots)
    assert second.kind == "fallback"
    assert second.text != first.text
    assert second.buttons


def test_after_the_safety_reply_only_a_sure_answer_is_told_and_nothing_kept(
    run: Run, shared: Resources
) -> None:
    (message,), _ = run(ASK, "how much do I pay to join PALM?", besides_danger=True)
    assert message.answer == "palm.cost"
    messages, slots = run(ASK, "qwx zzvb plork", besides_danger=True)
    assert not messages
    assert slots["repeated"] == "danger"
    with open_store(shared_address(shared)).connect() as connection:
        assert not connection.execute(select(UnansweredQuestion)).all()


def test_personal_data_is_taken_out_of_what_is_kept(run: Run, shared: Resources) -> None:
    run(ASK, "my name is Jonah Tari call me 5551234 who won the rugby match")
    with open_store(shared_address(shared)).connect() as connection:
        (text,) = connection.execute(select(UnansweredQuestion.text)).one()
    assert "Jonah" not in text
    assert "5551234" not in text


def test_the_same_answer_twice_in_a_row_comes_with_other_ways(run: Run) -> None:
    (first,), slots = run(ASK, "how much do I pay to join PALM?")
    (second,), _ = run(ASK, "how much do I pay to join PALM?", slots=slots)
    assert second.answer == first.answer
    assert [b.payload for b in second.buttons] != [b.payload for b in first.buttons]
    assert "person" in [b.payload for b in second.buttons]


def test_a_button_tells_its_answer(run: Run) -> None:
    (message,), slots = run(TELL, "/choose_answer", entities={"answer": "palm.tax"})
    assert (message.kind, message.answer) == ("answer", "palm.tax")
    assert slots["last_answer"] == "palm.tax"


def test_the_button_of_an_answer_that_is_gone_leads_to_the_menu(run: Run) -> None:
    (message,), _ = run(TELL, "/choose_answer", entities={"answer": "palm.gone"})
    assert message.kind == "notice"
    assert any(button.payload.startswith("topic:") for button in message.buttons)


def test_none_of_these_keeps_what_was_typed_with_the_guesses(run: Run, shared: Resources) -> None:
    typed = [{"event": "user", "text": "can i bring my dog"}, {"event": "user", "text": "/none_of_these"}]
    (message,), _ = run(NONE, "/none_of_these", events=typed, slots={"suggestions": ["palm.family"]})
    assert message.kind == "fallback"
    with open_store(shared_address(shared)).connect() as connection:
        kept = connection.execute(select(UnansweredQuestion.text, UnansweredQuestion.guesses)).one()
    assert tuple(kept) == ("can i bring my dog", ["palm.family"])


def test_every_turn_is_counted_without_its_text(run: Run, shared: Resources) -> None:
    run(ASK, "how much do I pay to join PALM?")
    shared.tally.close()
    with open_store(shared_address(shared)).connect() as connection:
        row = connection.execute(select(DailyCount)).one()
    assert "pay to join" not in str(row)
    assert "palm.cost" in str(row)


def shared_address(shared: Resources) -> str:
    return str(shared.people._engine.url)


def test_an_answer_is_told_even_if_nothing_can_be_written_down(
    run: Run, shared: Resources, caplog: pytest.LogCaptureFixture
) -> None:
    with open_store(shared_address(shared)).begin() as connection:
        for table in ("daily_count", "unanswered_question", "feedback"):
            connection.execute(text(f"DROP TABLE {table}"))
    (answer,), _ = run(ASK, "how much do I pay to join PALM?")
    (fallback,), _ = run(ASK, "qwx zzvb plork")
    assert (answer.kind, fallback.kind) == ("answer", "fallback")
    shared.tally.close()
    assert "2 counts could not be written yet" in caplog.text
    assert "an unanswered question could not be kept" in caplog.text
    assert "plork" not in caplog.text


def payloads_of(message: Message) -> list[str]:
    return [button.payload for button in message.buttons]


@pytest.mark.parametrize(
    ("text", "entities", "told", "offered"),
    [
        ("Vanuatu", {"country": "VU"}, "Vanuatu", "answer:palm.how-to-apply"),
        ("mi blong Vanuatu", {"country": "VU"}, "Vanuatu", "answer:rse.how-to-apply"),
        ("I am from Tonga", {"country": "TO"}, "Tonga", "answer:palm.how-to-apply"),
    ],
)
def test_a_bare_name_is_remembered_and_asked_about(
    run: Run, text: str, entities: dict[str, str], told: str, offered: str
) -> None:
    (message,), slots = run(ASK, text, entities=entities)
    assert message.kind == "clarify"
    assert f"**{told}**" in message.text
    assert offered in payloads_of(message)
    assert slots["origin"] == entities["country"]


def test_a_country_of_work_alone_offers_what_is_asked_about_it(run: Run) -> None:
    (message,), slots = run(ASK, "Korea", entities={"country": "KR"})
    assert (message.kind, slots["destination"]) == ("clarify", "KR")
    assert any(payload.startswith("answer:korea.") for payload in payloads_of(message))


def test_a_short_question_that_names_a_country_is_answered(run: Run) -> None:
    (message,), _ = run(ASK, "domestic worker rights hong kong", entities={"country": "HK"})
    assert message.answer == "asia.hongkong-domestic-work"


def test_a_scheme_alone_is_told_what_it_is(run: Run) -> None:
    (message,), _ = run(ASK, "PALM", entities={"scheme": "PALM"})
    assert message.answer == "palm.what-is-it"


def test_what_is_remembered_is_shown_when_asked(run: Run) -> None:
    (message,), _ = run(ActionPrivacy(), slots={"origin": "VU", "scheme": "PALM", "destination": "AU"})
    assert "**Vanuatu → Australia (PALM" in message.text
    (nothing,), _ = run(ActionPrivacy())
    assert "→" not in nothing.text


def test_two_questions_are_both_answered_or_offered(run: Run) -> None:
    messages, _ = run(ASK, "How do I apply for PALM? Can my wife come too?")
    answers = {message.answer for message in messages}
    offered = {payload for message in messages for payload in payloads_of(message)}
    assert "palm.how-to-apply" in answers | {payload.removeprefix("answer:") for payload in offered}
    assert "palm.family" in answers | {payload.removeprefix("answer:") for payload in offered}


def test_one_question_is_answered_once(run: Run) -> None:
    messages, _ = run(ASK, "how much do I pay to join PALM?")
    assert len(messages) == 1


def test_a_message_without_a_word_is_not_passed_on(run: Run, shared: Resources) -> None:
    (message,), _ = run(ASK, "😭😭")
    assert message.text == shared.words.say("fallback.nothing", "en")
    with open_store(shared_address(shared)).connect() as connection:
        assert connection.execute(select(func.count()).select_from(UnansweredQuestion)).scalar() == 0
