"""Staff try the bot in the console. With the real engine: tests/test_product.py."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from content.people.models import UnansweredQuestion
from tests.bot.console.conftest import SignedIn, words_of
from tests.bot.console.test_people import Desk
from tests.bot.web.conftest import Parts
from tests.bot.web.test_accessibility import barriers

PLACE = "/staff/try"
QUESTION = "how much do I pay to join PALM?"


def test_the_bot_replies_beside_its_reason_and_goes_on(signed_in: SignedIn, parts: Parts) -> None:
    parts.conversation.search.now()
    mere = signed_in("mere", "editor")
    page = mere.post(PLACE, text=QUESTION, language="en")
    words = words_of(page)
    assert QUESTION in words
    assert "What does it cost to join PALM?" in words
    assert "Cry for help? No" in words
    assert "The engine did not reply. This is what people are told until it is back." in words
    page = mere.post(PLACE, payload="menu", language="en")
    assert "What does it cost to join PALM?" in words_of(page)
    assert page.text.count('class="why"') >= 2


def test_a_cry_for_help_is_told_as_what_it_is(signed_in: SignedIn) -> None:
    mere = signed_in("mere", "editor")
    assert "Cry for help? Yes" in words_of(
        mere.post(PLACE, text="they locked me in the house", language="en")
    )


def test_nothing_that_is_tried_waits_for_an_answer(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    page = mere.post(PLACE, text="can i bring my dog and my surfboard", language="en")
    assert "Cry for help?" in words_of(page)
    with parts.people.connect() as store:
        assert store.scalar(select(func.count()).select_from(UnansweredQuestion)) == 0


def test_the_team_is_not_called_from_here(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "editor")
    page = mere.post(PLACE, payload="team-yes", language="en")
    assert "From here nobody calls the team" in words_of(page)
    assert parts.conversation.handover.store.open_of("staff") is None


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"text": "   "}, "Please write"),
        ({"text": "a" * 2_001}, "2000"),
        ({"payload": "no-such-thing"}, "button"),
    ],
)
def test_what_cannot_be_said_is_refused_with_a_reason(
    signed_in: SignedIn, said: dict[str, str], reason: str
) -> None:
    mere = signed_in("mere", "editor")
    page = mere.post(PLACE, language="en", **said)
    assert page.status_code == 422
    assert reason in words_of(page).replace("\u202f", "").replace(",", "")


def test_a_talk_begins_again_and_is_nobody_elses(signed_in: SignedIn) -> None:
    mere, joe = signed_in("mere", "editor"), signed_in("joe", "editor")
    mere.post(PLACE, text=QUESTION, language="en")
    assert QUESTION in words_of(mere.get(PLACE))
    assert QUESTION not in words_of(joe.get(PLACE))
    mere.post(PLACE, do="again", language="en")
    assert QUESTION not in words_of(mere.get(PLACE))


def test_a_counsellor_tries_nothing(signed_in: SignedIn) -> None:
    nema = signed_in("nema", "counsellor")
    assert nema.get(PLACE).status_code == 403
    assert nema.post(PLACE, text=QUESTION).status_code == 403


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_talk_in_the_browser_has_no_barrier(desk: Desk, width: int, scheme: str) -> None:
    page = desk("mere", "editor", viewport={"width": width, "height": 740}, color_scheme=scheme)
    page.get_by_role("link", name="Try it", exact=True).click()
    page.get_by_label("Message").fill(QUESTION)
    page.get_by_label("Message").press("Enter")
    page.get_by_text("Answers that came into question").or_(
        page.get_by_text("The engine did not")
    ).first.wait_for()
    assert page.get_by_label("Message").input_value() == ""
    assert barriers(page) == []
    wide = (
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth)"
    )
    assert page.evaluate(f"{wide}.map(e => e.outerHTML.slice(0, 80))") == []


def test_the_talk_stands_beside_the_work(desk: Desk) -> None:
    page = desk("mere", "editor", viewport={"width": 1280, "height": 740})
    page.goto("/staff/answers/palm.cost/default/en")
    beside = page.get_by_role("complementary", name="Try it")
    beside.get_by_text("Try it").first.click()
    beside.get_by_label("Message").fill(QUESTION)
    beside.get_by_label("Message").press("Enter")
    beside.get_by_role("term").first.wait_for()
    expect(beside.get_by_text(QUESTION)).to_be_visible()
    assert page.url.endswith("/staff/answers/palm.cost/default/en")
    assert barriers(page) == []
