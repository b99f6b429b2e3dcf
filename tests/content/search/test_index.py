"""Ranking answers for a question."""

from content.search.index import SearchIndex, Text

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


def test_a_machine_ranks_three_answers_and_more() -> None:
    third = Text("palm.tax", "en", "how much tax do i pay", "phrase")
    index = SearchIndex([*_TEXTS, third])
    assert best(index, "what tax must i pay", "en") == "palm.tax"
    assert best(index, "who pays my ticket for the plane", "en") == "palm.airfare"
