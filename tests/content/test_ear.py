"""The ear: hearing a cry for help in words that no pattern foresaw."""

from pathlib import Path

import pytest

from content.ear import Ear, EarError, Lessons, made_of

LESSONS = Lessons(
    cries=[
        "he locked me in the shed",
        "the door is locked and i am inside",
        "madam burns my arm with iron",
        "they keep us inside and nobody can leave",
    ]
    * 3,
    look_alikes=[
        "i locked my keys inside the room",
        "the iron burns my shirt",
        "may they lock the gate at night",
    ]
    * 3,
    ordinary=[
        "how much do i pay for the ticket",
        "what is the wage",
        "can my wife come too",
        "who pays the visa",
    ]
    * 5,
)


@pytest.fixture(scope="module")
def ear() -> Ear:
    return Ear.learnt(LESSONS)


def figures(ear: Ear, text: str) -> tuple[float, ...]:
    found = ear.figures(text)
    assert found is not None
    return found


def test_a_cry_in_other_words_lies_nearer_to_cries_than_what_sounds_like_one(ear: Ear) -> None:
    cry, alike = figures(ear, "they locked my sister inside"), figures(ear, "my keys are locked in the room")
    assert cry[0] > alike[0]
    assert cry[1] > alike[1]


def test_the_network_tells_the_kind_of_a_text(ear: Ear) -> None:
    for kind, text in (("cry", "madam burns my arm"), ("alike", "lock the gate"), ("question", "the wage")):
        told = dict(zip(("cry", "alike", "question", "talk"), figures(ear, text)[1:], strict=True))
        assert max(told, key=lambda one: told[one]) == kind


def test_of_a_text_without_a_known_word_nothing_is_made(ear: Ear) -> None:
    assert ear.figures("zyx") is ear.figures("") is None


def test_what_is_kept_hears_the_same_and_says_what_it_was_learnt_from(ear: Ear, tmp_path: Path) -> None:
    ear.save(tmp_path / "models/ear.npz", "these lessons")
    again = Ear.load(tmp_path / "models/ear.npz")
    for text in (*LESSONS.cries, "how much is the wage"):
        assert again.figures(text) == pytest.approx(ear.figures(text), abs=1e-6)
    assert made_of(tmp_path / "models/ear.npz") == "these lessons"
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["ear.npz"]


def test_no_ear_and_a_damaged_one_are_named(tmp_path: Path) -> None:
    (tmp_path / "ear.npz").write_bytes(b"not an ear")
    for path in (tmp_path / "none.npz", tmp_path / "ear.npz"):
        with pytest.raises(EarError, match=path.name):
            Ear.load(path)
        assert made_of(path) is None


def test_learning_again_gives_the_same_ear(ear: Ear) -> None:
    assert Ear.learnt(LESSONS).figures("they locked us") == ear.figures("they locked us")


def test_an_ear_needs_cries_and_other_texts() -> None:
    for lessons in (Lessons([], [], ["a question"]), Lessons(["help"], [], [])):
        with pytest.raises(EarError, match="there must be cries"):
            Ear.learnt(lessons)
