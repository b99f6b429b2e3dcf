"""The pages of requests, hours and canned replies over plain forms: who may, and what goes wrong."""

import pytest
from sqlalchemy import select

from bot.settings import Settings
from content.models import AuditEntry
from content.people.cipher import Cipher
from content.people.handovers import Handovers
from content.people.team import Team
from content.store import reading
from tests.bot.console.conftest import SignedIn, words_of
from tests.bot.web.conftest import Parts


@pytest.fixture
def talk(parts: Parts, settings: Settings) -> Handovers:
    """A talk in Bislama in which something was said: request 1."""
    handovers = Handovers(parts.people, Cipher(settings.secret.decode()))
    request = handovers.open("web-a", "web", "bi", begun="handover.begun")
    assert request is not None
    handovers.write(request, "Marker-Text")
    return handovers


def audit(parts: Parts) -> list[tuple[str, str]]:
    """What the log says of requests, hours and canned replies."""
    ours = ("audit.request", "audit.team", "audit.canned")
    with reading(parts.content) as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(one.sentence, str(dict(one.values))) for one in entries if one.sentence.startswith(ours)]


def test_nothing_is_shown_of_a_talk_before_it_is_taken(signed_in: SignedIn, talk: Handovers) -> None:
    mere = signed_in("mere", "counsellor")
    for path in ("/staff/requests", "/staff/requests/1", "/staff/requests/1/talk"):
        assert "Marker-Text" not in mere.get(path, follow_redirects=True).text
    assert "Marker-Text" in mere.post("/staff/requests/1/claim").text
    assert "Marker-Text" not in signed_in("tia", "counsellor").get("/staff/requests/1").text


def test_a_counsellor_of_other_languages_is_refused(signed_in: SignedIn, talk: Handovers) -> None:
    sina = signed_in("sina", "counsellor", languages=["sm"])
    assert "Not one of your languages" in words_of(sina.get("/staff/requests"))
    assert sina.get("/staff/requests/1").status_code == 403
    for step in ("claim", "reply", "close", "hand-back"):
        assert sina.post(f"/staff/requests/1/{step}", text="x").status_code == 403


def test_steps_that_cannot_be_taken_are_told_and_lose_no_text(
    signed_in: SignedIn, talk: Handovers, parts: Parts
) -> None:
    mere, tia = signed_in("mere", "counsellor"), signed_in("tia", "counsellor")
    assert "Take this request first" in words_of(mere.post("/staff/requests/1/reply", text="hi"))
    mere.post("/staff/requests/1/claim")
    assert "just taken" in words_of(tia.post("/staff/requests/1/claim"))
    assert "Take this request first" in words_of(tia.post("/staff/requests/1/close"))
    empty = mere.post("/staff/requests/1/reply", text=" ")
    assert (empty.status_code, "Write something first" in words_of(empty)) == (422, True)
    assert "x" * 2001 in mere.post("/staff/requests/1/reply", text="x" * 2001).text
    request = talk.open_of("web-a")
    assert request is not None
    talk.end(request, notice="handover.ended")
    late = mere.post("/staff/requests/1/reply", text="Marker-Late")
    assert "closed meanwhile" in words_of(late)
    assert mere.get("/staff/requests/9").status_code == 404
    assert "This request is gone" in words_of(mere.get("/staff/requests/x"))


def test_every_step_is_in_the_log_without_a_word_of_the_talk(
    signed_in: SignedIn, talk: Handovers, parts: Parts
) -> None:
    mere, tia = signed_in("mere", "counsellor"), signed_in("tia", "counsellor")
    mere.post("/staff/requests/1/claim")
    mere.post("/staff/requests/1/reply", text="Marker-Reply")
    tia.post("/staff/requests/1/claim", over="yes")
    tia.post("/staff/requests/1/hand-back")
    mere.post("/staff/requests/1/close")
    assert [sentence for sentence, _ in audit(parts)] == [
        "audit.request-claimed",
        "audit.request-taken-over",
        "audit.request-handed-back",
        "audit.request-closed",
    ]
    assert "Marker" not in str(audit(parts))
    assert "'name': 'mere'" in audit(parts)[1][1]


def test_the_page_that_looks_for_news_gets_them_once(signed_in: SignedIn, talk: Handovers) -> None:
    mere = signed_in("mere", "counsellor")
    page = mere.post("/staff/requests/1/claim")
    address = page.text.split('hx-get="')[1].split('"')[0]
    htmx = {"hx-request": "true"}
    assert mere.get(address, headers=htmx).status_code == 204
    request = talk.open_of("web-a")
    assert request is not None
    talk.write(request, "Marker-News")
    assert "Marker-News" in mere.get(address, headers=htmx).text
    gone = mere.get("/staff/requests/7/talk", headers=htmx)
    assert (gone.status_code, gone.headers["hx-refresh"]) == (204, "true")


def test_hours_are_set_and_wrong_ones_told(signed_in: SignedIn, parts: Parts) -> None:
    mere = signed_in("mere", "counsellor")
    days = {"begins": ["08:00"] * 5 + ["", ""], "ends": ["16:30"] * 5 + ["", ""]}
    said = mere.post("/staff/requests/hours", offered="yes", time_zone="Pacific/Efate", **days)
    assert "The hours are saved" in words_of(said)
    assert Team(parts.people).hours().days == (*["08:00-16:30"] * 5, "", "")
    assert 'value="08:00"' in mere.get("/staff/requests/hours").text
    wrong = mere.post("/staff/requests/hours", time_zone="Pacific/Nowhere", **days)
    assert (wrong.status_code, "no such time zone" in words_of(wrong)) == (422, True)
    late = mere.post("/staff/requests/hours", time_zone="UTC", begins=["16:00"], ends=["08:00"])
    assert "Monday: give two times" in words_of(late)
    assert audit(parts) == [("audit.team-hours", "{}")]


def test_canned_replies_are_kept_put_in_and_deleted(signed_in: SignedIn, talk: Handovers) -> None:
    mere = signed_in("mere", "counsellor", languages=["bi"])
    assert mere.post("/staff/requests/canned", language="sm", title="x", text="y").status_code == 403
    empty = mere.post("/staff/requests/canned", language="bi", title="Halo", text="")
    assert "Give it a name and a text" in words_of(empty)
    kept = mere.post("/staff/requests/canned", language="bi", title="Halo", text="Marker-Canned")
    assert "Marker-Canned" in kept.text
    mere.post("/staff/requests/canned", language="bi", title="Halo ia", text="Marker-Changed", id="1")
    mere.post("/staff/requests/1/claim")
    with_it = mere.post("/staff/requests/1/reply", text="So far", canned="1")
    assert "So far\nMarker-Changed" in with_it.text
    assert len(talk.lines("web-a")) == 3  # nothing was sent
    assert "is deleted" in words_of(mere.post("/staff/requests/canned/drop", id="1"))
    assert "There are none yet" in words_of(mere.get("/staff/requests/canned?language=bi"))


def test_the_first_page_shows_what_waits_for_a_counsellor(signed_in: SignedIn, talk: Handovers) -> None:
    mere = signed_in("mere", "counsellor")
    assert "1 Request 1 Bislama" in words_of(mere.get("/staff"))
    mere.post("/staff/requests/1/claim")
    mere.post("/staff/requests/1/reply", text="Halo")
    assert "Request 1" not in words_of(mere.get("/staff"))
    assert "Request 1" not in words_of(signed_in("tia", "editor").get("/staff"))
