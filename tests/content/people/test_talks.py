"""Talks with our team in the store: one at a time, claimed by one, encrypted, and gone when they must be."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text, update

from content.clock import now
from content.opening import Opens
from content.people import People
from content.people.canned import CannedError, CannedReplies
from content.people.cipher import Cipher
from content.people.desk import Desk, DeskError
from content.people.handovers import Handovers, Request
from content.people.models import HandoverRequest
from content.people.team import NO_OFFER, Hours, HoursError, Offer, Team
from content.staff import Staff
from tests.team import ALWAYS, rows_of_talks

CIPHER = Cipher("a secret key for tests")
WEEK = Hours(offered=True, time_zone="Pacific/Efate", days=(*["08:00-16:30"] * 5, "", ""))


@pytest.fixture
def handovers(people_store: Engine) -> Handovers:
    return Handovers(people_store, CIPHER)


@pytest.fixture
def desk(people_store: Engine) -> Desk:
    return Desk(people_store, CIPHER)


def begin(handovers: Handovers, person: str = "tg-a", **more: object) -> Request:
    request = handovers.open(person, "telegram", "bi", begun="handover.begun", chat=4711, **more)  # type: ignore[arg-type]
    assert request is not None
    return request


def test_a_person_has_one_open_talk_at_a_time(handovers: Handovers, desk: Desk) -> None:
    request = begin(handovers)
    assert handovers.open("tg-a", "telegram", "bi", begun="handover.begun") is None
    assert handovers.end(request, notice="handover.ended")
    assert not handovers.end(request, notice="handover.ended")
    assert not handovers.write(request, "too late")
    assert begin(handovers).id != request.id
    assert len(desk.queue()) == 1


def test_nothing_said_and_no_address_stands_in_the_store_as_it_is(
    handovers: Handovers, desk: Desk, people_store: Engine
) -> None:
    request = begin(handovers, question="Marker-Question")
    handovers.write(request, "Marker-Text")
    desk.claim(request.id, "mere")
    desk.reply(request.id, "mere", "Marker-Reply")
    with people_store.connect() as connection:
        kept = [
            str(connection.execute(text(f"SELECT * FROM {table}")).all())
            for table in ("handover_request", "handover_message")
        ]
    assert "tg-a" in kept[0]
    for mark in ("Marker", "4711"):
        assert mark not in "".join(kept)
    said = [(line.author, line.text) for line in desk.talk(request.id)]
    assert said == [
        ("person", "Marker-Question"),
        ("notice", "handover.begun"),
        ("person", "Marker-Text"),
        ("notice", "handover.joined"),
        ("staff", "Marker-Reply"),
    ]


def test_only_one_of_many_claims_a_request(handovers: Handovers, desk: Desk) -> None:
    request = begin(handovers)

    def claims(name: str) -> bool:
        try:
            desk.claim(request.id, name)
        except DeskError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(claims, "abcdef")) == 1


def test_a_talk_is_handed_back_taken_over_and_closed_by_who_has_it(handovers: Handovers, desk: Desk) -> None:
    request = begin(handovers)
    desk.claim(request.id, "mere")
    for step in (desk.hand_back, desk.close, lambda id_, by: desk.reply(id_, by, "hi")):
        with pytest.raises(DeskError, match="not-claimed"):
            step(request.id, "tia")
    desk.claim(request.id, "tia", over=True)
    desk.hand_back(request.id, "tia")
    assert [one.claimed_by for one in desk.queue()] == [None]
    desk.close(request.id, "mere")
    assert desk.queue() == []
    assert [(one.closed_by, one.claimed_by) for one in desk.closed()] == [("staff", None)]
    assert desk.talk(request.id) == []
    with pytest.raises(DeskError, match="gone"):
        desk.claim(request.id, "mere")


@pytest.mark.parametrize(("said", "reason"), [("  ", "empty"), ("x" * 2001, "too-long")])
def test_a_reply_has_words_but_not_too_many(handovers: Handovers, desk: Desk, said: str, reason: str) -> None:
    request = begin(handovers)
    desk.claim(request.id, "mere")
    with pytest.raises(DeskError, match=reason):
        desk.reply(request.id, "mere", said)


def test_danger_comes_first_then_who_waits_longest(handovers: Handovers, desk: Desk) -> None:
    requests = [begin(handovers, f"tg-{name}") for name in "abc"]
    desk.claim(requests[0].id, "mere")
    handovers.mark_danger(requests[2])
    assert [one.id for one in desk.queue()] == [requests[2].id, requests[1].id, requests[0].id]
    handovers.write(requests[0], "are you there?")
    assert [one.unanswered for one in desk.queue()] == [False, False, True]
    desk.reply(requests[0].id, "mere", "yes")
    assert [one.unanswered for one in desk.queue()] == [False, False, False]


def test_news_are_what_the_team_said_after_a_line(handovers: Handovers, desk: Desk) -> None:
    request = begin(handovers)
    handovers.write(request, "hello")
    assert handovers.news(request, 0) == []
    desk.claim(request.id, "mere")
    desk.reply(request.id, "mere", "one")
    first = handovers.news(request, 0)
    assert [line.text for line in first] == ["handover.joined", "one"]
    assert handovers.news(request, first[-1].id) == []
    assert [line.delivery for line in desk.talk(request.id)][-1] == "delivered"
    assert [line.text for line in handovers.news(request, first[0].id)] == ["one"]


def test_erasing_leaves_no_row_of_the_person_and_touches_nobody_else(
    handovers: Handovers, people_store: Engine
) -> None:
    people = People(people_store)
    for person in ("tg-a", "tg-b"):
        handovers.write(begin(handovers, person), "hello")
    erased = people.erase("tg-a")
    assert (erased["handover_request"], erased["handover_message"]) == (1, 2)
    assert rows_of_talks(people_store) == 3
    assert handovers.lines("tg-a") == []
    people.erase("tg-b")
    assert rows_of_talks(people_store) == 0


def test_talks_in_which_nobody_writes_any_more_go_after_a_time(
    handovers: Handovers, people_store: Engine
) -> None:
    old, new = begin(handovers, "tg-a"), begin(handovers, "tg-b")
    with people_store.begin() as connection:
        long_ago = update(HandoverRequest).where(HandoverRequest.id == old.id)
        connection.execute(long_ago.values(written_at=now() - timedelta(days=31)))
    gone = People(people_store).expire(now().date() - timedelta(days=30))
    assert (gone["handover_request"], gone["handover_message"]) == (1, 1)
    assert handovers.open_of("tg-a") is None
    assert handovers.open_of("tg-b") == new


def test_what_no_key_of_ours_opens_is_left_out(handovers: Handovers, people_store: Engine) -> None:
    begin(handovers)
    other = Handovers(people_store, Cipher("another key"))
    assert other.lines("tg-a") == []
    assert other.open_of("tg-a") is not None


@pytest.mark.parametrize(
    ("utc", "offer"),
    [
        ("2026-11-22 20:59", Offer(opens=Opens(0, "08:00", "Efate"))),  # Monday, 07:59 in Port Vila
        ("2026-11-22 21:00", Offer(now=True)),
        ("2026-11-23 05:30", Offer(now=True)),
        ("2026-11-23 05:31", Offer(opens=Opens(1, "08:00", "Efate"))),
        ("2026-11-27 06:00", Offer(opens=Opens(0, "08:00", "Efate"))),  # Friday evening
    ],
)
def test_the_team_is_there_in_its_hours_by_its_own_clock(utc: str, offer: Offer) -> None:
    moment = datetime.strptime(utc, "%Y-%m-%d %H:%M").replace(tzinfo=UTC).replace(tzinfo=None)
    assert WEEK.offer(moment) == offer


def test_without_hours_or_switched_off_there_is_no_offer() -> None:
    assert Hours().offer(now()) == NO_OFFER
    assert Hours(offered=True).offer(now()) == NO_OFFER
    assert Hours(offered=False, days=ALWAYS.days).offer(now()) == NO_OFFER


def test_the_team_is_offered_only_where_a_counsellor_answers_in_the_language(people_store: Engine) -> None:
    team, staff = Team(people_store), Staff(people_store, CIPHER)
    team.set_hours(ALWAYS)
    staff.create("boss", ["admin"])
    assert team.offer("bi") == NO_OFFER
    staff.create("mere", ["counsellor"], ["bi"])
    assert team.offer("bi") == Offer(now=True)
    assert team.offer("sm") == NO_OFFER
    [mere] = [member for member in staff.members() if member.name == "mere"]
    staff.close(mere.id)
    assert team.offer("bi") == NO_OFFER


@pytest.mark.parametrize(
    ("hours", "reason"),
    [
        (Hours(time_zone="Nowhere/Land"), "bad-zone"),
        (Hours(time_zone="../etc/passwd"), "bad-zone"),
        (Hours(days=("16:00-08:00", *[""] * 6)), "bad-hours"),
        (Hours(days=("8-9", *[""] * 6)), "bad-hours"),
        (Hours(days=("08:00-", *[""] * 6)), "bad-hours"),
    ],
)
def test_hours_that_nobody_could_keep_are_refused(people_store: Engine, hours: Hours, reason: str) -> None:
    with pytest.raises(HoursError, match=reason):
        Team(people_store).set_hours(hours)
    assert Team(people_store).hours() == Hours()


def test_while_the_store_is_away_nobody_is_offered(
    people_store: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with people_store.begin() as connection:
        connection.execute(text("ALTER TABLE team_hours RENAME TO away"))
    assert Team(people_store).offer("en") == NO_OFFER
    assert "cannot be read" in caplog.text


def test_canned_replies_are_kept_changed_and_dropped(people_store: Engine) -> None:
    canned = CannedReplies(people_store)
    canned.keep("bi", "Halo", "Halo, mi save helpem yu olsem wanem?")
    canned.keep("en", "Hello", "Hello.")
    [halo] = canned.of_language("bi")
    canned.keep("bi", "Halo ", " Halo. ", halo.id)
    assert [(one.title, one.text) for one in canned.of_language("bi")] == [("Halo", "Halo.")]
    for title, said in (("", "x"), ("x", " ")):
        with pytest.raises(CannedError, match="empty"):
            canned.keep("bi", title, said)
    canned.drop(halo.id)
    assert canned.of_language("bi") == []
    assert canned.get(halo.id) is None
