"""The chat page as a browser without scripts uses it: pages and plain form posts."""

import gzip
import re
from typing import Any

import pytest

from bot.conversation import MAX_TEXT
from tests.bot.web.conftest import Client, StartClient
from tests.bot.web.page_checks import Page, faults

QUESTION = "How much do I pay to join PALM?"
BUDGET = 20 * 1024


def fields(html: str, form: str = "write") -> dict[str, str]:
    """The hidden fields of a form of the page."""
    part = re.search(rf'<form id="{form}".*?</form>', html, re.DOTALL)
    assert part
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', part[0]))
    assert set(found) == {"conversation", "turn"}
    return found


def lines(html: str) -> list[str]:
    """The lines of the talk, as text."""
    page = Page(html)
    talk = (
        one for one in page.all("li") if (one.attributes.get("class") or "").split()[:1] in (["me"], ["bot"])
    )
    return [" ".join(one.text.split()) for one in talk]


def said(html: str) -> list[str]:
    """What the person said, as the page shows it."""
    return [line.removeprefix("You: ") for line in lines(html) if line.startswith("You: ")]


def payloads(html: str) -> list[str | None]:
    return [
        one.attributes.get("value")
        for one in Page(html).all("button")
        if one.attributes.get("name") == "payload"
    ]


def post(client: Client, page: str, **values: str) -> Any:
    return client.post("/chat/en", data={**fields(page), **values})


def test_the_first_page_greets_and_offers_questions(client: Client) -> None:
    page = client.get("/").text
    assert lines(page)[0].startswith("Tokstret: Hello")
    assert {"answer:palm.what-is-it", "danger", "privacy", "language:en"} <= set(payloads(page))


def test_every_page_has_its_own_token_and_turn(client: Client) -> None:
    first, second = fields(client.get("/").text), fields(client.get("/").text)
    assert not set(first.values()) & set(second.values())


def test_a_whole_talk_works_by_plain_posts(client: Client) -> None:
    page = post(client, client.get("/chat/en").text, text=QUESTION).text
    assert said(page) == [QUESTION]
    assert "What does it cost to join PALM?" in page
    page = post(client, page, payload="answer:palm.airfare").text
    assert said(page) == [QUESTION, "Who pays my plane ticket for PALM?"]
    page = post(client, page, payload="danger").text
    assert "bot danger" in page
    page = post(client, page, text="thank you").text
    assert lines(page)[-2] == "You: thank you"
    assert page.count('id="latest"') == 1


def test_a_button_wins_over_a_half_written_text(client: Client) -> None:
    page = post(client, client.get("/chat/en").text, text="half a wo", payload="danger").text
    assert said(page) == ["I am in danger"]


def test_a_form_sent_twice_is_one_turn(client: Client) -> None:
    sent = {**fields(client.get("/chat/en").text), "text": QUESTION}
    first, second = client.post("/chat/en", data=sent).text, client.post("/chat/en", data=sent).text
    assert said(first) == said(second) == [QUESTION]
    assert lines(first) == lines(second)
    assert client.parts.engine.heard == [QUESTION]  # type: ignore[union-attr]


def test_a_form_sent_twice_shows_its_reply_even_if_no_engine_remembers(start_client: StartClient) -> None:
    client = start_client(engine=False)
    sent = {**fields(client.get("/chat/en").text), "text": QUESTION}
    first, second = client.post("/chat/en", data=sent).text, client.post("/chat/en", data=sent).text
    assert lines(first) == lines(second)


def test_the_same_question_asked_twice_is_shown_twice(client: Client) -> None:
    page = post(client, client.get("/chat/en").text, text=QUESTION).text
    assert said(post(client, page, text=QUESTION).text) == [QUESTION, QUESTION]


def test_erasing_empties_the_page_and_changes_the_token(client: Client) -> None:
    page = post(client, client.get("/chat/en").text, text=QUESTION).text
    erased = post(client, page, payload="erase-yes").text
    assert said(erased) == []
    assert len(lines(erased)) == 1
    assert fields(erased)["conversation"] != fields(page)["conversation"]


def test_the_button_of_a_guide_page_begins_a_talk(client: Client) -> None:
    page = client.post("/chat/en", data={"payload": "answer:palm.cost"}).text
    assert said(page) == ["What does it cost to join PALM?"]
    assert fields(page)["conversation"]


