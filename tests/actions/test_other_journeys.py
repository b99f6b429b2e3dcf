"""Danger, navigation, language, handover, privacy, on the real library."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import Action

from actions.danger import ActionDanger
from actions.handover import ActionHandover
from actions.journeys import BY_FORM
from actions.language import ActionChangeLanguage
from actions.navigation import (
    ActionChooseCountry,
    ActionGiveFeedback,
    ActionHelp,
    ActionMenu,
    ActionSmalltalk,
    ActionStartAgain,
    ActionTellTopic,
)
from actions.privacy import ActionConfirmErase, ActionEraseData, ActionPrivacy
from actions.resources import Resources
from content.opening import Opens
from content.people.team import NO_OFFER, Offer, Team
from tests.actions.conftest import SLOTS, Run


def payloads(message: object) -> list[str]:
    return [button.payload for button in message.buttons]  # type: ignore[attr-defined]


def test_danger_in_a_known_country_gives_its_emergency_number_first(run: Run, shared: Resources) -> None:
    (message,), _ = run(ActionDanger(), "they locked me in", intent="danger", entities={"country": "AU"})
    (emergency,) = shared.repository.services("en", country="AU", kinds=("emergency",))
    assert message.kind == "danger"
    assert message.services[0].phones == list(emergency.phones)
    assert shared.words.say("danger.locked-in", "en") in message.text


def test_danger_in_an_unknown_country_asks_where_and_still_gives_numbers(run: Run, shared: Resources) -> None:
    (message,), _ = run(ActionDanger(), "my boss beats me", intent="danger")
    assert shared.words.say("danger.where", "en") in message.text
    assert message.services
    assert {"danger:AU", "danger:NZ", "danger:VU"} <= set(payloads(message))


def test_danger_in_a_country_without_a_number_says_so(run: Run, shared: Resources) -> None:
    (message,), _ = run(ActionDanger(), "my boss beats me", intent="danger", entities={"country": "KI"})
    assert shared.repository.services("en", country="KI", kinds=("emergency",))[0].phones == ()
    assert message.kind == "danger"
    assert message.buttons


def test_a_home_that_somebody_wants_to_go_back_to_is_not_where_they_are(run: Run) -> None:
    home = {"country": "VU"}
    (message,), _ = run(
        ActionDanger(), "i am locked in, i want to go home to vanuatu", intent="danger", entities=home
    )
    assert {"danger:AU", "danger:VU"} <= set(payloads(message))
    assert len(message.services) >= 3
    (abroad,), _ = run(
        ActionDanger(), "i want to go home to vanuatu", entities=home, slots={"destination": "AU"}
    )
    assert abroad.services[0].id == "au-emergency"
    assert "vu-emergency" in [service.id for service in abroad.services]


def test_a_second_cry_is_answered_as_fully_as_the_first(run: Run) -> None:
    known = {"destination": "AU"}
    (first,), slots = run(ActionDanger(), "they locked me in", intent="danger", slots=known)
    (second,), _ = run(ActionDanger(), "he is at the door", intent="danger", slots=slots)
    assert second.services[0].id == first.services[0].id


def test_a_cry_whose_words_stayed_outside_is_answered_in_its_language(run: Run) -> None:
    from_the_net = {"danger_kind": "locked-in"}
    (message,), slots = run(ActionDanger(), "/danger", entities=from_the_net, hint="en", written_in="bi")
    assert message.language == "bi"
    (next_one,), _ = run(ActionDanger(), "/danger", entities={"country": "AU"}, hint="en", slots=slots)
    assert next_one.language == "bi"


def test_danger_remembers_the_destination_but_lets_it_be_corrected(run: Run) -> None:
    (message,), slots = run(ActionDanger(), "help", intent="danger", slots={"destination": "NZ"})
    assert "danger" in payloads(message)
    (again,), _ = run(ActionDanger(), "/danger", intent="danger", slots=slots)
    assert "danger:AU" in payloads(again)


@pytest.mark.parametrize("language", ["en", "bi", "tpi"])
@pytest.mark.parametrize(
    ("action", "intent"),
    [
        *((ActionSmalltalk(), intent) for intent in (
            "greet", "thanks", "goodbye", "who_are_you", "how_are_you", "insult", "affirm", "deny",
        )),
        (ActionHelp(), "help"),
        (ActionMenu(), "menu"),
        (ActionStartAgain(), "start_again"),
        (ActionHandover(), "ask_person"),
        (ActionPrivacy(), "privacy"),
        (ActionEraseData(), "erase_data"),
        (ActionDanger(), "danger"),
    ],
)  # fmt: skip
def test_every_reply_is_in_the_persons_language_and_no_dead_end(
    run: Run, shared: Resources, action: Action, intent: str, language: str
) -> None:
    assert language in shared.words.languages()
    (message,), _ = run(action, "", intent=intent, hint=language)
    assert message.language == language
    assert message.text.strip()
    assert message.buttons
    assert all(len(button.payload.encode()) <= 64 for button in message.buttons)


def test_a_language_asked_for_is_spoken_from_then_on(run: Run) -> None:
    messages, slots = run(ActionChangeLanguage(), "Bislama plis", entities={"language": "bi"})
    assert {message.language for message in messages} == {"bi"}
    assert (slots["language"], slots["language_chosen"]) == ("bi", True)


def test_after_a_change_of_language_the_last_answer_is_told_again(run: Run) -> None:
    messages, _ = run(
        ActionChangeLanguage(),
        "/choose_language",
        entities={"language": "tpi"},
        slots={"last_answer": "palm.tax"},
    )
    assert [message.answer for message in messages] == [None, "palm.tax"]


def test_without_a_known_language_all_are_offered(run: Run, shared: Resources) -> None:
    for entities in ({}, {"language": "xx"}):
        (message,), slots = run(ActionChangeLanguage(), "language", entities=entities)
        assert payloads(message) == [f"language:{code}" for code in shared.repository.languages()]
        assert {"language:en", "language:bi", "language:tpi"} <= set(payloads(message))
        assert not slots["language_chosen"]


def test_the_pages_of_a_long_topic_tell_every_answer_once(run: Run, shared: Resources) -> None:
    told, page = [], "topic:palm"
    while page:
        (message,), _ = run(ActionTellTopic(), entities={"topic": page.removeprefix("topic:")})
        offered = payloads(message)
        told += [payload.removeprefix("answer:") for payload in offered if payload.startswith("answer:")]
        page = next((payload for payload in offered if payload.startswith("topic:")), "")
    assert len(told) > 12
    assert told == [answer.key for answer in shared.repository.answers("en") if answer.topic == "palm"]


@pytest.mark.parametrize("page", ["palm.0", "palm.99", "palm.x", "palm."])
def test_a_page_that_is_not_there_is_the_first_one(run: Run, page: str) -> None:
    (message,), _ = run(ActionTellTopic(), entities={"topic": page})
    (first,), _ = run(ActionTellTopic(), entities={"topic": "palm"})
    assert message.buttons == first.buttons


def test_a_topic_lists_its_answers_and_an_unknown_one_leads_to_the_menu(run: Run) -> None:
    (topic,), _ = run(ActionTellTopic(), entities={"topic": "palm"})
    assert "answer:palm.cost" in payloads(topic)
    (menu,), _ = run(ActionTellTopic(), entities={"topic": "nothing"})
    assert "topic:palm" in payloads(menu)


def test_starting_again_forgets_the_corridor_but_not_the_language(run: Run) -> None:
    known = {
        "origin": "VU",
        "destination": "AU",
        "scheme": "PALM",
        "language": "bi",
        "last_answer": "palm.tax",
    }
    (message,), slots = run(ActionStartAgain(), intent="start_again", slots=known)
    assert message.language == "bi"
    assert [slots[name] for name in ("origin", "destination", "scheme", "last_answer")] == [None] * 4


def test_a_person_is_asked_for_and_the_country_known(run: Run) -> None:
    (message,), _ = run(ActionHandover(), intent="ask_person", slots={"destination": "AU"})
    assert any(service.phones for service in message.services)


def test_a_person_is_asked_for_and_the_country_not_known(run: Run) -> None:
    (message,), _ = run(ActionHandover(), intent="ask_person")
    assert "country:AU" in payloads(message)
    (told,), slots = run(ActionChooseCountry(), intent="choose_country", entities={"country": "AU"})
    assert told.services
    assert slots["destination"] == "AU"


@pytest.mark.parametrize("slots", [{"destination": "AU"}, {}], ids=["country known", "country not known"])
def test_our_team_is_offered_beside_the_services_when_it_is_there(
    run: Run, shared: Resources, monkeypatch: pytest.MonkeyPatch, slots: dict[str, str]
) -> None:
    offers = {"en": Offer(now=True), "bi": Offer(opens=Opens(0, "08:00", "Efate"))}
    monkeypatch.setattr(Team, "offer", lambda _, language: offers.get(language, NO_OFFER))
    (there,), _ = run(ActionHandover(), intent="ask_person", slots=slots)
    assert payloads(there)[0] == "team"
    assert bool(there.services) == bool(slots)
    (closed,), _ = run(ActionHandover(), intent="ask_person", slots=slots, hint="bi")
    assert "team" not in payloads(closed)
    assert "Mandei" in closed.text
    (nobody,), _ = run(ActionHandover(), intent="ask_person", slots=slots, hint="sm")
    assert "team" not in payloads(nobody)


def test_feedback_is_counted_and_an_unhelpful_answer_offers_ways_on(run: Run) -> None:
    (thanks,), _ = run(ActionGiveFeedback(), entities={"answer": "palm.tax", "verdict": "helpful"})
    (sorry,), _ = run(ActionGiveFeedback(), entities={"answer": "palm.tax", "verdict": "unhelpful"})
    assert thanks.text != sorry.text
    assert "person" in payloads(sorry)
    (menu,), _ = run(ActionGiveFeedback(), entities={"answer": "palm.gone", "verdict": "helpful"})
    assert "topic:palm" in payloads(menu)


def test_erasing_asks_once_and_a_typed_yes_is_enough(run: Run) -> None:
    (question,), slots = run(ActionEraseData(), intent="erase_data")
    assert question.effect is None
    assert "erase-yes" in payloads(question)
    (done,), _ = run(ActionSmalltalk(), "yes", intent="affirm", slots=slots)
    assert done.effect == "erased"
    (pressed,), _ = run(ActionConfirmErase(), "/confirm_erase", intent="confirm_erase")
    assert pressed.effect == "erased"


def test_a_yes_to_nothing_erases_nothing(run: Run) -> None:
    (message,), _ = run(ActionSmalltalk(), "yes", intent="affirm")
    assert message.effect is None


def domain() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))
    return content


def test_every_action_of_the_domain_is_there_and_no_other() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(executor.actions) == set(domain()["actions"])
    assert "action_danger" in executor.actions


def test_every_slot_constant_is_in_the_domain() -> None:
    assert set(domain()["slots"]) == SLOTS | {journey.slot for journey in BY_FORM.values()}


def test_every_journey_has_its_form_in_the_domain() -> None:
    forms = domain()["forms"]
    assert {name: form["required_slots"] for name, form in forms.items()} == {
        journey.form: [journey.slot] for journey in BY_FORM.values()
    }
    for journey in BY_FORM.values():
        wanted = {f"validate_{journey.form}", f"action_ask_{journey.slot}", f"action_{journey.slot}"}
        assert wanted <= set(domain()["actions"])
        assert journey.slot in domain()["intents"]


def test_a_question_taken_for_a_wish_for_the_menu_is_answered(run: Run) -> None:
    asked = "how much do i pay to join palm"
    (answer,), slots = run(ActionMenu(), asked, intent="menu", confidence=0.6)
    assert (answer.answer, slots["last_answer"]) == ("palm.cost", "palm.cost")
    (menu,), _ = run(ActionMenu(), asked, intent="menu", confidence=0.95)
    assert menu.kind == "notice"
    (menu,), _ = run(ActionMenu(), "show me all of it", intent="menu", confidence=0.6)
    assert menu.kind == "notice"
    (language,), _ = run(ActionChangeLanguage(), asked, intent="change_language", confidence=0.6)
    assert language.answer == "palm.cost"


def test_a_question_about_privacy_is_told_the_answer_and_how_to_erase(run: Run) -> None:
    (message,), _ = run(ActionPrivacy(), "can my boss read what i write to you", intent="privacy")
    assert message.answer == "privacy.what-is-kept"
    assert payloads(message)[0] == "erase"
    for vague in ("zzyx qwv", "/privacy"):
        (notice,), _ = run(ActionPrivacy(), vague, intent="privacy")
        assert notice.kind == "notice"


def test_who_asks_for_us_in_danger_is_told_that_we_are_here_and_whom_to_call(
    run: Run, shared: Resources
) -> None:
    _, after = run(ActionDanger(), "i want to die", intent="danger", slots={"destination": "NZ"})
    (message,), _ = run(ActionSmalltalk(), "are you there", intent="who_are_you", slots=after)
    assert message.text == shared.words.say("danger.here", "en")
    assert message.services[0].id == "nz-emergency"


def test_somebody_safe_again_is_welcomed_back(run: Run, shared: Resources) -> None:
    (message,), _ = run(ActionSmalltalk(), "i am safe now", intent="i_am_safe")
    assert message.text == shared.words.say("smalltalk.i_am_safe", "en")
