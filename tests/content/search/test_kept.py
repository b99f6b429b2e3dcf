"""The index in a file: what comes back is what was put there, or nothing."""

from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine

from content.repository import Repository
from content.search.index import SearchIndex
from content.search.kept import Kept, keep, take_up, take_up_tongues
from content.search.language import LanguageIdentifier, Tongues
from content.search.learnt import Text
from content.search.live import LiveSearch
from content.workflow import Workflow

TEXTS = [
    Text(f"topic.{name}", "en", phrase, "phrase")
    for name, phrases in {
        "cost": ("how much do i pay", "is it free"),
        "fare": ("who pays the plane", "ticket money"),
        "tax": ("how much tax", "is my pay taxed"),
    }.items()
    for phrase in phrases
]
TONGUES = Tongues.learnt([("en", "how much do i pay"), ("bi", "hamas mi mas pem"), ("en", "is it free")])
QUESTIONS = ("what do i pay", "plane tickets", "tax on my pay", "zebra")


def kept(folder: Path, texts: list[Text] = TEXTS) -> tuple[SearchIndex, Path]:
    index, path = SearchIndex(texts), folder / "data/index.npz"
    assert index.learnt is not None
    keep(Kept(index.learnt, TONGUES), path)
    return index, path


def taken_up(path: Path) -> SearchIndex:
    kept = take_up(path)
    assert kept is not None
    return SearchIndex(learnt=kept.learnt)


def test_what_is_taken_up_ranks_as_what_was_kept(tmp_path: Path) -> None:
    index, path = kept(tmp_path)
    again = taken_up(path)
    assert [again.rank(question, "en") for question in QUESTIONS] == [
        index.rank(question, "en") for question in QUESTIONS
    ]


def test_what_is_taken_up_can_be_updated(tmp_path: Path) -> None:
    _, path = kept(tmp_path)
    more = Text("topic.tax", "en", "flooble gribble", "phrase")
    again = taken_up(path).updated([*TEXTS, more])
    assert again.rank("flooble gribble", "en").candidates[0].answer == "topic.tax"


def test_two_answers_are_kept_too(tmp_path: Path) -> None:
    index, path = kept(tmp_path, TEXTS[:4])
    assert taken_up(path).rank("plane", "en") == index.rank("plane", "en")


def test_languages_can_be_taken_up_alone(tmp_path: Path) -> None:
    _, path = kept(tmp_path)
    tongues = take_up_tongues(path)
    assert tongues is not None
    now, before = LanguageIdentifier(tongues), LanguageIdentifier(TONGUES)
    for text in ("hamas mi pem", "how much do i pay", "zebra"):
        assert now.guess(text) == before.guess(text)
    assert now.guess("hamas mi pem").language == "bi"


def test_nothing_is_there_before_it_is_kept(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert take_up(tmp_path / "nothing.npz") is None
    assert caplog.text == ""


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_damaged_file_is_no_index(tmp_path: Path, share: float, caplog: pytest.LogCaptureFixture) -> None:
    _, path = kept(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert take_up(path) is None
    assert "is of no use" in caplog.text


def test_an_index_of_another_version_is_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, path = kept(tmp_path)
    monkeypatch.setattr("content.search.kept._made_by", lambda: "another version")
    assert take_up(path) is None


def test_a_file_that_would_run_something_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "index.npz"
    np.savez(path, words=np.array([{"made_by": 1}], dtype=object))
    assert take_up(path) is None


def test_a_folder_that_cannot_be_written_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blocked = tmp_path / "data"
    blocked.write_text("a file stands here", encoding="utf-8")
    learnt = SearchIndex(TEXTS).learnt
    assert learnt is not None
    keep(Kept(learnt, TONGUES), blocked / "index.npz")
    assert "cannot be kept" in caplog.text


def test_a_start_takes_up_the_index_of_the_last_one_and_what_changed_since(
    store: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "index.npz"
    LiveSearch(Repository(store), kept_in=path)
    first = path.stat().st_mtime_ns
    LiveSearch(Repository(store), kept_in=path)
    assert path.stat().st_mtime_ns == first
    Workflow(store).add_phrase("palm.cost", "en", "flooble gribble", by="Mere")
    search = LiveSearch(Repository(store), kept_in=path)
    assert search.find("flooble gribble", "en").candidates[0].answer == "palm.cost"
    assert path.stat().st_mtime_ns > first
