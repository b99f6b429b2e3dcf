"""A country that is typed where it was asked for."""

import pytest
from rasa_sdk.interfaces import Action

from actions.answer_question import ActionAnswerQuestion
from actions.danger import ActionDanger
from actions.handover import ActionHandover
from actions.navigation import ActionSmalltalk
from actions.resources import Resources
from content.compose import Writer
from tests.actions.conftest import Run

ASK = ActionAnswerQuestion()


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("new zealand", "NZ"),
        ("i am in australia", "AU"),
        ("nasa Pilipinas po ako", "PH"),
        ("mi stap long Australia", "AU"),
    ],
)
def test_a_country_typed_after_a_cry_gives_its_numbers(
    run: Run, shared: Resources, text: str, country: str
) -> None:
    _, after = run(ActionDanger(), "my boss beats me", intent="danger")
    (message,), slots = run(ASK, text, entities={"country": country}, slots=after)
    numbers = {service.id for service in shared.repository.services("en", country=country, danger=True)}
    assert message.kind == "danger"
    assert message.services[0].id in numbers
    (again,), _ = run(ASK, "kuwait", entities={"country": "KW"}, slots=slots)
    assert again.kind == "danger"


def test_a_country_typed_after_a_wish_for_a_person_gives_its_helpers(run: Run, shared: Resources) -> None:
    (where,), after = run(ActionHandover(), "i want to talk to a person", intent="ask_person")
    assert where.text == shared.words.say("person.where", "en")
    (message,), _ = run(ASK, "from samoa", entities={"country": "WS"}, slots=after)
    assert message.text == shared.words.say("person.text", "en")
    helpers = {service.id for service in shared.repository.services("en", country="WS")}
    assert {service.id for service in message.services} <= helpers
    assert message.services


def test_a_question_after_a_cry_is_answered_though_it_names_a_country(run: Run) -> None:
    _, after = run(ActionDanger(), "my boss beats me", intent="danger")
    (message,), _ = run(
        ASK, "how much does the visa for korea cost me", entities={"country": "KR"}, slots=after
    )
    assert message.kind != "danger"


def test_a_country_is_only_taken_for_whereabouts_where_that_was_asked(run: Run) -> None:
    _, after = run(ActionDanger(), "my boss beats me", intent="danger")
    _, after = run(ASK, "who pays my ticket", slots=after)
    (message,), _ = run(ASK, "new zealand", entities={"country": "NZ"}, slots=after)
    assert message.kind != "danger"


def test_the_countries_offered_are_ours_in_every_language(shared: Resources) -> None:
    known = {country.value for country in shared.repository.gazetteer("country")}
    for language in shared.words.languages():
        offered = Writer(shared.repository, shared.words, language).offered_countries()
        assert len(offered) == 12, language
        assert set(offered) <= known, language


def test_the_numbers_told_before_the_country_is_known_are_those_of_the_language(run: Run) -> None:
    (message,), _ = run(ActionDanger(), "tulong", intent="danger", hint="fil")
    assert message.language == "fil"
    assert next(service.id for service in message.services).startswith("ph-")


def test_the_question_where_stays_open_until_it_is_answered(run: Run) -> None:
    _, after = run(ActionDanger(), "my boss beats me", intent="danger")
    (unclear,), after = run(ASK, "qwx zzvb plork", slots=after)
    assert unclear.buttons[0].payload == "danger"
    (message,), _ = run(ASK, "new zealand", entities={"country": "NZ"}, slots=after)
    assert message.kind == "danger"


def test_an_answer_besides_the_safety_reply_leaves_the_question_where_open(run: Run) -> None:
    _, after = run(ActionDanger(), "my boss locked the door", intent="danger")
    (answer,), after = run(ASK, "how much do I pay to join PALM?", slots=after, besides_danger=True)
    assert answer.kind == "answer"
    (message,), _ = run(ASK, "kuwait", entities={"country": "KW"}, slots=after)
    assert message.kind == "danger"


def test_the_numbers_of_a_home_that_is_named_come_before_the_likely_ones(run: Run) -> None:
    home = {"country": "VU"}
    (message,), _ = run(ActionDanger(), "he beats me here in vila", intent="danger", entities=home)
    assert [service.id for service in message.services][:2] == ["vu-emergency", "au-emergency"]


@pytest.mark.parametrize(
    ("action", "text", "intent"),
    [
        (ActionSmalltalk(), "are you there", "who_are_you"),
        (ActionSmalltalk(), "ok", "affirm"),
        (ASK, "😭", "ask_question"),
    ],
)
def test_talk_between_leaves_the_question_where_open(
    run: Run, action: Action, text: str, intent: str
) -> None:
    _, after = run(ActionDanger(), "my boss beats me", intent="danger")
    _, after = run(action, text, intent=intent, slots=after)
    (message,), _ = run(ASK, "kuwait", entities={"country": "KW"}, slots=after)
    assert message.kind == "danger"


def test_somebody_safe_again_is_no_longer_asked_where_they_are(run: Run) -> None:
    _, after = run(ActionDanger(), "my boss beats me", intent="danger")
    _, after = run(ActionSmalltalk(), "i am safe now", intent="i_am_safe", slots=after)
    (message,), _ = run(ASK, "kuwait", entities={"country": "KW"}, slots=after)
    assert message.kind != "danger"
