"""The index that follows the store."""

from sqlalchemy import Engine

from content.repository import Repository
from content.search.learnt import Others
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


def test_what_was_made_ready_for_edits_changes_nothing_of_what_is_learnt(store: Engine) -> None:
    ready, plain = LiveSearch(Repository(store)), LiveSearch(Repository(store))
    ready.built.index.make_ready_for_edits()
    for phrase in ("flooble gribble", "wibble"):
        Workflow(store).add_phrase("palm.cost", "en", phrase, by="Mere")
        assert ready.refresh()
        assert plain.refresh()
    asked = ("flooble gribble", "wibble", "who pays the agent", "can i bring my dog")
    assert [ready.find(question, "en") for question in asked] == [
        plain.find(question, "en") for question in asked
    ]


def test_others_that_are_gone_or_touched_are_not_looked_at_again(store: Engine) -> None:
    index = LiveSearch(Repository(store)).built.index
    assert index.learnt is not None
    others = Others.of(index.learnt)
    gone = next(piece for piece in others.pieces if piece.answer != "palm.cost")
    left = others.besides({"palm.cost"}, set(index.pieces) - {gone})
    assert {piece.answer for piece in others.pieces} > {piece.answer for piece in left.pieces}
    assert gone not in left.pieces
    assert len(left.pieces) == left.rows.shape[0] < len(others.pieces)
