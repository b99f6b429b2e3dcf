"""Which questions are alike, what a phrase would change, and which phrases are too like."""

from pathlib import Path

import pytest

from content.evaluation import Asked, Evaluation
from content.folder import read_library
from content.importer import import_library
from content.migrating import migrate
from content.repository import Repository
from content.search.learnt import Text
from content.search.likeness import Likeness
from content.search.live import LiveSearch
from content.search.too_like import TooLike
from content.search.trial import effect, told_by, trial
from content.settings import StoreSettings
from content.store import open_store
from content.workflow import Workflow
from tests.content.conftest import SMALL_LIBRARY


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    settings = StoreSettings(data_dir=tmp_path_factory.mktemp("likeness"))
    migrate(settings.content_address, "content")
    store = open_store(settings.content_address)
    import_library(store, read_library(Path(SMALL_LIBRARY)))
    return Repository(store)


@pytest.fixture(scope="module")
def search(published: Repository) -> LiveSearch:
    return LiveSearch(published)


def test_questions_that_ask_the_same_come_together_each_once(search: LiveSearch) -> None:
    learnt = search.built.index.learnt
    assert learnt is not None
    texts = ["can i bring my dog with me", "is it free of charge for me", "may i bring my dog along", "??"]
    likeness = Likeness()
    asked = [("en", text) for text in texts]
    assert likeness.missing(learnt, asked) == asked
    likeness.look_at(learnt, asked)
    assert likeness.missing(learnt, asked) == []
    assert likeness.groups("en", texts) == [[0, 2], [1], [3]]
    assert likeness.groups("en", []) == []


def test_what_was_looked_at_stays_known_after_a_phrase_was_added(
    published: Repository, search: LiveSearch
) -> None:
    learnt = search.built.index.learnt
    assert learnt is not None
    likeness = Likeness()
    likeness.look_at(learnt, [("en", "can i bring my dog with me")])
    tried = trial(search, published.snapshot(), [Text("palm.cost", "en", "flooble gribble", "phrase")])
    assert tried is not None
    later = tried[1].built.index.learnt
    assert later is not None
    assert later is not learnt
    assert likeness.missing(later, [("en", "can i bring my dog with me")]) == []


def test_a_trial_tells_what_the_phrase_would_change_and_changes_nothing(
    published: Repository, search: LiveSearch
) -> None:
    stolen, asked = "who gives the agent his money", "flooble gribble"
    tried = trial(search, published.snapshot(), [Text("palm.cost", "en", stolen, "phrase")])
    assert tried is not None
    before, after = (told_by(search, [stolen, asked], "en") for search in tried)
    assert (before[stolen], after[stolen]) == ("fees.who-pays", "palm.cost")
    assert search.find(stolen, "en").candidates[0].answer == "fees.who-pays"
    held = Evaluation((Asked(stolen, ("fees.who-pays",)),), (asked,))
    found = effect("palm.cost", [stolen], [asked], held, before=before, after=after)
    assert (found.answered, found.asked, found.breaks, found.mended) == ((), 2, 1, 0)
    assert found.stolen == (("fees.who-pays", 1),)


def test_what_is_answered_mended_unsure_and_none_of_ours_is_told_apart() -> None:
    held = Evaluation(
        (Asked("mended", ("a.a", "a.b")), Asked("kept", ("b.b",)), Asked("lost", ("b.b",))), ("outside",)
    )
    before = {"phrase": None, "waits": None, "mended": "b.b", "kept": "b.b", "lost": "b.b", "outside": None}
    after = before | {"waits": "a.a", "mended": "a.b", "lost": None, "outside": "a.a"}
    found = effect("a.a", ["phrase"], ["waits", "phrase"], held, before=before, after=after)
    assert found.answered == ("waits",)
    assert found.unsure == ("phrase",)
    assert found.broken == (Asked("lost", ("b.b",)),)
    assert (found.stolen, found.mended, found.outside, found.breaks) == ((), 1, ("outside",), 2)
    assert effect("a.a", ["phrase"], ["waits"], None, before=before, after=after).broken is None


def test_nothing_is_tried_while_the_search_is_behind(published: Repository, search: LiveSearch) -> None:
    class Later:
        version = search.version + 1

    assert trial(search, Later(), []) is None  # type: ignore[arg-type]


def test_phrases_of_other_answers_that_say_nearly_the_same_are_found(published: Repository) -> None:
    too_like, snapshot = TooLike(), published.snapshot()
    found = too_like.phrases(snapshot, "palm.cost", "en", "Pays the recruiter, who?")
    assert [(phrase.answer, phrase.text) for phrase in found] == [("fees.who-pays", "who pays the recruiter")]
    assert too_like.phrases(snapshot, "fees.who-pays", "en", "who pays the recruiter") == []
    assert too_like.phrases(snapshot, "palm.cost", "bi", "who pays the recruiter") == []
    assert too_like.phrases(snapshot, "palm.cost", "en", "") == []


def test_a_phrase_added_since_is_found(tmp_path: Path) -> None:
    settings = StoreSettings(data_dir=tmp_path)
    migrate(settings.content_address, "content")
    store = open_store(settings.content_address)
    import_library(store, read_library(Path(SMALL_LIBRARY)))
    published, too_like = Repository(store), TooLike()
    assert too_like.phrases(published.snapshot(), "fees.who-pays", "en", "flooble gribble") == []
    Workflow(store).add_phrase("palm.cost", "en", "flooble gribble", by="Mere")
    assert len(too_like.phrases(published.snapshot(), "fees.who-pays", "en", "flooble gribble")) == 1
