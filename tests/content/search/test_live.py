"""The index that follows the store."""

from sqlalchemy import Engine

from content.repository import Repository
from content.search.live import LiveSearch
from content.workflow import Workflow

_NEVER = 1e9  # seconds until the repository looks at the store again


def test_a_new_phrase_is_found_after_the_next_look(store: Engine) -> None:
    search = LiveSearch(Repository(store))
    assert not search.refresh()
    Workflow(store).add_phrase("palm.cost", "en", "flooble gribble", by="Mere")
    assert search.refresh()
    assert search.find("flooble gribble", "en").candidates[0].answer == "palm.cost"


def test_the_index_never_takes_an_old_state_of_the_store_for_the_new_one(store: Engine) -> None:
    published = Repository(store, look_every=_NEVER)
    search = LiveSearch(published)
    Workflow(store).add_phrase("palm.cost", "en", "flooble gribble", by="Mere")
    assert not search.refresh()
    assert search.version == published.snapshot().version < published.version()
