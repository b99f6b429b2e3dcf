"""The guided journeys over the public API: to their ends in every language, by buttons and by words."""

import contextlib
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from content.journeys.money_steps import SUMS
from content.journeys.spoken import spoken
from content.words import Words
from tests.conftest import copy_of
from tests.processes import descendants, wait_until_ready
from tests.product import Product, product
from tests.test_product import until

WORDS = Words(Path("locales"))
LANGUAGES = WORDS.languages()
JOURNEYS = (
    "fee-check",
    "agency-check",
    "offer-check",
    "service-finder",
    "orientation",
    "career-guide",
    "money",
    "checklist",
)
MOST_TURNS = 40
# What is told in words: a country as the language names it, an amount as anybody types it.
ORIGIN = {"en": "Vanuatu", "bi": "Vanuatu", "tpi": "Papua Niugini", "tet": "Timor-Leste", "sm": "Samoa",
          "fil": "Pilipinas"}  # fmt: skip
WORK = {language: spoken(language).steps["experience"]["none"][0] for language in LANGUAGES}
AMOUNT = "50,000 vatu"
# What is told where nothing can be chosen, by the words of the question; an amount to all others.
FREE = {"career-guide.ask.age": "30", "checklist.ask.departure": "15/12/2027", "money.ask.stay": "9",
        "agency-check.ask.name": "Blue Lagoon"}  # fmt: skip


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, filled_stores: Path) -> Iterator[Product]:
    with product(copy_of(filled_stores, tmp_path_factory.mktemp("journeys") / "var")) as started:
        yield started


class Talk:
    """One conversation in one language."""

    def __init__(self, running: Product, language: str) -> None:
        self._running, self._language = running, language
        self._token: str | None = None
        self.messages: list[dict[str, Any]] = []

    def say(self, text: str | None = None, **body: Any) -> dict[str, Any]:
        """One turn; the last message of the reply."""
        reply = self._running.say(text, conversation=self._token, language=self._language, **body)
        self._token, self.messages = reply["conversation"], reply["messages"]
        return self.last

    def press(self, payload: str) -> dict[str, Any]:
        """One button."""
        return self.say(payload=payload)

    @property
    def last(self) -> dict[str, Any]:
        return self.messages[-1]

    @property
    def payloads(self) -> list[str]:
        return [button["payload"] for button in self.last["buttons"]]


def next_button(payloads: list[str], journey: str) -> str:
    """The first choice of the question; nothing more where one more is asked for."""
    own = [payload for payload in payloads if payload.startswith(f"{journey}:")]
    enough = [payload for payload in own if payload.endswith(".no")] if "more-" in str(own[:1]) else own
    return (enough or ["control:skip"])[0]


def titles(journey: str, language: str) -> tuple[str, ...]:
    """What the result of a journey is called; that of money has one title for each of its sums."""
    own = [f"money.{each}.title" for each in SUMS] if journey == "money" else [f"{journey}.title"]
    return tuple(WORDS.say(title, language) for title in own)


def wish(journey: str, language: str) -> str:
    """How a person asks for a journey in a language."""
    examples = Path(f"data/nlu/{language}/{journey.replace('-', '_')}.yml").read_text(encoding="utf-8")
    (lines,) = (each["examples"] for each in yaml.safe_load(examples)["nlu"])
    return str(lines.splitlines()[0].removeprefix("- "))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_journey_comes_to_its_end_with_buttons_only(running: Product, journey: str, language: str) -> None:
    talk = Talk(running, language)
    talk.press(f"language:{language}")
    talk.press(journey)
    for _ in range(MOST_TURNS):
        assert (talk.last["kind"], talk.last["language"]) == ("journey", language)
        if "control:stop" not in talk.payloads:
            break
        talk.press(next_button(talk.payloads, journey))
    assert talk.last["title"] in titles(journey, language)
    assert talk.last["text"].strip()