@pytest.mark.parametrize(
    ("values", "status", "reason"),
    [
        ({"text": ""}, 422, "Please write something."),
        ({"text": "a" * (MAX_TEXT + 1)}, 422, f"less than {MAX_TEXT}"),
        ({"text": "bell\x07"}, 422, "cannot read"),
        ({"payload": "dance"}, 422, "do not know that button"),
        ({"conversation": "guessed", "text": "hello"}, 403, "begin a new one"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_on_the_page_and_the_text_stays(
    client: Client, values: dict[str, str], status: int, reason: str
) -> None:
    before = post(client, client.get("/chat/en").text, text=QUESTION).text
    reply = post(client, before, **values)
    assert reply.status_code == status
    assert reason in " ".join(
        one.text for one in Page(reply.text).all("p") if one.attributes.get("id") == "status"
    )
    if "conversation" not in values:
        assert said(reply.text) == [QUESTION]
    draft = Page(reply.text).all("textarea")[0].text
    assert draft.replace("\n", "") == values.get("text", "")[:MAX_TEXT].replace("\n", "")


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"text=%ff", "application/x-www-form-urlencoded", 400),
        (b"text=\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a%d=1" % n for n in range(50)), "application/x-www-form-urlencoded", 400),
        (b"text=hello&colour=blue", "application/x-www-form-urlencoded", 422),
        (b"text=hello&turn=" + b"t" * 65, "application/x-www-form-urlencoded", 422),
        (b'{"text": "hello"}', "application/json", 415),
        (b"text=" + b"a" * 70_000, "application/x-www-form-urlencoded", 413),
    ],
    ids=lambda value: str(value)[:40],
)
@pytest.mark.parametrize("path", ["/chat/en", "/chat/en/messages", "/embed/en"])
def test_a_form_that_cannot_be_read_is_met_with_words(
    client: Client, path: str, content: bytes, media_type: str, status: int
) -> None:
    reply = client.post(path, content=content, headers={"content-type": media_type})
    assert reply.status_code == status
    assert reply.headers["content-type"].startswith("text/html")
    assert "{" not in reply.text


def test_what_a_person_writes_is_shown_as_text_only(client: Client) -> None:
    evil = "</li><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    page = post(client, client.get("/chat/en").text, text=evil)
    assert said(page.text) == [evil]
    assert faults(page.text) == []
    assert "<script>alert" not in page.text


def test_the_script_gets_only_the_new_lines(client: Client) -> None:
    sent = {**fields(client.get("/chat/en").text), "text": QUESTION}
    piece = client.post("/chat/en/messages", data=sent).text
    assert len(lines(piece)) == 1
    assert said(piece) == []
    assert Page(piece).wrong == []
    assert f'data-conversation="{sent["conversation"]}"' in piece
    assert "data-again" not in piece
    again = client.post("/chat/en/messages", data=sent).text
    assert lines(again) == lines(piece)
    assert "data-again" in again


def test_the_script_takes_a_talk_up_again(client: Client) -> None:
    page = post(client, client.get("/chat/en").text, text=QUESTION).text
    piece = client.post("/chat/en/transcript", data={"conversation": fields(page)["conversation"]}).text
    assert lines(piece) == lines(page)


def test_a_piece_of_a_wrong_token_brings_a_new_one(client: Client) -> None:
    for path in ("/chat/en/messages", "/chat/en/transcript"):
        reply = client.post(path, data={"conversation": "guessed", "text": "hello"})
        assert reply.status_code == 403
        token = re.search(r'data-conversation="([^"]+)"', reply.text)
        assert token
        assert client.post(path, data={"conversation": token[1], "text": "hello"}).status_code == 200


def test_a_transcript_needs_a_token(client: Client) -> None:
    assert client.post("/chat/en/transcript", data={"conversation": ""}).status_code == 403


def test_no_talk_is_kept_by_anybody_on_the_way(client: Client) -> None:
    page = client.get("/")
    sent = {**fields(page.text), "text": QUESTION}
    for reply in (page, client.post("/chat/en", data=sent), client.post("/chat/en/messages", data=sent)):
        assert reply.headers["cache-control"] == "private, no-store"


def test_the_language_of_the_browser_is_chosen(client: Client) -> None:
    reply = client.get("/", headers={"accept-language": "xx-YY, en-AU;q=0.8"})
    assert reply.headers["content-language"] == "en"
    assert "Accept-Language" in reply.headers["vary"]


def test_a_language_that_is_not_there_is_a_page_that_is_not_there(client: Client) -> None:
    assert client.get("/chat/xx").status_code == 404
    assert client.post("/chat/xx", data={"text": "hello"}).status_code == 404


def test_page_script_and_style_of_a_first_chat_are_small(client: Client) -> None:
    page = client.get("/", headers={"accept-encoding": "gzip"})
    files = sorted(set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)))
    assert {path.rsplit(".", 1)[1] for path in files} == {"js", "css", "svg"}
    sizes = {path: len(client.get(path, headers={"accept-encoding": "identity"}).content) for path in files}
    replies = [page, *(client.get(path, headers={"accept-encoding": "gzip"}) for path in files)]
    assert sum(int(reply.headers["content-length"]) for reply in replies) <= BUDGET
    assert all(
        reply.headers.get("content-encoding") == "gzip" for reply in replies if len(reply.content) > 500
    )
    assert sum(sizes.values()) > BUDGET / 2, "the files were not fetched"
    assert len(gzip.compress(page.content)) < BUDGET


def test_a_button_pressed_with_the_engine_down_is_shown_with_its_words(start_client: StartClient) -> None:
    client = start_client(engine=False)
    page = post(client, client.get("/chat/en").text, text=QUESTION).text
    assert said(post(client, page, payload="menu").text) == ["All topics"]
    assert said(post(client, page, payload="helpful:palm.cost").text) == []
