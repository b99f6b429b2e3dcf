"""The guide: every published answer can be read, printed and found."""

import re
from html import unescape

import pytest

from tests.bot.web.conftest import Client, StartClient


def test_every_published_answer_has_its_page_and_stands_in_the_index(client: Client) -> None:
    repository = client.parts.conversation.repository
    index, whole = client.get("/guide/en").text, client.get("/guide/en/all").text
    answers = repository.answers("en")
    assert len(answers) > 20
    for answer in answers:
        page = client.get(f"/guide/en/{answer.key}")
        assert page.status_code == 200
        assert f"/guide/en/{answer.key}" in index
        for source in answer.sources:
            assert source.url in page.text.replace("&amp;", "&")
            assert source.url in whole.replace("&amp;", "&")


def test_every_topic_of_the_guide_has_words_and_a_place(client: Client) -> None:
    index = client.get("/guide/en").text
    topics = client.parts.conversation.repository.topics()
    assert len(topics) > 5
    for topic in topics:
        assert f'id="{topic.key}"' in index


def test_variants_stand_on_the_page_of_their_answer(client: Client) -> None:
    repository = client.parts.conversation.repository
    variants = repository.variants("palm.how-to-apply", "en")
    assert len(variants) > 3
    page = client.get("/guide/en/palm.how-to-apply").text
    assert re.findall(r'<h2 id="([\w-]+)"', page)[: len(variants) - 1] == [
        one.variant for one in variants[1:]
    ]


def test_the_help_page_has_every_number_ready_to_call(client: Client) -> None:
    page = client.get("/guide/en/help").text
    services = client.parts.conversation.repository.services("en")
    assert len(services) > 10
    for service in services:
        for phone in service.phones:
            assert phone in page
    assert 'href="tel:000"' in page


def test_the_guide_stays_open_with_the_engine_down(start_client: StartClient) -> None:
    client = start_client(engine=False)
    assert client.get("/guide/en/palm.cost").status_code == 200


def test_the_guide_begins_in_the_language_of_the_browser(client: Client) -> None:
    reply = client.get("/guide", headers={"accept-language": "en-NZ"})
    assert (reply.status_code, reply.headers["location"]) == (302, "/guide/en")


def test_an_unchanged_page_is_not_sent_again(client: Client) -> None:
    first = client.get("/guide/en/palm.cost")
    again = client.get("/guide/en/palm.cost", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/guide/en/palm.hours", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_an_answer_asked_for_in_a_language_it_lacks_is_told_in_english_and_says_so(client: Client) -> None:
    repository = client.parts.conversation.repository
    assert len(repository.languages()) > 1
    for language in repository.languages()[1:]:
        words = client.parts.conversation.words.say("translation.missing", language)
        for answer in repository.answers(language):
            page = unescape(client.get(f"/guide/{language}/{answer.key}").text)
            variants = repository.variants(answer.key, language)
            assert (words in page) == any(one.language != language for one in variants)
            assert f'<h1 lang="{answer.language}"' in page


@pytest.mark.parametrize(
    "path", ["/guide/en/palm.nothing", "/guide/xx", "/guide/xx/palm.cost", "/guide/en/all/of"]
)
def test_what_is_not_there_is_a_friendly_page(client: Client, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert "/guide/en" in reply.text