def typed(text: str, payloads: list[str], journey: str, language: str) -> str:
    """What a person types to the last question: words of the language, never a button."""
    asked = next((each for each in payloads if each.startswith(f"{journey}:")), None)
    if asked is None:
        return next((told for words, told in FREE.items() if WORDS.say(words, language) in text), AMOUNT)
    step, _, value = asked.removeprefix(f"{journey}:").partition(".")
    about = "number" if step.endswith("-answer") else step.rstrip("0123456789").rstrip("-")
    about = "screen" if about.endswith("-s") else "per" if about.endswith("-per") else about
    ways = spoken(language).steps
    known = {"origin": ORIGIN[language], "country": ORIGIN[language], "place": "PALM", "course": "PALM",
             "list": "PALM", "amount": "kina", "more": ways["more"]["no"][0],
             "work": ways["experience"].get(value, [""])[0] or WORK[language]}  # fmt: skip
    if about in known:
        return known[about]
    if value[:1].isdecimal() and about not in ways:
        return AMOUNT if value[-3:].isupper() else value
    return ways[about if about in ways else "answer"][value][0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_journey_comes_to_its_end_in_words_only(running: Product, journey: str, language: str) -> None:
    talk = Talk(running, language)
    talk.press(f"language:{language}")
    talk.say(wish(journey, language))
    for _ in range(MOST_TURNS):
        assert talk.last["kind"] == "journey", talk.last["text"]
        assert talk.last["language"] == language
        if "control:stop" not in talk.payloads:
            break
        hint = WORDS.say("journey.hint.choice", language)
        talk.say(typed(talk.last["text"], talk.payloads, journey, language))
        assert hint not in talk.last["text"]
    assert talk.last["title"] in titles(journey, language)


def at_the_amount(running: Product, language: str = "en") -> Talk:
    """A fee check that asks how much."""
    talk = Talk(running, language)
    for payload in (
        "fee-check",
        "fee-check:origin.VU",
        "fee-check:place.scheme.PALM",
        "fee-check:fee-1.placement",
    ):
        talk.press(payload)
    assert WORDS.say("fee-check.ask.amount", language) in talk.last["text"]
    return talk


def test_a_question_in_the_middle_is_answered_and_the_journey_goes_on(running: Product) -> None:
    talk = at_the_amount(running)
    talk.say("can i bring my family with me on palm?")
    answer, question = talk.messages
    assert (answer["kind"], answer["answer"]) == ("answer", "palm.family")
    assert question["text"].startswith(WORDS.say("journey.on", "en"))
    talk.say("20,000 vatu")
    assert WORDS.say("fee-check.ask.asker", "en") in talk.last["text"]


def test_a_question_that_sounds_like_another_journey_is_answered_and_this_one_goes_on(
    running: Product,
) -> None:
    talk = at_the_amount(running)
    talk.say("how budjet my pay")
    answer, question = talk.messages
    assert (answer["kind"], answer["answer"]) == ("answer", "money.budget")
    assert question["text"].startswith(WORDS.say("journey.on", "en"))
    talk.say("20,000 vatu")
    assert WORDS.say("fee-check.ask.asker", "en") in talk.last["text"]


def test_a_question_that_sounds_like_a_journey_is_answered_and_none_begins(running: Product) -> None:
    talk = Talk(running, "en")
    talk.say("how budjet my pay")
    assert [(message["kind"], message["answer"]) for message in talk.messages] == [("answer", "money.budget")]
    talk.say("20,000 vatu")
    assert not any(payload.startswith("money:") for payload in talk.payloads)


def test_danger_in_the_middle_gets_the_safety_reply_alone_and_a_way_back(running: Product) -> None:
    talk = at_the_amount(running)
    talk.say("my boss locked me in and took my passport")
    assert [message["kind"] for message in talk.messages] == ["danger"]
    assert "control:on" in talk.payloads
    talk.press("control:on")
    assert WORDS.say("fee-check.ask.amount", "en") in talk.last["text"]


def test_the_language_is_changed_in_the_middle(running: Product) -> None:
    talk = at_the_amount(running)
    talk.say("Bislama plis")
    assert talk.last["language"] == "bi"
    assert WORDS.say("fee-check.ask.amount", "bi") in talk.last["text"]


def test_going_back_and_an_older_button_correct_what_was_told(running: Product) -> None:
    talk = at_the_amount(running)
    talk.say("back")
    assert WORDS.say("fee-check.ask.fee", "en") in talk.last["text"]
    talk.press("fee-check:origin.PG")
    talk.press("fee-check:fee-1.visa")
    assert "Visa" in talk.last["text"]


def test_why_it_is_asked_is_told_and_the_question_stays(running: Product) -> None:
    talk = at_the_amount(running)
    talk.say("why do you ask?")
    assert WORDS.say("fee-check.why.amount", "en") in talk.last["text"]
    assert WORDS.say("fee-check.ask.amount", "en") in talk.last["text"]


def test_nonsense_three_times_shows_ways_out_and_loses_nothing(running: Product) -> None:
    talk = at_the_amount(running)
    for nonsense in ("blorp zark", "wibble", "frumious snark"):
        talk.say(nonsense)
        assert WORDS.say("journey.hint.amount", "en") in talk.last["text"]
    assert {"person", "menu"} <= set(talk.payloads)
    talk.say("20,000 vatu")
    assert WORDS.say("fee-check.ask.asker", "en") in talk.last["text"]


def test_an_amount_without_its_currency_is_asked_for_with_the_countries_own(running: Product) -> None:
    talk = Talk(running, "en")
    talk.press("fee-check")
    for step in ("origin.VU", "place.country.AU", "fee-1.visa"):
        talk.press(f"fee-check:{step}")
    talk.say("500")
    assert WORDS.say("journey.ask.currency", "en") in talk.last["text"]
    assert {"fee-check:amount-1.500-VUV", "fee-check:amount-1.500-AUD"} <= set(talk.payloads)
    talk.say("vatu")
    assert WORDS.say("fee-check.ask.asker", "en") in talk.last["text"]


def test_who_stops_is_let_go_and_nothing_is_remembered(running: Product) -> None:
    talk = at_the_amount(running)
    talk.say("stop")
    assert [message["kind"] for message in talk.messages] == ["journey"]
    assert talk.last["text"] == WORDS.say("journey.stopped", "en")
    talk.press("control:back")
    assert talk.last["text"] == WORDS.say("menu.text", "en")


def test_the_result_names_the_rule_its_source_its_day_and_who_takes_complaints(running: Product) -> None:
    talk = at_the_amount(running)
    for turn in ("20,000 vatu", "a friend", "no", "no"):
        talk.say(turn)
    result = talk.last
    assert WORDS.say("fee-check.verdict.forbidden", "en") in result["text"]
    assert result["sources"]
    assert result["checked_on"]
    assert "vu-lsu" in [service["id"] for service in result["services"]]
    talk.press("fee-check:change.last")
    assert WORDS.say("fee-check.ask.paid", "en") in talk.last["text"]


def test_who_asks_what_we_keep_is_shown_what_they_told_and_erases_it(running: Product) -> None:
    talk = at_the_amount(running)
    talk.press("privacy")
    assert WORDS.say("privacy.told", "en") in talk.messages[0]["text"]
    assert "Vanuatu, PALM scheme (Australia), For getting the job (agent's fee)" in talk.messages[0]["text"]
    talk.press("erase")
    talk.press("erase-yes")
    talk.press("privacy")
    assert WORDS.say("privacy.told", "en") not in talk.messages[0]["text"]


def test_the_short_course_is_stopped_and_gone_on_with_where_it_was_left(running: Product) -> None:
    talk = Talk(running, "en")
    for payload in ("orientation", "orientation:course.PALM", "orientation:PALM-money-s1.next"):
        talk.press(payload)
    assert talk.payloads[0] == "orientation:PALM-money-s2.next"
    talk.say("stop")
    assert talk.last["text"] == WORDS.say("journey.stopped-kept", "en")
    talk.say("continue the course")
    assert talk.payloads[0] == "orientation:PALM-money-s2.next"


def test_the_short_course_tells_why_an_answer_is_right_and_counts_at_the_end(running: Product) -> None:
    talk = Talk(running, "en")
    for payload in ("orientation", "orientation:course.PALM"):
        talk.press(payload)
    for screen in ("1", "2", "3"):
        talk.press(f"orientation:PALM-money-s{screen}.next")
    talk.press("orientation:PALM-money-answer.1")
    assert "The right answer is 2" in talk.last["text"]
    talk.press("control:back")
    talk.say("two")
    assert talk.last["text"].startswith(WORDS.say("orientation.right", "en"))


def test_what_is_done_is_told_in_numbers_and_kept_while_something_else_is_asked(running: Product) -> None:
    talk = Talk(running, "en")
    for payload in ("checklist", "checklist:list.PALM"):
        talk.press(payload)
    talk.say("15/12/2027")
    assert "Done: 0 of 14." in talk.last["text"]
    talk.say("2 and 3")
    assert "Done: 2 of 14." in talk.last["text"]
    talk.say("how do i get a passport?")
    assert [message["kind"] for message in talk.messages] == ["answer"]
    talk.say("3")
    assert "Done: 1 of 14." in talk.last["text"]
    talk.press("checklist:palm-bags.done")
    assert "checklist:palm-bags.open" in talk.payloads
    talk.press("checklist")
    assert "Done: 2 of 14." in talk.last["text"]
    assert "**1.**" in talk.last["text"]
    assert "**2.**" not in talk.last["text"]


OFFER = """Dear applicant, you are selected as kitchen hand in a hotel in New Zealand, salary 5,800 monthly.
Kindly pay the processing fee of 350 by Western Union to Mr Collins and send your passport copy on WhatsApp.
Hurry, last slots."""
SEEN = ("money-before-contract", "personal-account", "passport-asked", "chat-only", "hurry")


def test_a_pasted_offer_is_read_and_the_check_goes_on_from_it(running: Product) -> None:
    talk = Talk(running, "en")
    for payload in ("offer-check", "offer-check:origin.VU"):
        talk.press(payload)
    talk.say(OFFER)
    assert talk.last["text"].startswith(WORDS.say("offer-check.read", "en"))
    for sign in SEEN:
        assert WORDS.say(f"offer-check.sign.{sign}", "en") in talk.last["text"]
    assert WORDS.say("offer-check.ask.visa", "en") in talk.last["text"]


def test_a_pasted_offer_alone_is_warned_of_and_its_check_begins_with_what_was_read(running: Product) -> None:
    talk = Talk(running, "en")
    talk.press("language:en")
    talk.say(OFFER)
    assert WORDS.say("offer-check.seen", "en") in talk.last["text"]
    assert talk.payloads[0] == "offer-check"
    talk.press("offer-check")
    assert WORDS.say("offer-check.sign.hurry", "en") in talk.last["text"]
    assert WORDS.say("offer-check.ask.origin", "en").rpartition("\n")[2] in talk.last["text"]


def test_on_the_web_nobody_is_promised_a_reminder(running: Product) -> None:
    talk = Talk(running, "en")
    for payload in ("checklist", "checklist:list.RSE"):
        talk.press(payload)
    talk.say("15/12/2027")
    assert "checklist:remind.ask" not in talk.payloads
    talk.press("checklist:remind.elsewhere")
    assert talk.last["text"].startswith(WORDS.say("checklist.remind-only-telegram", "en"))
    assert "reminding" not in talk.last


def test_a_wish_that_says_which_sum_is_not_asked_again(running: Product) -> None:
    talk = Talk(running, "en")
    talk.say("how long to pay back my loan")
    assert WORDS.say("money.ask.loan", "en") in talk.last["text"]


@pytest.mark.parametrize("part", ["bot\\.nlu\\.engine", "-m actions"])
def test_killing_a_part_in_the_middle_loses_no_answered_step(running: Product, part: str) -> None:
    talk = at_the_amount(running)
    killed = process_like(part, running.pid)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    until(lambda: process_like(part, running.pid) not in (None, killed), "the supervisor has restarted it")
    wait_until_ready(f"{running.address}/readyz", running.log)
    talk.say("20,000 vatu")
    assert WORDS.say("fee-check.ask.asker", "en") in talk.last["text"]


def process_like(pattern: str, pid: int) -> int | None:
    """The descendant whose command line has the pattern; None if none has."""
    for child in descendants(pid):
        with contextlib.suppress(OSError):
            command = Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
            if re.search(pattern, command):
                return child
    return None


PORT_VILA = {"lat": -17.74, "lon": 168.31}


def test_a_position_tells_the_service_finder_the_country_and_is_not_kept(running: Product) -> None:
    talk = Talk(running, "bi")
    for payload in ("language:bi", "service-finder", "service-finder:need.wages"):
        talk.press(payload)
    assert talk.last["asks_where"] == "service-finder:country."
    talk.say(location=PORT_VILA)
    assert talk.last["title"] == WORDS.say("service-finder.title", "bi")
    assert talk.last["text"].startswith(WORDS.say("position.taken", "bi", country="Vanuatu"))
    assert talk.last["language"] == "bi"
    assert "vu-lsu" in [service["id"] for service in talk.last["services"]]
    kept = b"".join(path.read_bytes() for path in running.data.glob("*.sqlite*"))
    assert b"service_finder" in kept
    assert b"168.31" not in kept


def test_a_position_begins_the_service_finder_in_its_country(running: Product) -> None:
    talk = Talk(running, "en")
    talk.say(location=PORT_VILA)
    assert WORDS.say("service-finder.ask.need", "en") in talk.last["text"]
    talk.press("service-finder:need.wages")
    assert "Vanuatu" in talk.last["text"]


def test_a_position_after_a_cry_tells_whom_to_call_there(running: Product) -> None:
    talk = Talk(running, "en")
    talk.press("danger")
    talk.say(location={"lat": 29.37, "lon": 47.97})
    assert talk.last["kind"] == "danger"
    assert "kw-emergency" in [service["id"] for service in talk.last["services"]]
