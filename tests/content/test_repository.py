"""Reading published content."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Engine, event

from content.repository import Corridor, Repository, Topic
from content.workflow import Workflow

BODY = "A$1,200, A$300, 1800 515 131."


@pytest.fixture
def repository(store: Engine) -> Repository:
    return Repository(store)


@pytest.mark.parametrize(
    ("corridor", "variant"),
    [
        (Corridor(), "default"),
        (Corridor(origin="PG"), "default"),
        (Corridor(origin="VU"), "vu"),
        (Corridor(origin="VU", destination="AU"), "vu"),
        (Corridor(origin="VU", scheme="RSE"), "vu"),
        (Corridor(scheme="PALM"), "default"),
        (Corridor(origin="VU", scheme="PALM"), "palm-vu"),
    ],
)
def test_the_most_specific_variant_that_fits_is_told(
    repository: Repository, corridor: Corridor, variant: str
) -> None:
    told = repository.answer("palm.cost", "en", corridor)
    assert told is not None
    assert told.variant == variant


def test_a_variant_not_yet_translated_is_told_in_english(repository: Repository) -> None:
    told = repository.answer("palm.cost", "bi", Corridor(origin="VU", scheme="PALM"))
    assert told is not None
    assert (told.language, told.translation) == ("en", "source")


def test_an_answer_says_the_day_of_its_oldest_check(repository: Repository) -> None:
    told = repository.answer("palm.cost", "bi")
    assert told is not None
    assert (told.checked_on, told.review_date) == (date(2026, 11, 20), date(2027, 2, 20))
    assert (told.related, told.services) == (("fees.who-pays",), ("au-line",))
    assert told.concerns == (Corridor(scheme="PALM"),)


def test_there_is_no_answer_to_an_unknown_key(repository: Repository) -> None:
    assert repository.answer("palm.nothing", "en") is None
    assert repository.variants("palm.nothing", "en") == ()


def test_all_answers_come_in_the_language_or_in_english(repository: Repository) -> None:
    told = [(answer.key, answer.language) for answer in repository.answers("bi")]
    assert told == [("fees.who-pays", "en"), ("palm.cost", "bi")]
    assert [answer.variant for answer in repository.variants("palm.cost", "bi")] == [
        "default",
        "vu",
        "palm-vu",
    ]


def test_languages_begin_with_the_source_language(repository: Repository) -> None:
    assert repository.languages() == ("en", "bi")


def test_topics_are_counted(repository: Repository) -> None:
    assert repository.topics() == (Topic("fees", 1), Topic("palm", 1))


def test_an_empty_store_has_nothing_to_tell(empty_store: Engine) -> None:
    repository = Repository(empty_store)
    assert (repository.languages(), repository.topics(), repository.phrases()) == ((), (), ())
    assert repository.answers("en") == ()


def test_services_are_told_in_the_language_as_far_as_it_goes(repository: Repository) -> None:
    told = repository.services("bi", ids=["au-line", "nobody", "au-emergency"])
    assert [(service.id, service.name) for service in told] == [
        ("au-line", "PALM line"),
        ("au-emergency", "Imejensi"),
    ]
    assert [service.hours for service in told] == ["", "Day and night"]
    assert told[0].place == "Canberra"


def test_services_are_chosen_by_every_condition(repository: Repository) -> None:
    def ids(**conditions: object) -> list[str]:
        return [service.id for service in repository.services("en", **conditions)]  # type: ignore[arg-type]

    assert ids() == ["au-emergency", "au-line", "vu-emergency"]
    assert ids(country="AU") == ["au-emergency", "au-line"]
    assert ids(danger=True) == ["au-emergency", "vu-emergency"]
    assert ids(kinds={"scheme"}) == ["au-line"]
    assert ids(country="VU", kinds={"scheme"}) == []
    assert ids(ids=[]) == []


def test_gazetteers_have_names_and_aliases_in_every_language(repository: Repository) -> None:
    vanuatu, norway = repository.gazetteer("country")
    assert (vanuatu.value, vanuatu.roles) == ("VU", ("origin",))
    assert dict(vanuatu.aliases) == {"en": ("ni-vanuatu", "port vila"), "bi": ("vila",)}
    assert norway.names == {"en": "Norway"}
    (palm,) = repository.gazetteer("scheme")
    assert (palm.destination, palm.origins) == ("AU", ("VU", "NO"))


def test_a_change_is_seen_at_the_next_call_by_every_reader(store: Engine) -> None:
    readers = [Repository(store), Repository(store)]
    version = readers[0].version()
    assert {told.title for r in readers if (told := r.answer("palm.cost", "en"))} == {
        "What does it cost to join?"
    }
    workflow = Workflow(store)
    number = workflow.draft("palm.cost", "en", title="New", body=BODY, by="Ana")
    workflow.submit(number, "Ana")
    assert readers[0].version() == version
    workflow.publish(number, "Ben")
    assert readers[0].version() > version
    assert {told.title for r in readers if (told := r.answer("palm.cost", "en"))} == {"New"}


def test_an_unchanged_store_is_read_once(store: Engine) -> None:
    repository = Repository(store)
    repository.snapshot()
    statements: list[str] = []
    event.listen(store, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert repository.snapshot() is repository.snapshot()
    repository.answer("palm.cost", "bi")
    read = [statement for statement in statements if "FROM" in statement]
    assert len(read) == 3
    assert all("store_state" in statement for statement in read)


def test_many_threads_read_while_an_editor_publishes(store: Engine) -> None:
    repository, workflow = Repository(store), Workflow(store)
    titles = [f"Title {letter}" for letter in "abcde"]

    def read(_: int) -> str:
        told = repository.answer("palm.cost", "en")
        assert told is not None
        return told.title

    with ThreadPoolExecutor(max_workers=4) as pool:
        seen = pool.map(read, range(100))
        for title in titles:
            number = workflow.draft("palm.cost", "en", title=title, body=BODY, by="Ana")
            workflow.submit(number, "Ana")
            workflow.publish(number, "Ben")
        assert set(seen) <= {"What does it cost to join?", *titles}
    assert read(0) == titles[-1]
