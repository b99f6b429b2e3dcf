"""Ranking answers for a question."""

from content.search.index import NOT_OUTSIDE, SearchIndex
from content.search.learnt import OUTSIDE, Text

_TEXTS = [
    Text("palm.cost", "en", "how much do i pay to join palm", "phrase"),
    Text("palm.cost", "bi", "hamas mi mas pem blong joenem PALM", "phrase"),
    Text("palm.cost", "en", "You pay nothing to join PALM.", "body"),
    Text("palm.airfare", "en", "who pays the plane ticket", "phrase"),
    Text("palm.airfare", "tpi", "husat i baim tiket bilong balus", "phrase"),
    Text("palm.airfare", "en", "Your employer pays the ticket first.", "body"),
]


def best(index: SearchIndex, question: str, language: str | None = None) -> str:
    return index.rank(question, language).candidates[0].answer


def test_the_answer_with_the_likest_phrase_comes_first() -> None:
    index = SearchIndex(_TEXTS)
    assert best(index, "how much must i pay for joining palm", "en") == "palm.cost"
    assert best(index, "who will pay for the plane tiket", "en") == "palm.airfare"


def test_a_misspelt_question_in_any_language_finds_its_answer() -> None:
    index = SearchIndex(_TEXTS)
    assert best(index, "hamas bae mi pemm blong joinem palm", "bi") == "palm.cost"
    assert best(index, "husat baim tikit balus", "tpi") == "palm.airfare"


def test_a_phrase_of_another_language_is_found_too() -> None:
    index = SearchIndex(_TEXTS)
    assert best(index, "husat i baim tiket bilong balus", "en") == "palm.airfare"


def test_nearness_and_known_words_lie_between_nothing_and_one() -> None:
    index = SearchIndex(_TEXTS)
    exact = index.rank("who pays the plane ticket", "en").candidates[0]
    assert 0.99 < exact.nearest <= 1.0001
    strange = index.rank("zyxq wvfj", "en")
    assert strange.candidates[0].nearest == 0.0
    assert strange.known == 0.0


def test_a_question_without_words_finds_nothing() -> None:
    assert SearchIndex(_TEXTS).rank("?!…").candidates == ()


def test_an_empty_index_finds_nothing() -> None:
    assert SearchIndex([]).rank("who pays").candidates == ()


def test_known_words_are_counted_by_their_rarity() -> None:
    index = SearchIndex(_TEXTS)
    assert index.rank("who pays the plane ticket").known == 1.0
    assert 0.0 < index.rank("who pays the zebra").known < 1.0
    assert index.rank("who pays the zebra").words == 4


def test_words_decide_between_three_answers() -> None:
    third = Text("palm.tax", "en", "how much tax do i pay", "phrase")
    index = SearchIndex([*_TEXTS, third])
    assert best(index, "what tax must i pay", "en") == "palm.tax"
    assert best(index, "who pays my ticket for the plane", "en") == "palm.airfare"


_MANY = [
    Text(f"topic.answer-{number}", "en", f"question {word} of number {number} {word}s", "phrase")
    for number in range(12)
    for word in ("apple", "bottle", "candle", "door", "egg")
]


def test_an_updated_index_knows_what_is_new_and_forgets_what_is_gone() -> None:
    index = SearchIndex(_MANY)
    texts = [*_MANY[1:], Text("topic.answer-7", "en", "flooble gribble", "phrase")]
    updated = index.updated(texts)
    assert best(updated, "flooble gribble") == "topic.answer-7"
    assert len(updated) == len(index)
    assert updated.rank("flooble").known == 1.0
    assert index.rank("flooble").known == 0.0


def test_an_update_with_the_same_texts_is_the_same_index() -> None:
    index = SearchIndex(_MANY)
    assert index.updated(reversed(_MANY)) is index


def test_a_new_answer_is_found_and_one_that_is_gone_is_not() -> None:
    index = SearchIndex(_MANY)
    new = [Text("topic.new", "en", "where is the zebra", "phrase")]
    updated = index.updated([text for text in _MANY if text.answer != "topic.answer-3"] + new)
    assert best(updated, "the zebra") == "topic.new"
    offered = {found.answer for found in updated.rank("question of number 3", most=20).candidates}
    assert "topic.answer-3" not in offered
    assert len(offered) == 12


def test_an_update_of_much_is_as_good_as_a_new_index() -> None:
    half = SearchIndex(_MANY[:30]).updated(_MANY)
    whole = SearchIndex(_MANY)
    assert half.rank("candle of number 9") == whole.rank("candle of number 9")


def test_updates_from_nothing_and_to_nothing() -> None:
    assert best(SearchIndex([]).updated(_TEXTS), "who pays the plane") == "palm.airfare"
    assert SearchIndex(_TEXTS).updated([]).rank("who pays").candidates == ()


def test_an_answer_comes_and_goes() -> None:
    few, third = SearchIndex(_MANY[:10]), Text("topic.third", "en", "zebra", "phrase")
    grown = few.updated([*_MANY[:10], third])
    assert best(grown, "zebra") == "topic.third"
    shrunk = grown.updated(_MANY[:10])
    assert best(shrunk, "candle of number 1") == best(few, "candle of number 1") == "topic.answer-1"
    assert len(shrunk) == len(few)


def test_what_is_outside_is_weighed_but_never_a_candidate() -> None:
    outside = [Text(OUTSIDE, "en", f"recipe for {dish} soup", "phrase") for dish in ("fish", "taro", "yam")]
    index = SearchIndex([*_MANY, *outside])
    about_soup = index.rank("recipe for pumpkin soup", "en")
    about_doors = index.rank("question door of number 7", "en")
    assert OUTSIDE not in {each.answer for each in about_soup.candidates}
    assert about_soup.outside > about_soup.candidates[0].score
    assert about_doors.outside < about_doors.candidates[0].score
    assert len(about_soup.candidates) == 5


def test_without_examples_nothing_is_outside() -> None:
    assert SearchIndex(_MANY).rank("recipe for soup").outside == NOT_OUTSIDE
